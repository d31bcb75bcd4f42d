"""One shape for every table that people see: shown on the page, and taken away as CSV, XLSX or JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise

Words = str | Promise
Kind = Literal["text", "number", "decimal", "share", "date", "identifier"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Cells are ``row[key]``; None is an empty cell.

    ``link`` names the key of the row that holds the cell's address on the site; ``language`` the
    key that holds the language code of the cell's text; ``note`` the key of a short remark set
    under the cell; ``bar`` the key of a share in [0, 1] drawn beside it. ``share`` values lie in [0, 1].
    Columns with ``shown`` false are in the files only.
    """

    key: str
    label: Words
    kind: Kind = "text"
    link: str = ""
    language: str = ""
    note: str = ""
    shown: bool = True
    bar: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. ``name`` is stable: it stands in addresses and file names. ``base`` says what was counted.

    ``rows`` may be a lazy iterable where the table is only downloaded. ``empty`` is the sentence shown
    instead of no rows, and says which kind of nothing it is. ``total`` is the number of all rows where
    ``rows`` holds one page of them.
    """

    name: str
    caption: Words
    columns: tuple[Column, ...]
    rows: Iterable[Mapping[str, Any]]
    base: Words = ""
    empty: Words = ""
    total: int | None = None
