"""Lines to paragraphs: where a line break is the paper's and where it is the author's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from colloquia.engines.documents.layout import Line, is_unspaced

_MARKER = re.compile(
    r"(?:[•◦▪●○■□–—*·‣⁃➢✓]|-|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivxIVX]{1,5}[.)]|\d+(?:\.\d+)+\.?"
    r"|[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+、)\s*\S"
)
_SENTENCE_END = re.compile(r"[.!?:;。！？：；؟؛…।][\"”’»›)\]）」』]*$")
_WORD = re.compile(r"\w+")


def compose(pages: Sequence[Sequence[Line]]) -> tuple[str, tuple[int, ...]]:
    """Return the text of all pages and the offset at which each begins.

    Paragraphs are parted by a blank line; a paragraph that runs over a page's end is one
    paragraph. A hyphen at a line's end goes only if the word stands unbroken elsewhere.
    """
    words = _words(pages)
    text: list[str] = []
    length = 0
    starts: list[int] = []
    before: Line | None = None
    for lines in map(_mirrored, pages):
        shape = _Shape(lines)
        first = True
        starting = True
        for index, line in enumerate(lines):
            if before is not None:
                parted = not _goes_on(before, line) if first else shape.parts(index, starting)
                starting = parted
                joint, cut = ("\n\n", 0) if parted else _joint(before, line, words, same_page=not first)
                if cut:
                    text[-1] = text[-1][:-cut]
                    length -= cut
                text.append(joint)
                length += len(joint)
            if first:
                starts.append(length)
                first = False
            text.append(line.text)
            length += len(line.text)
            before = line
        if first:
            starts.append(length)
    return "".join(text), tuple(starts)


def _mirrored(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with those that run from right to left mirrored, so that all begin at the left."""
    return [replace(line, left=-line.right, right=-line.left) if line.leftward else line for line in lines]


class _Shape:
    """The lines of one page with what is usual on it."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        gaps: dict[int, list[float]] = {}
        for above, below in pairwise(lines):
            gap = above.baseline - below.baseline
            if (
                below.height > 0
                and round(above.height) == round(below.height)
                and 0.5 < gap / below.height < 3
            ):
                gaps.setdefault(round(below.height), []).append(gap)
        self._pitches = {
            height: median(found) if len(found) > 2 else min(found)
            for height, found in gaps.items()
            if len(found) > 1
        }

    def parts(self, index: int, starting: bool) -> bool:
        """Tell whether a paragraph begins at a line; ``starting`` if the line before began one."""
        above, line = self._lines[index - 1], self._lines[index]
        if not line.height or not above.height:
            return True
        if above.leftward != line.leftward and not above.broken:
            return True
        gap = above.baseline - line.baseline
        if abs(gap) < 0.35 * line.height:
            return False
        if gap < 0 or gap > 12 * line.height:
            return not _goes_on(above, line)
        if above.broken or above.text.endswith("-"):
            return False
        if gap > 1.3 * self._pitch(above, line):
            return True
        if abs(above.height - line.height) > 0.15 * max(above.height, line.height):
            return True
        return self._author_broke(above, line, starting)

    def _pitch(self, above: Line, line: Line) -> float:
        """Return the usual distance of lines of this size; single spacing where there are few."""
        height = min(above.height, line.height)
        return self._pitches.get(round(line.height)) or (1.6 if line.leftward else 1.35) * height

    def _author_broke(self, above: Line, line: Line, starting: bool) -> bool:
        marked = bool(_MARKER.match(above.text))
        if _MARKER.match(line.text) and (
            marked or _SENTENCE_END.search(above.text) or line.left <= above.left
        ):
            return True
        step = line.left - above.left
        if step > 0.8 * line.height and not (starting and marked):
            return not (starting and marked)
        if step < -0.8 * line.height and not starting:
            return True
        return self._first_word_would_fit(above, line)

    def _first_word_would_fit(self, above: Line, line: Line) -> bool:
        """A line that left room for the next word was ended on purpose."""
        edge = max(other.right for other in self._lines if other.height and other.leftward == above.leftward
                   and abs(other.left - above.left) < 4 * above.height)  # fmt: skip
        per_character = (line.right - line.left) / max(1, len(line.text))
        word = 1 if is_unspaced(line.text[0]) else len(line.text.split(maxsplit=1)[0])
        room = edge - above.right
        return room > (1.5 * word + 1) * per_character + 0.5 * line.height and (
            bool(_SENTENCE_END.search(above.text)) or room > 0.3 * max(1.0, edge - above.left)
        )


def _goes_on(before: Line, after: Line) -> bool:
    """Tell whether a paragraph runs over the end of a page or column."""
    if before.broken:
        return True
    if not before.text or not after.text or _SENTENCE_END.search(before.text) or _MARKER.match(after.text):
        return False
    if (
        before.height
        and after.height
        and abs(before.height - after.height) > 0.15 * max(before.height, after.height)
    ):
        return False
    first = after.text[0]
    if first.isupper() or first.isdigit():
        return False
    return first.islower() or (first.isalpha() and len(after.text) > 20 and len(before.text) > 20)


def _joint(before: Line, after: Line, words: set[str], *, same_page: bool) -> tuple[str, int]:
    """Return what stands between two lines of a paragraph, and how much to cut from the first."""
    if same_page and before.height and abs(before.baseline - after.baseline) < 0.35 * after.height:
        return "\t", 0
    if before.broken or before.text.endswith("-"):
        last, first = re.search(r"(\w+)-$", before.text), re.match(r"\w+", after.text)
        if last and first:
            return "", int((last[1] + first[0]).casefold() in words)
    return _glue(before, after), 0


def _glue(before: Line, after: Line) -> str:
    return "" if is_unspaced(before.text[-1]) and is_unspaced(after.text[0]) else " "


def rejoined(text: str) -> list[str]:
    """Return the paragraphs of a text whose lines are the paper's and whose paragraphs blank lines part."""
    paragraphs = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        pieces = lines[:1]
        for above, below in pairwise(lines):
            hyphen = re.search(r"\w-$", above) and below[0].isalpha()
            pieces += ["" if hyphen else _glue(Line.bare(above), Line.bare(below)), below]
        paragraphs.append("".join(pieces))
    return [paragraph for paragraph in paragraphs if paragraph]


def _words(pages: Sequence[Sequence[Line]]) -> set[str]:
    """Return the words that stand unbroken somewhere, folded, where any line ends with a hyphen."""
    if not any(line.text.endswith("-") for lines in pages for line in lines):
        return set()
    found: set[str] = set()
    for lines in pages:
        for line in lines:
            whole = (
                line.text.rsplit(None, 1)[0] if line.text.endswith("-") and " " in line.text else line.text
            )
            found.update(_WORD.findall(whole.casefold()))
    return found
