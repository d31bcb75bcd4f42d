"""What one wording adds to another and leaves out, word by word, in any script."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

Kind = Literal["same", "removed", "added"]
MOST_COMPARISONS = 4_000_000
"""Words of one text times words of the other; beyond it the texts are given whole."""
_APOSTROPHES = "'’ʼ"


class Piece(NamedTuple):
    """A stretch of text that both wordings have, that only the earlier had, or only the later has."""

    kind: Kind
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """The pieces in reading order.

    Those not ``added`` make up ``before``, those not ``removed`` make up ``after``. Words are compared in
    normal form C; a text of more than 4,000,000 comparisons is given as replaced whole.
    """
    old, new = list(words(before)), list(words(after))
    if len(old) * len(new) > MOST_COMPARISONS:
        return [piece for piece in (Piece("removed", before), Piece("added", after)) if piece.text]
    folded = [[unicodedata.normalize("NFC", word) for word in side] for side in (old, new)]
    matcher: SequenceMatcher[str] = SequenceMatcher(None, folded[0], folded[1], autojunk=False)
    steps: list[tuple[str, str]] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        removed, added = "".join(old[i:j]), "".join(new[k:m])
        # Spelt differently in code points and the same to a reader: shown as the later text has it.
        steps.append((added, added) if tag == "equal" else (removed, added))
    return list(_pieces(_joined(steps)))


def words(text: str) -> Iterator[str]:
    """The text cut into words, single signs, and stretches of space; joined, they are the text.

    In scripts written without spaces every character is a word. Marks stay with their letter.
    """
    start = 0
    for position in range(1, len(text) + 1):
        if position == len(text) or _cut(text, start, position):
            yield text[start:position]
            start = position


def _cut(text: str, start: int, position: int) -> bool:
    left, right = text[position - 1], text[position]
    if unicodedata.category(right)[0] == "M":
        return False
    if left in _APOSTROPHES and position - 1 > start and _is_word(right):
        return False
    if right in _APOSTROPHES and _is_word(left) and position + 1 < len(text) and _is_word(text[position + 1]):
        return False
    if left.isspace() and right.isspace():
        return False
    base = position - 1
    while base > start and unicodedata.category(text[base])[0] == "M":
        base -= 1
    return not (_is_word(text[base]) and _is_word(right))


def _is_word(sign: str) -> bool:
    """A letter or digit that joins others to a word."""
    return unicodedata.category(sign)[0] in "LN" and not _stands_alone(sign)


def _stands_alone(sign: str) -> bool:
    code = ord(sign)
    return (
        0x3040 <= code <= 0x30FF  # Japanese syllables
        or 0x3400 <= code <= 0x9FFF  # Chinese characters
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x3FFFF
        or 0x0E00 <= code <= 0x0EFF  # Thai and Lao
        or 0x1780 <= code <= 0x17FF  # Khmer
        or 0x1000 <= code <= 0x109F  # Burmese
    )


def _joined(steps: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A mere space between two changes belongs to them, so that a replaced phrase reads as one."""
    joined: list[tuple[str, str]] = []
    for number, (removed, added) in enumerate(steps):
        bridge = removed == added and not added.strip() and 0 < number < len(steps) - 1
        changed = removed != added
        if joined and (bridge or changed) and joined[-1][0] != joined[-1][1]:
            joined[-1] = (joined[-1][0] + removed, joined[-1][1] + added)
        else:
            joined.append((removed, added))
    return joined


def _pieces(steps: list[tuple[str, str]]) -> Iterator[Piece]:
    for removed, added in steps:
        if removed == added:
            yield Piece("same", added)
            continue
        if removed:
            yield Piece("removed", removed)
        if added:
            yield Piece("added", added)
