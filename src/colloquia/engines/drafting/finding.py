"""Finds a quotation in the stored passage. Only what stands there, in whole words, is found."""

from __future__ import annotations

import re
import unicodedata

from colloquia.engines.passages.sentences import sentence_ends

_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′‹›＇", "'"),
        **dict.fromkeys("“”„‟″«»「」『』＂", '"'),
        **dict.fromkeys("‐‑‒–—―−﹘－", "-"),
        "…": "...",
    }
)
_STOP = re.compile(r"[.!?…。．！？｡؟۔।॥][\"'’”»)\]）】」』〉》]*\s*\Z")
_AROUND = " \"'."
# Scripts that put no space between words: there a word's end cannot be told from its letters.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u312f\u3190-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)


def find_quote(quote: str, text: str) -> tuple[int, int] | None:
    """Offsets (start, end) of ``quote`` in ``text``, at its first place; None where it does not stand there.

    Kinds of white space, quotation marks, dashes and invisible characters, and composed or
    decomposed accents, do not matter for finding; letters, case and every other sign do. Quotation
    marks and dots around the quote are not part of it. It must begin and end with whole words.
    """
    wanted = "".join(part for part, _ in _folded(quote))
    parts = _folded(text)
    hay = "".join(part for part, _ in parts)
    for needle in dict.fromkeys((wanted.strip(), wanted.strip(_AROUND))):
        place = hay.find(needle) if needle else -1
        while place >= 0:
            last = place + len(needle) - 1
            start, end = parts[place][1], parts[last][1] + 1
            whole = (place == 0 or parts[place - 1][1] != start) and (
                last + 1 == len(parts) or parts[last + 1][1] != end - 1
            )
            if whole and not _splits_word(text, start) and not _splits_word(text, end):
                return start, end
            place = hay.find(needle, place + 1)
    return None


def sentences_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole sentences of ``text`` that hold ``text[start:end]``, without white space at the ends.

    A line that ends without a full stop goes with the next: "we oppose:" belongs to the items of its list.
    """
    stops = [
        0,
        *(stop for stop in sentence_ends(text, 0, len(text)) if _STOP.search(text, 0, stop)),
        len(text),
    ]
    first = max(stop for stop in stops if stop <= start)
    last = min(stop for stop in stops if stop >= end)
    body = text[first:last]
    left = first + len(body) - len(body.lstrip())
    return left, left + len(body.strip())


def _folded(text: str) -> list[tuple[str, int]]:
    """Single characters to compare, each with the offset of the character that it comes from."""
    folded: list[tuple[str, int]] = []
    for offset, character in enumerate(text):
        if character.isspace():
            if folded and folded[-1][0] != " ":
                folded.append((" ", offset))
        elif unicodedata.category(character) != "Cf":
            same = unicodedata.normalize("NFD", character.translate(_SAME))
            folded.extend((part, offset) for part in same)
    return folded


def _splits_word(text: str, place: int) -> bool:
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    if unicodedata.category(after) in {"Mn", "Mc", "Me"}:
        return True
    if _UNSPACED.match(before) or _UNSPACED.match(after):
        return False
    inner = {"Mn", "Mc"}
    return after.isalnum() and (before.isalnum() or unicodedata.category(before) in inner)
