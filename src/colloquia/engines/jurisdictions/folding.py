"""One spelling for the many ways in which people type the name of a territory."""

from __future__ import annotations

import re
import unicodedata

_REGIONAL_INDICATORS = {code: chr(code - 0x1F1E6 + ord("A")) for code in range(0x1F1E6, 0x1F200)}
_LETTERS = str.maketrans(
    {
        "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "&": " and ",
        "ى": "ي", "ی": "ي", "ک": "ك", "ە": "ه", "ة": "ه", "ٱ": "ا", "ـ": None,
    }
)  # fmt: skip
_ELISION = re.compile(r"(?<!\w)[ld]['’ʼ`´‘](?=\w)", re.IGNORECASE)
_DOTTED = re.compile(r"(?<=\b\w)\.(?=\w\b)")
_FIRST_INDIC_MARK = 0x0900
_ARTICLES = ("the ", "la ", "le ", "les ", "el ", "los ", "las ")
_TRAILING_ARTICLES = (" the", " la", " le", " les", " l", " el", " los", " las")
LONGEST = 200
"""Characters that are read of a field; a longer one is prose and names no territory."""


def clean(text: str) -> str:
    """The text as one line without control, format and private characters, for display and matching."""
    if text.isprintable():
        return " ".join(text.split())
    kept = (" " if unicodedata.category(mark) in ("Cc", "Zl", "Zp") else mark for mark in text)
    line = "".join(mark for mark in kept if unicodedata.category(mark) not in ("Cf", "Cs", "Co", "Cn"))
    return " ".join(line.split())


def letters_of_flags(text: str) -> str:
    """Flag emoji as the two letters of which they are made."""
    return text.translate(_REGIONAL_INDICATORS)


def fold(text: str) -> str:
    """Case, marks, width, punctuation and articles removed; words joined by one space.

    Two names with the same folded form are the same name to the matcher. The form is not
    for display.
    """
    if text.isascii():
        text = text.lower().replace("&", " and ")
    else:
        text = unicodedata.normalize("NFKD", text).casefold()
        text = "".join(mark for mark in text if not _is_accent(mark)).translate(_LETTERS)
    text = _DOTTED.sub("", _ELISION.sub("", text))
    folded = " ".join("".join(mark if _is_part_of_word(mark) else " " for mark in text).split())
    for article in _ARTICLES:
        if folded.startswith(article) and len(folded) > len(article):
            folded = folded[len(article) :]
            break
    for article in _TRAILING_ARTICLES:
        if folded.endswith(article) and len(folded) > len(article) + 2:
            folded = folded[: -len(article)]
            break
    return " ".join(_without_arabic_article(word) for word in folded.split())


def _is_accent(mark: str) -> bool:
    """Marks of the Indic and later scripts are vowels: to drop them would join different names."""
    code = ord(mark)
    late = 0x1AB0 <= code <= 0x1DFF or 0xFE20 <= code <= 0xFE2F
    return code > 0x7F and (code < _FIRST_INDIC_MARK or late) and unicodedata.combining(mark) > 0


def _is_part_of_word(mark: str) -> bool:
    if mark.isalnum():
        return True
    is_variation_selector = 0xFE00 <= ord(mark) <= 0xFE0F
    return unicodedata.category(mark)[0] == "M" and not is_variation_selector


def _without_arabic_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word
