"""Colours as programs write them, made ``#RRGGBB``."""

from __future__ import annotations

import re

_SHORT = re.compile(r"#?([0-9a-fA-F]{3})")
_LONG = re.compile(r"#?(?:[0-9a-fA-F]{2})?([0-9a-fA-F]{6})")
_DECIMAL = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)", re.IGNORECASE)


def colour(written: str) -> str | None:
    """``#RRGGBB``, an empty string where none is written, ``None`` where it cannot be understood.

    Eight digits hold opacity first, as Windows programs write them.
    """
    written = written.strip()
    if not written:
        return ""
    if match := _SHORT.fullmatch(written):
        return "#" + "".join(digit * 2 for digit in match[1]).upper()
    if match := _LONG.fullmatch(written):
        return "#" + match[1].upper()
    if (match := _DECIMAL.fullmatch(written)) and all(int(part) < 256 for part in match.groups()):
        return "#" + "".join(f"{int(part):02X}" for part in match.groups())
    return None
