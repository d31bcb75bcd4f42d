"""What one sender added to a shared text: preamble, inserted sentences, postscript, without the letter."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from colloquia.engines.duplicates.tokens import Tokens, tokenise

WORD_RUN = 3
CHARACTER_RUN = 4
ADDED_WORDS = 4
ADDED_CHARACTERS = 8
CHANCE_WORDS = 8
CHANCE_CHARACTERS = 14
EDGE = 8


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
    _drop_chance_runs(places, CHANCE_CHARACTERS if unspaced else CHANCE_WORDS, len(letter.folded))
    least = ADDED_CHARACTERS if unspaced else ADDED_WORDS
    spans = []
    for first, last in _gaps(places):
        before = places[first - 1] + 1 if first else 0
        after = places[last] if last < len(places) else len(letter.folded)
        low, high = _without_substitute(own, first, last, letter.folded[before:after])
        if high - low >= least or (high - low >= 2 and _is_sentence(own, low, high)):
            spans.append(_span(own.classes, own.spans[low][0], own.spans[high - 1][1]))
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


def _drop_chance_runs(places: list[int], longest: int, letter: int) -> None:
    """Unmark short runs far from any other: a stock phrase that the letter of that many tokens has too.

    A short run at an end of the text is kept if it is that end of the letter.
    """
    gaps = _gaps(places)
    if not gaps:
        return
    if gaps[0][0] and places[0] > gaps[0][0]:
        _unmark(places, 0, gaps[0][0], longest, gaps[0][1] - gaps[0][0])
    if gaps[-1][1] < len(places) and letter - places[-1] > len(places) - gaps[-1][1]:
        _unmark(places, gaps[-1][1], len(places), longest, gaps[-1][1] - gaps[-1][0])
    for (first, left), (right, last) in pairwise(gaps):
        # At either end of the text a gap may be short and still begin the sender's own words.
        before = left - first if first else last - right
        after = last - right if last < len(places) else left - first
        _unmark(places, left, right, longest, min(before, after))


def _unmark(places: list[int], left: int, right: int, longest: int, distance: int) -> None:
    if right - left < longest and right - left <= distance:
        places[left:right] = [-1] * (right - left)


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


def _without_substitute(own: Tokens, first: int, last: int, missing: Sequence[str]) -> tuple[int, int]:
    """Take from a gap the words that stand for the ``missing`` words of the letter.

    Before and after the letter these are the words of its own first and last sentence; in the middle
    a gap no longer than twice what is missing is a change, unless it is a sentence in
    other words.
    """
    if first == 0 and last == len(own.folded):
        return first, last
    if first == 0:
        tail = last
        while tail > first and last - tail < min(len(missing), EDGE) and not own.ends_sentence(tail):
            tail -= 1
        return first, tail
    if last == len(own.folded):
        head = first
        while head < last and head - first < min(len(missing), EDGE) and not own.ends_sentence(head):
            head += 1
        return head, last
    if len(missing) * 2 < last - first:
        return first, last
    known = set(missing)
    kept = sum(token in known for token in own.folded[first:last])
    if _is_sentence(own, first, last) and kept * 2 < last - first:
        return first, last
    return first, first


def _is_sentence(own: Tokens, first: int, last: int) -> bool:
    """Whether the tokens begin and end with a sentence or line."""
    return own.ends_sentence(first) and own.ends_sentence(last)


def _span(classes: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span by the punctuation that belongs to it: what touches it, up to a blank."""
    while start and classes[start - 1] == "." and (start == 1 or classes[start - 2] in " e"):
        start -= 1
    while end < len(classes) and classes[end] in "e." and classes[end - 1] != " ":
        end += 1
    return start, end
