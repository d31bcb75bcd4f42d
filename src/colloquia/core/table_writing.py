"""Writes a table as CSV, XLSX or JSON. What a spreadsheet would run is disarmed, and can be armed again."""

from __future__ import annotations

import csv
import datetime
import io
import json
import math
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import IO, Any

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from colloquia.core.nothing import Nothing
from colloquia.core.tables import Column, Table

Scalar = str | int | float | bool | None

# A spreadsheet runs a text that begins so, also behind blanks; the wide forms too, in East Asian versions.
_RUNS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff']*[=+\-@＝＋－＠]|'*[\t\r\n]")
# Signed figures and telephone numbers hold nothing that could be called or computed.
_FIGURES = re.compile(r"-?[\d.,]*\d|\+[\d .,()\u00a0\u202f]*\d")


def disarmed(text: str) -> str:
    """``text`` so that no spreadsheet runs it from a CSV file: an apostrophe stands before what it would.

    Telephone numbers and signed figures stay as they are. ``armed`` gives every text back.
    """
    if not _RUNS.match(text) or _FIGURES.fullmatch(text):
        return text
    return f"'{text}"


def armed(text: str) -> str:
    """The text that ``disarmed`` was given."""
    return text[1:] if text.startswith("'") and disarmed(text[1:]) == text else text


def fields(table: Table) -> list[tuple[str, str, str]]:
    """Key, label and kind of every column of a file: those of the table, and what stands in their cells.

    A column with links is followed by ``<key>_url``, one with languages or notes by the key that holds them.
    """
    keys = {column.key for column in table.columns}
    found: list[tuple[str, str, str]] = []
    for column in table.columns:
        label = str(column.label)
        found.append((column.key, label, column.kind))
        if column.link:
            found.append((f"{column.key}_url", _("%(column)s: address") % {"column": label}, "text"))
        for key, words in (
            (column.language, _("%(column)s: language")),
            (column.note, _("%(column)s: note")),
        ):
            if key and key not in keys:
                keys.add(key)
                found.append((key, words % {"column": label}, "text"))
    return found


def records(table: Table) -> Iterator[dict[str, Scalar]]:
    """The rows with plain values, links as absolute addresses, in the order of ``fields``."""
    columns = {column.key: column for column in table.columns}
    links = {f"{column.key}_url": column for column in table.columns if column.link}
    names = [key for key, _label, _kind in fields(table)]
    for row in table.rows:
        yield {
            name: _address(row.get(links[name].link))
            if name in links
            else _plain(row.get(name), columns.get(name))
            for name in names
        }


def _address(path: Any) -> str | None:
    if not path:
        return None
    text = str(path)
    return text if re.match(r"[a-z][a-z0-9+.-]*:", text) else f"{settings.PUBLIC_URL}{text}"


def _plain(value: Any, column: Column | None) -> Scalar:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Decimal):
        return int(value) if column and column.kind == "number" else float(value)
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        return value.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Promise | Nothing):
        return str(value)
    return str(value).replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def write_csv(table: Table, file: IO[bytes]) -> None:
    """RFC 4180 in UTF-8 with the mark that Excel looks for; the head holds the keys of the columns."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    names = [key for key, _label, _kind in fields(table)]
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names)
    for record in records(table):
        writer.writerow([_csv_value(record[name]) for name in names])
    text.detach()


def _csv_value(value: Scalar) -> Scalar:
    if isinstance(value, str):
        return disarmed(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def write_json(table: Table, file: IO[bytes]) -> None:
    """An object with caption, base, columns and rows, row after row; nothing is disarmed or left out."""
    head = {
        "ok": True,
        "table": table.name,
        "caption": str(table.caption),
        "base": str(table.base),
        "columns": [{"key": key, "label": label, "kind": kind} for key, label, kind in fields(table)],
    }
    file.write(f'{_json(head)[:-1]}, "rows": ['.encode())
    count = 0
    for record in records(table):
        file.write(f"{',' if count else ''}\n{_json(record)}".encode())
        count += 1
    file.write(f'\n], "count": {count}}}\n'.encode())


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def write_xlsx(table: Table, file: IO[bytes]) -> None:
    """One sheet: a head of labels, the rows, and below them caption, base and the day."""
    import tempfile
    from pathlib import Path

    from colloquia.engines.report.sheets.content import Field, Sheet
    from colloquia.engines.report.sheets.workbook import write_workbook

    described = fields(table)
    sheet = Sheet(
        name=_sheet_name(table.name),
        fields=[Field(label, *_SHAPES.get(kind, (40, "long"))) for _key, label, kind in described],
        rows=([_cell(value) for value in record.values()] for record in records(table)),
        notes=[str(words) for words in (table.caption, table.base) if words],
        source="JSON",
    )
    # The day, not the minute, so that the same table is the same file and need not be sent again.
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        write_workbook(
            path,
            [sheet],
            title=str(table.caption),
            made_on=today,
            right_to_left=get_language_bidi(),
            cut=_("[cut here; the whole text is in the file in JSON: {name}]"),
        )
        with path.open("rb") as written:
            while block := written.read(1 << 20):
                file.write(block)


def _cell(value: Scalar) -> str | int | float | None:
    return (_("yes") if value else _("no")) if isinstance(value, bool) else value


_SHAPES: dict[str, tuple[int, str]] = {
    "number": (14, "number"),
    "decimal": (14, "decimal"),
    "share": (12, "share"),
    "date": (22, "text"),
    "identifier": (20, "text"),
}


def _sheet_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", "-", name)[:31] or "table"
