"""The cells of a table as a page shows them: each value in its kind, its language and its direction."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from colloquia.core.nothing import Nothing
from colloquia.core.tables import Column, Table, Words
from colloquia.core.written import day_and_time, percent_of, showable, with_thousands

NUMERIC = frozenset({"number", "decimal", "share"})


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column."""

    label: Words
    numeric: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell. ``words`` is what is shown; ``share`` draws a bar; ``nothing`` says why it has no value."""

    label: Words
    words: str
    kind: str
    url: str = ""
    language: str = ""
    note: str = ""
    share: float | None = None
    machine: str = ""
    nothing: bool = False

    @property
    def numeric(self) -> bool:
        """Set flush with the end of the column, in figures of one width."""
        return self.kind in NUMERIC and not self.nothing


def header_cells(columns: Sequence[Column]) -> list[Head]:
    """The heads of the columns that are shown."""
    return [Head(column.label, column.kind in NUMERIC) for column in columns]


def lines_of(table: Table) -> list[list[Cell]]:
    """The rows of a table, cell by cell, in the columns that are shown. Reads ``table.rows`` once."""
    columns = [column for column in table.columns if column.shown]
    return [[_cell(column, row) for column in columns] for row in table.rows]


def _cell(column: Column, row: Mapping[str, Any]) -> Cell:
    value = row.get(column.key)
    share = row.get(column.bar) if column.bar else None
    return Cell(
        label=column.label,
        words=_words(value, column.kind),
        kind=column.kind,
        url=_followable(str(row.get(column.link) or "")) if column.link else "",
        language=str(row.get(column.language) or "") if column.language else "",
        note=showable(row.get(column.note) or "") if column.note else "",
        share=float(share) if share is not None else None,
        machine=value.isoformat() if isinstance(value, datetime.date) else "",
        nothing=isinstance(value, Nothing),
    )


def _followable(url: str) -> str:
    """An address that a reader may be led to; one that would run something is left out."""
    scheme = re.match(r"\s*([^/?#]*?):", url)
    return "" if scheme and scheme[1].lower() not in {"http", "https", "mailto"} else url


def _words(value: Any, kind: str) -> str:
    if value is None:
        return ""
    if isinstance(value, Nothing):
        return str(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if kind == "share":
        return percent_of(float(value))
    if kind in NUMERIC and not isinstance(value, str):
        return with_thousands(value, 2 if kind == "decimal" else 0)
    if isinstance(value, datetime.date):
        return day_and_time(value)
    return showable(value)
