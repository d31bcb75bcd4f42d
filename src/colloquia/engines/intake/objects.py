"""JSON and JSONL files: records with nested objects laid flat (``a.b``)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from colloquia.engines.intake.encodings import detect_encoding
from colloquia.engines.intake.headings import field_of
from colloquia.engines.intake.rows import Row, TableFormat, UnreadableTable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST_JSON = 512 << 20
LONGEST_LINE = 1 << 28
DEEPEST = 8


class LinesTable:
    """JSONL: an object per line. A line that is no object is named and the others are kept."""

    def __init__(self, path: Path) -> None:
        self.path = path
        encoding = detect_encoding(path)
        self.codec = encoding.codec
        self.format = TableFormat("JSONL", encoding.label, note=encoding.caution)
        self._keys: tuple[str, ...] | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        if self._keys is None:
            found: dict[str, None] = {}
            for _number, record, _problem in self._records():
                found.update(dict.fromkeys(record))
            self._keys = tuple(found)
        return self._keys

    def rows(self) -> Iterator[Row]:
        keys = self.keys
        for number, record, problem in self._records():
            yield Row(number, [record.get(key, "") for key in keys], (problem,) if problem else ())

    def _records(self) -> Iterator[tuple[int, dict[str, str], str]]:
        with self.path.open(encoding=self.codec, errors="replace", newline="\n") as file:
            for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), ""), start=1):
                if not line.strip():
                    continue
                try:
                    value = json.loads(line)
                except (json.JSONDecodeError, RecursionError) as error:
                    reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
                    yield (
                        number,
                        {},
                        f"is not valid JSON ({reason}) and was left out; write one object per line",
                    )
                    continue
                if not isinstance(value, dict):
                    value = {"text": value}
                yield number, flatten(value), ""


class ListTable:
    """JSON: a list of objects or of texts, at the top or one level below it."""

    def __init__(self, path: Path, place: str, encoding: str, items: list[Any]) -> None:
        self.path = path
        self.place = place
        self.format = TableFormat("JSON", encoding, sheet=place)
        self.records = [flatten(item if isinstance(item, dict) else {"text": item}) for item in items]
        self.keys: tuple[str, ...] = tuple(dict.fromkeys(key for record in self.records for key in record))

    def rows(self) -> Iterator[Row]:
        for number, record in enumerate(self.records, start=1):
            yield Row(number, [record.get(key, "") for key in self.keys])


def json_tables(path: Path) -> tuple[list[LinesTable | ListTable], list[str]]:
    """The lists of records in a JSON file, the one with answers first; and remarks for the user.

    Raises ``UnreadableTable``. A ``.json`` file that holds an object per line is read as JSONL.
    """
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        return [LinesTable(path)], []
    if path.stat().st_size > LARGEST_JSON:
        raise UnreadableTable(
            "is over 512 MB, too large to be read as one JSON value; write it as JSONL, an object per line"
        )
    encoding = detect_encoding(path)
    text = path.read_bytes().decode(encoding.codec, errors="replace")
    try:
        value = json.loads(text)
    except RecursionError as error:
        raise UnreadableTable("is nested too deeply; write a list of objects") from error
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and text.lstrip()[:1] == "{":
            return [LinesTable(path)], []
        place = f"line {error.lineno}, column {error.colno}"
        raise UnreadableTable(f"is not valid JSON ({place}: {error.msg}); correct it there") from error
    if isinstance(value, list):
        return [ListTable(path, "", encoding.label, value)], []
    if not isinstance(value, dict):
        raise UnreadableTable("holds no list of answers; write a list of objects")
    lists = {key: item for key, item in value.items() if isinstance(item, list) and item}
    if not lists:
        return [ListTable(path, "", encoding.label, [value])], []
    tables = [ListTable(path, key, encoding.label, items) for key, items in lists.items()]
    tables.sort(key=lambda table: -any(field_of(key) == "text" for key in table.keys))
    used = [table for table in tables if any(field_of(key) == "text" for key in table.keys)] or tables[:1]
    left = [table.place for table in tables if table not in used]
    remarks = [f'the list "{place}" was not read: it has no column of answers' for place in left]
    return list(used), remarks


def flatten(value: dict[Any, Any], prefix: str = "", depth: int = 0) -> dict[str, str]:
    """One level of text values: nested objects by dotted keys, lists of plain values joined by semicolons."""
    flat: dict[str, str] = {}
    for key, item in value.items():
        name = f"{prefix}{key}"
        if isinstance(item, dict) and depth < DEEPEST:
            flat.update(flatten(item, f"{name}.", depth + 1))
        else:
            flat[name] = _plain(item)
    return flat


def _plain(item: Any) -> str:
    if item is None:
        return ""
    if isinstance(item, str):
        return item
    if isinstance(item, bool):
        return "TRUE" if item else "FALSE"
    if isinstance(item, list) and all(not isinstance(part, (dict, list)) for part in item):
        return "; ".join(_plain(part) for part in item)
    return json.dumps(item, ensure_ascii=False)
