"""The same text with digits and punctuation of every script in their plain form, character for character."""

from __future__ import annotations

import unicodedata

_SPACES = "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000\t"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d\u30fc"
_INVISIBLE = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u00ad\u200b"
_WIDE = {"＠": "@", "．": ".", "：": ":", "（": "(", "）": ")", "＋": "+", "，": ",", "／": "/", "、": ","}


class _Plain(dict[int, int]):
    """Code point to its plain form; filled as met."""

    def __missing__(self, code: int) -> int:
        character = chr(code)
        if character in _SPACES or character in _INVISIBLE:
            plain = " "
        elif character in _DASHES:
            plain = "-"
        elif unicodedata.category(character) == "Nd":
            plain = str(unicodedata.digit(character))
        else:
            plain = _WIDE.get(character, character)
        self[code] = ord(plain)
        return self[code]


_PLAIN = _Plain()


def plain(text: str) -> str:
    """The text for rules that look for numbers. It has the same length, so that offsets are the same."""
    return text if text.isascii() and "\t" not in text else text.translate(_PLAIN)
