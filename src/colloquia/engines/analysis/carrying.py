"""The passages that an earlier run and its officers spoke of, found again in this run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from colloquia.engines.prior import Prior, ReviewedPassage, text_digest
from colloquia.engines.records import Passage
from colloquia.engines.results import LostCorrection

ALIKE = 0.9
"""Least ratio of equal characters at which a passage is the reviewed one with small changes."""
_LONG = 40


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
        for row, passage in enumerate(passages):
            self.by_document[passage.document_id].append(row)
            self.by_submission[passage.submission_id].append(row)
            self.by_text[_folded(passage.text)].append(row)

    def find(self, item: ReviewedPassage) -> tuple[int | None, str]:
        """The row, or None and the reason."""
        text = _folded(item.text)
        for row in self.by_document.get(item.document_id, ()):
            passage = self.passages[row]
            if (passage.start, passage.end) == (item.start, item.end) and _folded(passage.text) == text:
                return row, ""
        own = self.by_submission.get(item.submission_id, [])
        same = [row for row in own if _folded(self.passages[row].text) == text]
        if same:
            return min(same, key=lambda row: (abs(self.passages[row].start - item.start), row)), ""
        near = [(ratio, -row) for row in own if (ratio := _alike(_folded(self.passages[row].text), text))]
        if near:
            return -max(near)[1], ""
        # Numbers of submissions move where others were withdrawn; a longer text that stands once is the same.
        anywhere = self.by_text.get(text, [])
        if len(anywhere) == 1 and len(text) >= _LONG:
            return anywhere[0], ""
        if anywhere and len(text) >= _LONG:
            return None, "its text now stands in several submissions, and in its own no longer"
        return None, "its text is in no passage any more" if own else "its submission is no longer there"


def _folded(text: str) -> str:
    return " ".join(text.split())


def _alike(one: str, other: str) -> float:
    """Ratio of equal characters, 0.0 where it is under ``ALIKE``."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= ALIKE else 0.0
