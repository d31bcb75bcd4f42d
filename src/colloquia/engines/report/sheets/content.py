"""What a workbook's sheets hold, before any file format: fields and rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Field:
    """A column. ``kind`` is ``text``, ``long`` (wrapped text), ``number``, ``decimal`` or ``share``."""

    title: str
    width: int = 14
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; ``rows`` are read once. ``pointer`` is the field that names the whole of a text that is cut.

    ``notes`` stand below the last row.
    """

    name: str
    fields: Sequence[Field]
    rows: Iterable[Sequence[Value]]
    pointer: int = 0
    source: str = ""
    notes: Sequence[str] = ()
