"""Which passages were coded otherwise while a project was away."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from colloquia.engines.exchange import Problem
from colloquia.engines.refi.matching import folded, match
from colloquia.engines.refi.records import Coding, Project, Source

Span = tuple[int, int]
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True, order=True)
class PassageCoding:
    """A code on one of our passages: GUID of our source, its span there, GUID of the code.

    ``exact`` tells whether the program had selected that passage and nothing else. A code that is
    ours has our GUID, a new one theirs.
    """

    source: str
    start: int
    end: int
    code: str
    exact: bool = True


@dataclass(frozen=True, slots=True)
class UnmatchedCoding:
    """A coding of theirs that no passage stands for; ``problem`` says why and what to do."""

    coding: Coding
    problem: Problem


@dataclass(frozen=True, slots=True)
class CodingChanges:
    """Codings by passage that are new or gone, in the order of our sources, and what was not understood."""

    added: tuple[PassageCoding, ...] = ()
    removed: tuple[PassageCoding, ...] = ()
    unmatched: tuple[UnmatchedCoding, ...] = ()
    problems: tuple[Problem, ...] = ()


def coding_difference(
    ours: Project, theirs: Project, *, passages: Mapping[str, Sequence[Span]] | None = None
) -> CodingChanges:
    """What ``theirs`` coded otherwise than ``ours``.

    ``passages`` are the spans of all passages by the GUID of our source, without overlaps; where none
    are given, the spans of our codings. A selection that is not a passage stands for every passage with
    which it shares at least half of the shorter of the two; one that shares less with all is
    ``unmatched``. Who coded is not compared. A source that did not come back changes nothing.
    """
    return _Comparison(ours, theirs, passages).changes()


class _Comparison:
    def __init__(self, ours: Project, theirs: Project, passages: Mapping[str, Sequence[Span]] | None) -> None:
        self._ours, self._theirs = ours, theirs
        self._problems: list[Problem] = []
        self._code_of = match(ours.codebook.codes, theirs.codebook.codes).ours_of
        self._source_of = self._sources()
        spans: dict[str, set[Span]] = {}
        if passages is None:
            for coding in ours.codings:
                spans.setdefault(coding.source, set()).add((coding.start, coding.end))
        self._spans = {
            source: sorted(found) for source, found in (spans if passages is None else passages).items()
        }

    def changes(self) -> CodingChanges:
        back = set(self._source_of.values())
        order = {source.guid: place for place, source in enumerate(self._ours.sources)}
        before = {
            (coding.source, coding.start, coding.end, coding.code)
            for coding in self._ours.codings
            if coding.source in back
        }
        after: dict[tuple[str, int, int, str], bool] = {}
        unmatched = []
        texts = {source.guid: source.text for source in self._ours.sources}
        their_texts = {source.guid: source.text for source in self._theirs.sources}
        for coding in self._theirs.codings:
            source = self._source_of.get(coding.source)
            if source is None:
                unmatched.append(_unmatched(coding, "source", "its text is none of ours; read it there."))
                continue
            span = _moved(coding, their_texts[coding.source], texts[source])
            if span is None:
                unmatched.append(
                    _unmatched(
                        coding, "text", "its words are not in our text, which was edited; code it here."
                    )
                )
                continue
            found = list(_overlapped(self._spans.get(source, ()), span))
            if not found:
                unmatched.append(
                    _unmatched(coding, "passage", "it covers less than half of any passage; code it here.")
                )
            code = self._code_of.get(coding.code, coding.code)
            for passage in found:
                key = (source, *passage, code)
                after[key] = after.get(key, False) or passage == span
        return CodingChanges(
            tuple(
                PassageCoding(*key, exact)
                for key, exact in sorted(after.items(), key=lambda item: (order[item[0][0]], item[0]))
                if key not in before
            ),
            tuple(
                PassageCoding(*key)
                for key in sorted(before - after.keys(), key=lambda key: (order[key[0]], key))
            ),
            tuple(unmatched),
            tuple(self._problems),
        )

    def _sources(self) -> dict[str, str]:
        """GUIDs of our sources by theirs: by GUID, else by a name and a text that only one has."""
        ours = {source.guid for source in self._ours.sources}
        found = {source.guid: source.guid for source in self._theirs.sources if source.guid in ours}
        for key in (_name_and_text, _text):
            taken = set(found.values())
            left = _unique([one for one in self._ours.sources if one.guid not in taken], key)
            theirs = _unique([one for one in self._theirs.sources if one.guid not in found], key)
            found.update((theirs[value].guid, left[value].guid) for value in theirs.keys() & left.keys())
        back = set(found.values())
        for source in self._ours.sources:
            if source.guid not in back:
                self._problems.append(
                    Problem(
                        "source-missing",
                        source.name,
                        f"The text “{source.name}” did not come back; its codings stay as they are here.",
                    )
                )
        return found


def _name_and_text(source: Source) -> _Key:
    return folded(source.name), source.text.strip()


def _text(source: Source) -> _Key:
    return "", source.text.strip()


def _unique(sources: list[Source], key: Callable[[Source], _Key]) -> dict[_Key, Source]:
    groups: dict[_Key, list[Source]] = {}
    for source in sources:
        groups.setdefault(key(source), []).append(source)
    return {value: found[0] for value, found in groups.items() if len(found) == 1}


def _moved(coding: Coding, theirs: str, ours: str) -> Span | None:
    """The span in our text; where theirs was edited, that of the same words if they stand there once."""
    if theirs == ours or (ours.startswith(theirs.rstrip()) and coding.end <= len(ours)):
        return coding.start, coding.end
    words = theirs[coding.start : coding.end].strip()
    place = ours.find(words)
    if not words or place < 0 or ours.find(words, place + 1) >= 0:
        return None
    return place, place + len(words)


def _overlapped(spans: Sequence[Span], selected: Span) -> Iterator[Span]:
    """Spans, sorted and apart, that share half of the shorter with what was selected."""
    start, end = selected
    first = max(0, bisect_right(spans, (start, start)) - 1)
    for place in range(first, bisect_left(spans, (end, end))):
        left, right = spans[place]
        shared = min(end, right) - max(start, left)
        if shared > 0 and 2 * shared >= min(end - start, right - left):
            yield left, right


def _unmatched(coding: Coding, kind: str, reason: str) -> UnmatchedCoding:
    where = f"characters {coding.start:,} to {coding.end:,}"
    return UnmatchedCoding(
        coding, Problem(f"no-{kind}", where, f"A coding of {where} was not taken: {reason}")
    )
