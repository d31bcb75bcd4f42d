"""Running heads, running feet and page numbers, which are no part of what the text says."""

from __future__ import annotations

import re
from collections import Counter

from colloquia.engines.documents.layout import Line

_ZONE = 0.12
_OUTERMOST = 4
_NUMBER = re.compile(r"\d+")
_WORDS_OF_A_PAGE_NUMBER = 14


def without_margins(pages: list[list[Line]]) -> list[list[Line]]:
    """Return the pages without lines that most of them repeat in the margin.

    A head or foot stays where it stands first; page numbers go, as ``page_starts`` holds
    them. A line counts as repeated if it stands in the outer eighth of at least three
    pages and two in five, digits apart, or of every page with a number that counts up.
    """
    found: dict[str, list[tuple[int, int, list[int]]]] = {}
    for number, lines in enumerate(pages):
        for index in _margin_lines(lines):
            text = lines[index].text
            found.setdefault(_key(text), []).append(
                (number, index, [int(digits) for digits in _NUMBER.findall(text)][:4])
            )
    dropped: set[tuple[int, int]] = set()
    filled = sum(bool(lines) for lines in pages)
    for key, places in found.items():
        on_pages = Counter(number for number, _, _ in places)
        counting = _counts_up(places)
        if len(on_pages) < max(3, 0.4 * filled) and not (counting and len(on_pages) == filled > 1):
            continue
        letters = sum(character.isalpha() for character in key)
        is_number = "#" in key and letters <= _WORDS_OF_A_PAGE_NUMBER and (counting or letters == 0)
        for place, (number, index, _) in enumerate(places):
            if place or is_number:
                dropped.add((number, index))
    return [
        [line for index, line in enumerate(lines) if (number, index) not in dropped]
        for number, lines in enumerate(pages)
    ]


def _margin_lines(lines: list[Line]) -> list[int]:
    """Return the indexes of the outermost lines that stand in the head or foot zone."""
    placed = [index for index, line in enumerate(lines) if line.height > 0]
    placed.sort(key=lambda index: -lines[index].baseline)
    outer = placed[:_OUTERMOST] + placed[-_OUTERMOST:]
    return [
        index
        for index in sorted(set(outer))
        if not _ZONE < lines[index].baseline / max(1.0, lines[index].page_height) < 1 - _ZONE
    ]


def _key(text: str) -> str:
    return _NUMBER.sub("#", " ".join(text.casefold().split()))


def _counts_up(places: list[tuple[int, int, list[int]]]) -> bool:
    """Tell whether one of the numbers in the line rises with the page."""
    lengths = {len(numbers) for _, _, numbers in places}
    if len(places) < 2 or len(lengths) != 1:
        return False
    return any(
        len({numbers[column] - page for page, _, numbers in places}) == 1 for column in range(min(lengths))
    )
