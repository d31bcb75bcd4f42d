"""The form in which texts are compared: case, spacing, punctuation and letter variants folded away."""

from __future__ import annotations

import re
import unicodedata

# Scripts written without spaces whose single characters carry as much as two or three letters:
# kana, Han with its extensions and compatibility forms, Hangul syllables, bopomofo.
COMPACT_RANGES = (
    (0x3040, 0x312F),
    (0x31A0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF),
    (0x20000, 0x323AF),
)
_COMPACT = "".join(f"{chr(first)}-{chr(last)}" for first, last in COMPACT_RANGES)
_COMPACT_CHARACTER = re.compile(f"[{_COMPACT}]")
_SPACE_INSIDE_COMPACT = re.compile(f"(?<=[{_COMPACT}]) (?=[{_COMPACT}])")


class _Separators(dict[int, int]):
    """Code point to itself, or to a space if it is punctuation, a space or a control; filled as met."""

    def __missing__(self, code: int) -> int:
        folded = 0x20 if unicodedata.category(chr(code))[0] in "PZC" else code
        self[code] = folded
        return folded


_SEPARATORS = _Separators()


def fold(text: str) -> str:
    """Return the text under which two messages count as the same.

    NFKC and case folding; every run of punctuation, spaces and control characters
    becomes one space, and none between two Han, kana or Hangul characters, where
    spaces and line breaks mean nothing. Symbols (``+``, emoji) are kept.
    """
    if text.isascii():
        folded = text.lower()
    else:
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    folded = " ".join(folded.translate(_SEPARATORS).split())
    if not folded.isascii() and _COMPACT_CHARACTER.search(folded):
        folded = _SPACE_INSIDE_COMPACT.sub("", folded)
    return folded
