"""Words of a passage that may name a theme, in any script."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

_WORD = re.compile(r"[^\W\d_][^\W_]*(?:['’\-][^\W\d_]+)*", re.UNICODE)
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff々]+")
_KATAKANA = re.compile(r"[\u30a1-\u30faー]{2,}")
_THAI = re.compile(r"[\u0e00-\u0e7f]+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f\U00020000-\U0003ffff々]")
_MARKS = re.compile(r"[\u064b-\u0652\u0640]")


def terms_of(text: str, language: str) -> set[str]:
    """Candidate terms: words and pairs of words; runs of characters where words have no spaces.

    Case-folded, Arabic without vowel marks. Japanese terms are runs of one script, Chinese ones
    every two to four characters, so that the counts decide what a word is.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    if language == "ja":
        return {run for run in (*_HAN.findall(folded), *_KATAKANA.findall(folded)) if 2 <= len(run) <= 8}
    if language == "zh":
        return _grams(_HAN.findall(folded), 2, 4)
    if language == "th":
        return _grams(_THAI.findall(folded), 4, 8)
    folded = _MARKS.sub("", folded)
    words = [word for word in _WORD.findall(folded) if not _UNSPACED.search(word)]
    pairs = (f"{one} {other}" for one, other in pairwise(words) if len(one) > 2 and len(other) > 2)
    return {word for word in words if len(word) > 2} | set(pairs)


def _grams(runs: list[str], shortest: int, longest: int) -> set[str]:
    return {
        run[start : start + size]
        for run in runs
        for size in range(shortest, longest + 1)
        for start in range(len(run) - size + 1)
    }
