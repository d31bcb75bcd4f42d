"""A public text as a page shows it: page by page, with what is redacted marked as such."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from colloquia.submissions.models import TextVersion

LONGEST_PART = 60_000
"""Characters of a text on one page of the site; what is longer comes in parts."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``redacted`` where a placeholder stands for what was taken out."""

    text: str
    redacted: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the document; ``number`` counts from 1, 0 where it has no pages."""

    number: int
    pieces: tuple[Piece, ...]
    continued: bool = False


Stretch = tuple[int, int, int, bool]
"""Number of the page, start, end, and whether the page began before."""


def parts_of(text: TextVersion) -> list[list[Stretch]]:
    """The text in parts of at most ``LONGEST_PART`` characters, each with the pages that it holds."""
    parts: list[list[Stretch]] = [[]]
    size = 0
    for number, start, end in _sheets(text):
        at = start
        while at < end or (start == end and at == start):
            room = LONGEST_PART - size
            if room <= 0:
                parts.append([])
                size, room = 0, LONGEST_PART
            stop = min(end, at + room)
            if stop < end:
                stop = _good_end(text, at, stop)
            parts[-1].append((number, at, stop, at > start))
            size += stop - at
            if stop == at:
                break
            at = stop
    return parts


def shown(text: TextVersion, stretches: Sequence[Stretch]) -> list[Sheet]:
    """The pages of one part with their pieces."""
    return [
        Sheet(number, tuple(pieces(text, start, end)), continued)
        for number, start, end, continued in stretches
    ]


def pieces(text: TextVersion, start: int = 0, end: int | None = None) -> list[Piece]:
    """A stretch of a text, cut where placeholders begin and end."""
    end = len(text.text) if end is None else end
    found, at = [], start
    for first, last in _placeholders(text):
        if last <= start or first >= end:
            continue
        if first > at:
            found.append(Piece(text.text[at:first]))
        found.append(Piece(text.text[max(first, start) : min(last, end)], redacted=True))
        at = min(last, end)
    if at < end:
        found.append(Piece(text.text[at:end]))
    return found


def _placeholders(text: TextVersion) -> list[tuple[int, int]]:
    return sorted((int(each[0]), int(each[1])) for each in text.redactions)


def _sheets(text: TextVersion) -> list[tuple[int, int, int]]:
    length = len(text.text)
    starts = [start for start in text.pages if start < length] or []
    if not starts:
        return [(0, 0, length)]
    bounds = [0, *starts[1:], length]
    return [(place, bounds[place - 1], bounds[place]) for place in range(1, len(bounds))]


def _good_end(text: TextVersion, start: int, stop: int) -> int:
    """A place near ``stop`` that does not cut a placeholder, after the end of a line where there is one."""
    line = text.text.rfind("\n", start + (stop - start) // 2, stop)
    stop = line + 1 if line > start else stop
    for first, last in _placeholders(text):
        if first < stop < last:
            return first if first > start else last
    return stop
