"""Text as it is searched: one form for width, case, accents and the shapes of Arabic letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_MARKS = (
    (0x0300, 0x036F),  # accents of Latin, Greek and Cyrillic
    (0x0591, 0x05BD), (0x05BF, 0x05C7),  # points of Hebrew
    (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06DC),
    (0x06DF, 0x06E8), (0x06EA, 0x06ED),
    (0x0640, 0x0640),  # the stroke that lengthens an Arabic word
    (0x00AD, 0x00AD), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2069), (0xFEFF, 0xFEFF),  # unseen
)  # fmt: skip
_TABLE: dict[int, str | None] = {code: None for first, last in _MARKS for code in range(first, last + 1)}
_TABLE |= {
    ord(letter): plain
    for plain, letters in {"ا": "أإآٱ", "ي": "ىئی", "ك": "ک", "و": "ؤ", "ه": "ةۀ"}.items()
    for letter in letters
}
_TABLE |= {first + digit: str(digit) for first in (0x0660, 0x06F0) for digit in range(10)}
_CJK = "\u2e80-\u2fdf\u3005-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_BROKEN_LINE = re.compile(rf"(?<=[{_CJK}]) (?=[{_CJK}])")


def folded(text: str) -> str:
    """The form in which texts are kept for search, and in which what somebody looks for is compared.

    Blanks between Chinese or Japanese characters are left out: there they only break lines.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_TABLE)
    line = " ".join(unicodedata.normalize("NFC", plain).translate(_TABLE).split())
    return _BROKEN_LINE.sub("", line)


def searched(pieces: Iterable[str]) -> str:
    """What is kept of folded pieces for search: each word once. A word is what stands between blanks.

    No term has a blank in it, so that whatever stands in the pieces is found in this, and nothing else.
    """
    return " ".join(dict.fromkeys(word for piece in pieces for word in piece.split()))


def terms(query: str) -> list[str]:
    """What a text must hold, piece by piece, to answer a query; each piece once, at most eight.

    Each is looked for within words; none has a blank in it.
    """
    return list(dict.fromkeys(term for piece in query.split() for term in folded(piece).split()))[:8]
