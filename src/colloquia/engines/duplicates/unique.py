"""What one sender added to a shared text: preamble, inserted sentences, postscript, without the letter."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from colloquia.engines.duplicates.tokens import Tokens, tokenise

WORD_RUN = 3
CHARACTER_RUN = 4
ADDED_WORDS = 4
ADDED_CHARACTERS = 8
WINDOW = 16
DENSITY = 0.4


def unique_text(text: str, shared: str) -> str:
    """Return the parts of ``text`` that ``shared`` lacks, each an exact substring, joined by line breaks."""
    return "\n".join(text[start:end] for start, end in unique_spans(text, shared))


def unique_spans(text: str, shared: str) -> list[tuple[int, int]]:
    """Return where ``text`` says something of its own, as ascending (start, end) in code points.

    Words exchanged inside the letter, and insertions of fewer than four words (eight
    characters where the script has no spaces) that are not a sentence of their own, are not
    added text. Sentences in another order are still the letter. Near-linear.
    """
    own, letter = tokenise(text), tokenise(shared)
    if not own.spans:
        return []
    unspaced = own.unspaced
    places = _places(own.folded, letter.folded, CHARACTER_RUN if unspaced else WORD_RUN)
    _drop_chance_runs(places, WINDOW * 2 if unspaced else WINDOW)
    least = ADDED_CHARACTERS if unspaced else ADDED_WORDS
    spans = []
    for gap_first, gap_last in _gaps(places):
        before = places[gap_first - 1] + 1 if gap_first else 0
        after = places[gap_last] if gap_last < len(places) else len(letter.folded)
        missing = max(after - before, 0)
        first, last = _without_substitute(gap_first, gap_last, missing, len(places))
        if last - first >= least or (last > first and _is_sentence(own, first, last)):
            spans.append(_span(own.classes, own.spans[first][0], own.spans[last - 1][1]))
    return spans


def _places(own: Sequence[str], letter: Sequence[str], run: int) -> list[int]:
    """For every token the place in the letter it corresponds to, -1 for none.

    A token corresponds if it lies in a run of ``run`` tokens that the letter has too;
    of several places the next one in reading order is taken.
    """
    run = max(1, min(run, len(own), len(letter)))
    known: dict[tuple[str, ...], list[int]] = {}
    for index in range(len(letter) - run + 1):
        known.setdefault(tuple(letter[index : index + run]), []).append(index)
    places = [-1] * len(own)
    expected = 0
    for index in range(len(own) - run + 1):
        found = known.get(tuple(own[index : index + run]))
        if found is None:
            continue
        choice = bisect_left(found, expected)
        place = found[choice] if choice < len(found) else found[0]
        for offset in range(run):
            if places[index + offset] < 0:
                places[index + offset] = place + offset
        expected = place + 1
    return places


def _drop_chance_runs(places: list[int], window: int) -> None:
    """Unmark tokens that share only a stock phrase with the letter: too few others near them correspond."""
    total = [0]
    for place in places:
        total.append(total[-1] + (place >= 0))
    half = window // 2
    lonely = []
    for index, place in enumerate(places):
        if place >= 0:
            low, high = max(0, index - half), min(len(places), index + half + 1)
            # Either side may be dense: a letter begins and ends somewhere.
            left = (total[index + 1] - total[low]) / (index + 1 - low)
            right = (total[high] - total[index]) / (high - index)
            if (
                max(
                    left if index + 1 - low > half // 2 else 0,
                    right if high - index > half // 2 else 0,
                    (total[high] - total[low]) / (high - low),
                )
                < DENSITY
            ):
                lonely.append(index)
    for index in lonely:
        places[index] = -1


def _gaps(places: Sequence[int]) -> list[tuple[int, int]]:
    """Runs of tokens without a place in the letter, as (first, last + 1)."""
    gaps = []
    first = -1
    for index, place in enumerate([*places, 0]):
        if place < 0 <= index and first < 0:
            first = index
        elif place >= 0 and first >= 0:
            gaps.append((first, index))
            first = -1
    return gaps


def _without_substitute(first: int, last: int, missing: int, total: int) -> tuple[int, int]:
    """Take from a gap the words that stand for ``missing`` words of the letter.

    Words next to the letter are its changed beginning or end; in the middle a gap of
    about the size of what is missing is a change, a larger one an insertion.
    """
    size = last - first
    if first == 0 and last == total:
        return first, last
    if missing * 2 >= size:
        return first, first
    if first == 0:
        return first, last - missing
    if last == total:
        return first + missing, last
    return first, last


def _is_sentence(own: Tokens, first: int, last: int) -> bool:
    """Whether the tokens are a sentence or line of their own, of at least two words."""
    if last - first < 2:
        return False
    before = own.classes[own.spans[first - 1][1] : own.spans[first][0]] if first else "e"
    after = own.classes[own.spans[last - 1][1] : own.spans[last][0]] if last < len(own.spans) else "e"
    return "e" in before and "e" in after


def _span(classes: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span by the punctuation that belongs to it: what touches it, up to a blank."""
    while start and classes[start - 1] == "." and (start == 1 or classes[start - 2] in " e"):
        start -= 1
    while end < len(classes) and classes[end] in "e." and classes[end - 1] != " ":
        end += 1
    return start, end
