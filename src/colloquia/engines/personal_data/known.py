"""Words that are known to name a sender, wherever they stand in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from colloquia.engines.personal_data.records import Finding

SHORTEST = 3
"""Letters of a name in a script that puts spaces between words; in others two are enough."""
_SPACED = ((0x0000, 0x0590), (0x1E00, 0x2000))


def known_words(text: str, words: Iterable[tuple[str, str]]) -> list[Finding]:
    """Where words stand in a text as whole words, whatever their case and the spaces between them; in order.

    Args:
        text: any text.
        words: each with its category, one of ``CATEGORIES``; shorter ones than ``SHORTEST`` are passed over.
    """
    found: dict[tuple[int, int], Finding] = {}
    for written, category in words:
        even = unicodedata.normalize("NFC", " ".join(written.split()))
        if len(even) < (SHORTEST if _is_spaced(even[:1]) else 2):
            continue
        pattern = r"\s+".join(re.escape(each) for each in even.split())
        before = r"(?<!\w)" if _is_spaced(even[0]) else ""
        after = r"(?!\w)" if _is_spaced(even[-1]) else ""
        for each in re.finditer(f"{before}{pattern}{after}", text, re.IGNORECASE):
            found.setdefault(each.span(), Finding(*each.span(), category, f"{category}.sender"))
    return sorted(found.values())


def _is_spaced(letter: str) -> bool:
    """Whether it belongs to a script in which nothing is written onto a word: Arabic puts its "and" there."""
    return letter.isalnum() and any(first <= ord(letter) < last for first, last in _SPACED)
