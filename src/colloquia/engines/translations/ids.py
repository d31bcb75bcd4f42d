"""Ids: each once, and as XLIFF 2 allows them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from colloquia.engines.exchange import Unwritable
from colloquia.engines.translations.records import Unit

_BARRED = re.compile(r"[^A-Za-z0-9.:\-_]|_(?=x[0-9A-F]{1,6}_)")
_ESCAPED = re.compile(r"_x([0-9A-F]{1,6})_")


def token(written: str) -> str:
    """``written`` with every character that a token may not hold as ``_x0020_``."""
    return _BARRED.sub(lambda match: f"_x{ord(match[0]):04X}_", written)


def from_token(read: str) -> str:
    """The id that ``token`` was given."""
    return _ESCAPED.sub(lambda match: _character(match[1]) or match[0], read)


def _character(digits: str) -> str:
    number = int(digits, 16)
    return "" if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF else chr(number)


def checked(units: Iterable[Unit]) -> list[Unit]:
    """The units; raises ``Unwritable`` for an id that is empty or used twice."""
    every = list(units)
    seen: set[str] = set()
    for unit in every:
        if not unit.id.strip():
            raise Unwritable("A passage has no id, and its translation could not come back; give it one.")
        if unit.id in seen:
            raise Unwritable(f"The id {unit.id} is used twice; give each passage its own.")
        seen.add(unit.id)
    return every
