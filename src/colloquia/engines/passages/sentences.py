"""Where a text may be cut: ends of sentences, then weaker boundaries, in any script."""

from __future__ import annotations

import re
import unicodedata

# Full stops of the scripts of the world that mark the end of a sentence, with any closing marks behind.
_STRONG = re.compile(r"[.!?…。！？｡؟۔।॥։።᙮᠃᠉‼⁇⁈⁉]+[\"'’”»)\]）】」』〉》]*")
_BREAK = re.compile(r"\n+")
_NEEDS_SPACE = frozenset(".!?…")
_INK = re.compile(r"\S")
_WEAK = re.compile(r"[;:,،؛、；：，·—–]\s*|\s+")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[«\"'])(?:\w|e\.g|i\.e|p\.ex|z\.B|d\.h|u\.a|cf|vs|etc|al|art|arts|no|nos|nr|núm|num|para|paras|par|"
    r"sec|pp|ch|fig|vol|ed|eds|inc|ltd|co|corp|mr|mrs|ms|dr|prof|st|hon|sr|sra|mme|bzw|usw|ca|bspw|abs|"
    r"ст|им|г|стр|руб|тыс|млн|т\.е|т\.д|т\.п|др)\.$",
    re.IGNORECASE,
)


def sentence_ends(text: str, start: int, end: int) -> list[int]:
    """Offsets in (start, end] at which a sentence of ``text[start:end]`` ends; the last is ``end``.

    A full stop inside a number, an abbreviation or a web address does not end a sentence.
    A line break does.
    """
    strong = (
        match.end()
        for match in _STRONG.finditer(text, start, end)
        if _ends_sentence(text, match.start(), match.end(), end)
    )
    breaks = (match.end() for match in _BREAK.finditer(text, start, end))
    return sorted({*strong, *breaks, end})


def _ends_sentence(text: str, start: int, stop: int, end: int) -> bool:
    if text[start] not in _NEEDS_SPACE:
        return True
    if stop >= end:
        return True
    if not text[stop].isspace():
        return False
    if text[start : start + 1] != "." or stop - start > 1:
        return True
    if _ABBREVIATION.search(text[max(0, start - 12) : start + 1]):
        return False
    after = _INK.search(text, stop, end)
    return not (after and after[0].islower())


def weak_cut(text: str, start: int, limit: int) -> int:
    """The best place in (start, limit] to cut a run that has no sentence end.

    The last comma or space in the second half; else ``limit``, moved back so that a base
    letter keeps its combining marks.
    """
    floor = start + (limit - start) // 2
    best = 0
    for match in _WEAK.finditer(text, floor, limit):
        best = match.end()
    if best > start:
        return best
    cut = limit
    while cut > start + 1 and cut < len(text) and _joins(text[cut]):
        cut -= 1
    return cut if cut > start + 1 else limit


def _joins(character: str) -> bool:
    return unicodedata.category(character) in {"Mn", "Mc", "Me"} or character in "\u200d\ufe0f\u200c"
