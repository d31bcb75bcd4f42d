"""From the order in which letters are seen to the order in which they are read (UAX 9, backwards)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_FAMILIES = {character: pair for pair in ("()", "[]", "{}", "«»", "‹›") for character in pair}
_LAM, _ALEFS, _HEH = "\u0644", frozenset("\u0627\u0622\u0623\u0625\u0671"), "\u0647"


@dataclass(slots=True)
class Glyph:
    """A glyph with the letters it stands for, its vowel signs, and its place in points.

    ``guessed`` marks a space that is not in the file.
    """

    text: str
    left: float
    right: float
    x: float
    y: float
    height: float
    index: int
    marks: str = ""
    guessed: bool = False


def in_reading_order(glyphs: Sequence[Glyph], page_is_leftward: bool) -> tuple[str, bool]:
    """Return the text of one row, given from left to right, and whether it reads leftward.

    A row reads leftward if most of its letters do, or if some do and the page does.
    """
    kinds = [_kind(glyph.text) for glyph in glyphs]
    leftward = kinds.count("R") > 0 and (page_is_leftward or kinds.count("R") > kinds.count("L"))
    if not leftward:
        return _rightward(glyphs, kinds), False
    runs = _runs_of_left_to_right(glyphs, kinds)
    pieces = []
    at = len(glyphs)
    while at > 0:
        begin = next((first for first, last in runs if last == at), None)
        if begin is not None:
            pieces.append("".join(_letters(glyph) for glyph in glyphs[begin:at]))
            at = begin
            continue
        at -= 1
        pieces.append(_lam_alef(glyphs[at]))
    return _with_sensible_brackets("".join(pieces)), True


def _rightward(glyphs: Sequence[Glyph], kinds: list[str]) -> str:
    """Return a row that reads rightward, with the leftward words inside it turned."""
    result = []
    at = 0
    while at < len(glyphs):
        if kinds[at] != "R":
            result.append(_letters(glyphs[at]))
            at += 1
            continue
        last = at
        for ahead in range(at, len(glyphs)):
            if kinds[ahead] == "R":
                last = ahead
            elif kinds[ahead] == "L":
                break
        text, _ = in_reading_order(glyphs[at : last + 1], True)
        result.append(text)
        at = last + 1
    return "".join(result)


def _kind(text: str) -> str:
    """Return ``L``, ``R``, ``D`` for digits, ``S`` for what may stand inside a number, ``N`` otherwise."""
    character = text[:1]
    direction = unicodedata.bidirectional(character)
    if direction in ("R", "AL"):
        return "R"
    if direction in ("EN", "AN"):
        return "D"
    if direction == "CS" and character != "\u00a0":
        return "S"
    return "L" if direction == "L" else "N"


def _runs_of_left_to_right(glyphs: Sequence[Glyph], kinds: list[str]) -> list[tuple[int, int]]:
    """Return (begin, end) of the pieces that read rightward: Latin words and numbers."""
    runs = []
    at = 0
    while at < len(kinds):
        if kinds[at] == "L":
            end = at
            for ahead in range(at, len(kinds)):
                if kinds[ahead] in ("L", "D"):
                    end = ahead
                elif kinds[ahead] == "R":
                    break
            begin, end = _with_brackets(glyphs, at, end + 1)
            runs.append((begin, end))
            at = end
        elif kinds[at] == "D":
            end = at + 1
            while end < len(kinds) and (
                kinds[end] == "D" or (kinds[end] == "S" and end + 1 < len(kinds) and kinds[end + 1] == "D")
            ):
                end += 1
            if end < len(kinds) and kinds[end] == "L":
                at = end
                continue
            runs.append((at, end))
            at = end
        else:
            at += 1
    return runs


def _with_brackets(glyphs: Sequence[Glyph], begin: int, end: int) -> tuple[int, int]:
    """Widen a run by the bracket that closes one inside it."""
    family = _FAMILIES.get(glyphs[end].text) if end < len(glyphs) else None
    if family and sum(glyph.text in family for glyph in glyphs[begin:end]) % 2:
        end += 1
    return begin, end


def _letters(glyph: Glyph) -> str:
    return glyph.text + glyph.marks


def _lam_alef(glyph: Glyph) -> str:
    """Return a glyph's letters in reading order.

    No glyph reads alef before lam, and heh ends the ligature of the name of God: where a
    producer or reader has turned these, they are turned back.
    """
    text = glyph.text
    turned = len(text) == 2 and text[0] in _ALEFS and text[1] == _LAM
    turned_name = len(text) > 1 and text[0] == _HEH and set(text[1:]) <= _ALEFS | {_LAM}
    return (text[::-1] if turned or turned_name else text) + glyph.marks


def _with_sensible_brackets(text: str) -> str:
    """Turn brackets by what stands beside them.

    Producers and readers disagree on whether a bracket's code means its shape or its
    sense, so the code tells nothing: a bracket after a space opens, one before a space closes.
    """
    result = list(text)
    waiting = dict.fromkeys(_FAMILIES.values(), 0)
    for at, character in enumerate(text):
        family = _FAMILIES.get(character)
        if family is None:
            continue
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        opens = not before or before.isspace() or (before in _FAMILIES and result[at - 1] in "([{«‹")
        closes = not after or not (after.isalnum() or after in _FAMILIES)
        if opens == closes:
            opens = waiting[family] == 0
        waiting[family] = max(0, waiting[family] + (1 if opens else -1))
        result[at] = family[0] if opens else family[1]
    return "".join(result)
