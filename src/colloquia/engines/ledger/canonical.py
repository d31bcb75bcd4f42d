"""Canonical JSON: one value has one text, so that its hash can be computed by anybody.

The form is that of RFC 8785 (JCS), restricted to what the ledger needs: no fractions, ASCII names of members.
"""

from __future__ import annotations

import json
from typing import Any

_LARGEST = 2**53 - 1


class NotCanonical(ValueError):
    """A value has no canonical form here; the message says which part."""


def canonical(value: Any) -> bytes:
    """The value as UTF-8 bytes: members sorted by name, no spaces, no escapes that are not needed.

    Raises:
        NotCanonical: a fraction, a whole number beyond 2^53 - 1, a name outside ASCII, half a character
            pair, or an object of Python.
    """
    _check(value, "$")
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
    return text.encode()


def _check(value: Any, where: str) -> None:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, int):
        if abs(value) > _LARGEST:
            raise NotCanonical(f"{where} is a number larger than 2^53 - 1.")
    elif isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise NotCanonical(f"{where} holds half a character pair.") from error
    elif isinstance(value, list | tuple):
        for position, item in enumerate(value):
            _check(item, f"{where}[{position}]")
    elif isinstance(value, dict):
        for name, item in value.items():
            if not (isinstance(name, str) and name.isascii()):
                raise NotCanonical(f"{where} has a member whose name is not ASCII text.")
            _check(item, f"{where}.{name}")
    else:
        raise NotCanonical(f"{where} is a {type(value).__name__}, which JSON does not know.")
