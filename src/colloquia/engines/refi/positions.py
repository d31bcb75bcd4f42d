"""How a program counts the positions of its selections, found out from the selections themselves.

The standard counts Unicode code points from 0. It says that a selection is given by its first and its
last character; most programs give the place after the last. Some count UTF-16 units, some count a line
end of two characters as one, some count the byte order mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

_SAMPLE = 400
_SHORTEST_NAME = 3
_ELLIPSIS = re.compile(r"\s*(?:\.\.\.|…)$")


@dataclass(frozen=True, slots=True)
class Counting:
    """A way to count. ``wide`` counts UTF-16 units, ``folded`` a line end as one, ``marked`` the byte
    order mark as the first; with ``last`` the end is the last character and not the place after it.
    """

    wide: bool = False
    folded: bool = True
    marked: bool = False
    last: bool = False


STANDARD = Counting()


@dataclass(frozen=True, slots=True)
class Selection:
    """Positions as written, and what the program says of the selected text, where it says it."""

    start: int
    end: int
    words: tuple[str, ...] = ()


class Counted:
    """A text as a file held it, and where positions of a counting lie in the text with ``\\n`` line ends."""

    def __init__(self, raw: str) -> None:
        self._mark = raw.startswith("\ufeff")
        body = raw[self._mark :]
        self.text = body.replace("\r\n", "\n").replace("\r", "\n")
        self._pairs = "\r\n" in body
        self._astral = not body.isascii() and max(body, default="") > "\uffff"
        self._body = body
        self._tables: dict[tuple[bool, bool], list[int]] = {}

    def ways(self) -> tuple[tuple[bool, ...], tuple[bool, ...], tuple[bool, ...]]:
        """Which of ``wide``, ``folded`` and ``marked`` make a difference in this text."""
        return (
            (False, True) if self._astral else (False,),
            (True, False) if self._pairs else (True,),
            (False, True) if self._mark else (False,),
        )

    def place(self, start: int, end: int, counting: Counting) -> tuple[int, int] | None:
        """Start and end in ``text``; ``None`` where they lie outside it or hold nothing."""
        shift = 1 if counting.marked and self._mark else 0
        first = self._place(start - shift, counting)
        if counting.last:
            last = self._place(end - shift, counting)
            after = None if last is None or last >= len(self.text) else last + 1
        else:
            after = self._place(end - shift, counting)
        return (first, after) if first is not None and after is not None and first < after else None

    def _place(self, position: int, counting: Counting) -> int | None:
        wide, folded = counting.wide and self._astral, counting.folded or not self._pairs
        if not wide and folded:
            return position if 0 <= position <= len(self.text) else None
        table = self._table(wide, folded)
        return table[position] if 0 <= position < len(table) else None

    def _table(self, wide: bool, folded: bool) -> list[int]:
        """For each position of a counting the place in ``text``; the middle of a character is its start."""
        if (wide, folded) not in self._tables:
            table = []
            source = self.text if folded else self._body
            place = 0
            for index, character in enumerate(source):
                table.append(place)
                if wide and character > "\uffff":
                    table.append(place)
                if character != "\r" or source[index + 1 : index + 2] != "\n":
                    place += 1
            table.append(place)
            self._tables[wide, folded] = table
        return self._tables[wide, folded]


def counting_of(samples: Iterable[tuple[Counted, Sequence[Selection]]]) -> tuple[Counting, bool]:
    """The counting that fits best, and whether anything spoke for it.

    First counts how many selections hold the text that the program names, then how many begin
    and end where words do, then the standard.
    """
    drawn: list[tuple[Counted, Selection]] = []
    ways: list[set[bool]] = [{False}, {True}, {False}]
    for counted, selections in samples:
        differing = counted.ways()
        interesting = sum(map(len, differing)) > 3
        if len(drawn) < _SAMPLE or (interesting and len(drawn) < 2 * _SAMPLE):
            drawn += [(counted, selection) for selection in selections[:40]]
            for known, found in zip(ways, differing, strict=True):
                known.update(found)
    best, evidence = STANDARD, (0, 0.0)
    scores = []
    for last, marked, folded, wide in product(
        (False, True), sorted(ways[2]), sorted(ways[1], reverse=True), sorted(ways[0])
    ):
        counting = Counting(wide, folded, marked, last)
        score = _score(drawn, counting)
        scores.append(score)
        if score > evidence:
            best, evidence = counting, score
    return best, len(set(scores)) > 1


def _score(drawn: Sequence[tuple[Counted, Selection]], counting: Counting) -> tuple[int, float]:
    named = 0
    edges = 0.0
    for counted, selection in drawn:
        found = counted.place(selection.start, selection.end, counting)
        if found is None:
            continue
        text = counted.text
        start, end = found
        named += max((_says(words, text[start:end]) for words in selection.words), default=0)
        edges += _is_edge(text, start, end)
    return named, edges


def _says(words: str, selected: str) -> int:
    """2 where the words are the selected text, 1 where they are its beginning."""
    said = " ".join(_ELLIPSIS.sub("", words).split())
    if len(said) < _SHORTEST_NAME:
        return 0
    body = " ".join(selected.split())
    if said == body and selected == selected.strip():
        return 2
    return 1 if body.startswith(said) and not selected[:1].isspace() else 0


def _is_edge(text: str, start: int, end: int) -> float:
    """How clean the cut is: no white space inside at the ends, no word cut in two."""
    clean = 0.0
    clean += not text[start].isspace() and not (start and text[start - 1].isalnum() and text[start].isalnum())
    cut = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    clean += not text[end - 1].isspace() and not cut
    # A full stop that was left outside speaks against the cut, though no word was.
    if end < len(text) and text[end] in ".?!。؟" and not text[end - 1].isspace() and not cut:
        clean -= 0.5
    return clean
