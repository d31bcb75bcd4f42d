"""Sentences that rest on passages, and the words that they quote from a stored text."""

from __future__ import annotations

import re

from colloquia.engines.passages.sentences import sentence_ends

_INITIALS = re.compile(r"(?:^|[\s(])(?:\w\.){2,}$")
_QUOTES = (("“", "”"), ("«", "»"), ("„", "“"), ("「", "」"), ("『", "』"))


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


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, in order, so that each can be held to passages of its own.

    Initials such as ``U.S.`` end no sentence, nor does a full stop between marks of quotation or before a
    small letter. White space is made one space.
    """
    plain = " ".join(text.split())
    found, start = [], 0
    for end in sentence_ends(plain, 0, len(plain)):
        piece = plain[start:end].strip()
        goes_on = plain[end:].lstrip()[:1].islower() or _INITIALS.search(piece)
        if end < len(plain) and (goes_on or _is_within_quotation(piece, plain[start:])):
            continue
        if any(character.isalnum() for character in piece):
            found.append(piece)
        elif found and piece:
            found[-1] = f"{found[-1]} {piece}"
        start = end
    return found


def _is_within_quotation(piece: str, rest: str) -> bool:
    """Whether a mark of quotation is open at the end of a piece and closed later; ``rest`` begins with it."""
    if piece.count('"') % 2 == 1 and rest.count('"') % 2 == 0:
        return True
    return any(piece.count(a) > piece.count(b) and rest.count(a) <= rest.count(b) for a, b in _QUOTES)
