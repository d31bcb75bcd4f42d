"""Finding the words that somebody quotes in the stored text of a passage."""

from __future__ import annotations

import re


def stretch_of(text: str, words: str, *, near: int = 0) -> tuple[int, int] | None:
    """Where ``words`` stand in ``text``, as offsets in code points; None where they do not.

    Only white space may differ, since a form sends line ends of its own: the stretch that is found is then
    quoted as it is stored. Of several the one that begins closest to ``near`` is given.
    """
    parts = words.split()
    if not parts:
        return None
    pattern = re.compile(r"\s+".join(re.escape(part) for part in parts))
    found = [match.span() for match in pattern.finditer(text)]
    return min(found, key=lambda span: (abs(span[0] - near), span[0])) if found else None


def holds(text: str, start: int, end: int, quote: str) -> bool:
    """Whether a quotation is the text from ``start`` to ``end``, and not empty."""
    return 0 <= start < end <= len(text) and text[start:end] == quote
