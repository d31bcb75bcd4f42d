"""The passages that an earlier run and its officers spoke of, found again in this run."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from zlib import crc32

from colloquia.engines.prior import Prior, ReviewedPassage, text_digest
from colloquia.engines.records import Passage
from colloquia.engines.results import LostCorrection

ALIKE = 0.9
"""Least share of equal characters at which a passage is the reviewed one with small changes."""
INSIDE = 0.95
"""Least part of the shorter text that stands in the longer one."""
_LONG = 40
_PHRASE = 8
_CANDIDATES = 20
# Shorter runs are equal in any two texts of a language.
_BLOCK = 4


@dataclass(slots=True)
class Carrying:
    """What holds in this run, by row of a passage.

    ``reviewed`` are the officers' words by row, ``elsewhere`` those whose passage is gone, which teach
    by their texts alone. ``members`` gives by question id ("" for the docket) the earlier theme
    of a row; ``known`` are the rows that stood in the earlier run.
    """

    reviewed: dict[int, ReviewedPassage] = field(default_factory=dict)
    elsewhere: list[ReviewedPassage] = field(default_factory=list)
    members: dict[str, dict[int, str]] = field(default_factory=dict)
    known: set[int] = field(default_factory=set)
    lost: list[LostCorrection] = field(default_factory=list)
    moved: int = 0

    @property
    def not_opinion(self) -> frozenset[int]:
        """Rows that an officer took out of everything."""
        return frozenset(row for row, item in self.reviewed.items() if item.not_opinion)


def carry(prior: Prior, passages: Sequence[Passage]) -> Carrying:
    """Find again whom the earlier run placed and what was reviewed; what is not found says why."""
    found = Carrying()
    _find_members(prior, passages, found)
    finder = _Finder(passages)
    for item in prior.reviewed:
        row, reason = finder.find(item)
        if row is None:
            found.elsewhere.append(item)
            found.lost.append(LostCorrection(item.passage_id, reason))
            continue
        found.moved += passages[row].passage_id != item.passage_id
        found.reviewed[row] = item
    return found


def _find_members(prior: Prior, passages: Sequence[Passage], found: Carrying) -> None:
    """Earlier members by id where the text is the same, else by the text where all copies had one theme."""
    digests = [text_digest(passage.text) for passage in passages] if prior.digests else []
    row_of: dict[str, int] = {}
    for row, passage in enumerate(passages):
        if not digests or prior.digests.get(passage.passage_id) == digests[row]:
            row_of[passage.passage_id] = row
    by_text: dict[str, list[str]] = defaultdict(list)
    for name, digest in prior.digests.items():
        by_text[digest].append(name)
    at_home = set(row_of.values())
    moved = [row for row, digest in enumerate(digests) if digest in by_text and row not in at_home]
    if digests:
        found.known = at_home.union(moved)
    for question, themes in prior.assignments.items():
        own = {row_of[name]: theme for name, theme in themes.items() if name in row_of}
        for row in moved:
            if theme := _unanimous(by_text[digests[row]], themes):
                own[row] = theme
        found.members[question] = own
        found.known.update(own)


def _unanimous(names: Sequence[str], themes: Mapping[str, str]) -> str:
    held = {themes.get(name, "") for name in names}
    return held.pop() if len(held) == 1 else ""


class _Finder:
    """Finds a reviewed passage: at its place, by its text, or nearly by its text."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.by_document: dict[str, list[int]] = defaultdict(list)
        self.by_submission: dict[str, list[int]] = defaultdict(list)
        self.by_text: dict[str, list[int]] = defaultdict(list)
        self.by_phrase: dict[str, list[int]] | None = None
        for row, passage in enumerate(passages):
            self.by_document[passage.document_id].append(row)
            self.by_submission[passage.submission_id].append(row)
            self.by_text[folded(passage.text)].append(row)

    def find(self, item: ReviewedPassage) -> tuple[int | None, str]:
        """The row, or None and the reason."""
        text = folded(item.text)
        for row in self.by_document.get(item.document_id, ()):
            passage = self.passages[row]
            if (passage.start, passage.end) == (item.start, item.end) and folded(passage.text) == text:
                return row, ""
        own = self.by_submission.get(item.submission_id, [])
        same = [row for row in own if folded(self.passages[row].text) == text]
        if same:
            return min(same, key=lambda row: (abs(self.passages[row].start - item.start), row)), ""
        if near := self._near(own, text):
            return near[0], ""
        # Numbers of submissions move where others were withdrawn; a longer text that stands once is the same.
        elsewhere = self._elsewhere(text) if len(text) >= _LONG else []
        if len(elsewhere) == 1:
            return elsewhere[0], ""
        if elsewhere:
            return None, "its text now stands in several submissions, and in its own no longer"
        return None, "its text is in no passage any more" if own else "its submission is no longer there"

    def _near(self, rows: Iterable[int], text: str) -> list[int]:
        """Rows whose text is nearly the same, the nearest first."""
        found = [(-share, row) for row in rows if (share := alike(folded(self.passages[row].text), text))]
        return [row for _, row in sorted(found)]

    def _elsewhere(self, text: str) -> list[int]:
        """Rows of the whole docket with the text, or nearly the text where none has it."""
        if same := self.by_text.get(text):
            return same
        if self.by_phrase is None:
            self.by_phrase = defaultdict(list)
            for row, passage in enumerate(self.passages):
                for phrase in _phrases(folded(passage.text)):
                    self.by_phrase[phrase].append(row)
        shared = Counter(row for phrase in _phrases(text) for row in self.by_phrase.get(phrase, ()))
        return self._near(sorted(row for row, count in shared.most_common(_CANDIDATES) if count > 1), text)


def folded(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def _phrases(text: str) -> set[str]:
    """An eighth of the runs of eight characters, drawn by their hashes, so that a shift changes none."""
    return {
        part
        for start in range(max(len(text) - _PHRASE + 1, 0))
        if crc32((part := text[start : start + _PHRASE]).encode("utf-8", "replace")) % 8 == 0
    }


def alike(one: str, other: str) -> float:
    """Share of equal characters of two texts, 0.0 where neither is the other with small changes.

    That is where nine tenths of both are the same, or where nearly all of one stands in the other,
    which is at most twice as long: a greeting before it or an end that was dropped.
    """
    shorter, longer = sorted((len(one), len(other)))
    if not shorter or 2 * shorter < longer:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    bound = matcher.quick_ratio() * (shorter + longer) / 2
    if bound < INSIDE * shorter and 2 * bound < ALIKE * (shorter + longer):
        return 0.0
    equal = sum(block.size for block in matcher.get_matching_blocks() if block.size >= _BLOCK)
    if 2 * equal >= ALIKE * (shorter + longer) or equal >= INSIDE * shorter:
        return 2 * equal / (shorter + longer)
    return 0.0
