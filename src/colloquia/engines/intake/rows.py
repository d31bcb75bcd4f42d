"""Rows as every table gives them, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``number`` is what the user sees: spreadsheet row, line of a JSONL file, item of a list.

    ``problems`` are sentences about this row alone, in the words shown to people.
    """

    number: int
    cells: list[str]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableFormat:
    """How a table was read: ``CSV``, ``XLSX`` …, with what applies of encoding, delimiter and sheet.

    ``heading_rows`` is 0 where the headings come from the format itself (JSON keys).
    """

    kind: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    note: str = ""


class Table(Protocol):
    """A source of rows that can be read more than once, a row at a time."""

    path: Path
    format: TableFormat

    def rows(self) -> Iterator[Row]:
        """All rows from the top of the file, blank ones included."""
        ...

    @property
    def keys(self) -> tuple[str, ...] | None:
        """The headings where the format carries them itself (JSON), else None."""
        ...


class UnreadableTable(ValueError):
    """The file is no table that can be read; the message says why and what to do."""


@dataclass(slots=True)
class Tally:
    """Counts something by key and remembers the first few places."""

    limit: int = 5
    count: int = 0
    first: list[str] = field(default_factory=list)

    def add(self, place: str) -> None:
        self.count += 1
        if len(self.first) < self.limit:
            self.first.append(place)

    def places(self) -> str:
        more = self.count - len(self.first)
        return ", ".join(self.first) + (f" and {more:,} more" if more > 0 else "")
