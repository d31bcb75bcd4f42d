"""An officer made of gold labels: merges and names the themes of a run, and moves passages to their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.prior import Prior, PriorTheme, ReviewedPassage, text_digest
from colloquia.engines.results import Analysis

Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Gold:
    """Labels of the passages of a run: all of them, and the one that an officer would choose.

    A text may bear several labels, a passage one theme of a question: the officer chooses the rarest label of
    its text, the most specific one, and no general one where there is another. -1 where it bears none.
    """

    names: list[str]
    all: list[frozenset[int]]
    chosen: Labels

    def right(self, labels: Labels) -> NDArray[np.bool_]:
        """Whether each passage is in a theme that its text bears, or in none where it bears none."""
        return np.array(
            [label in own if own else label < 0 for label, own in zip(labels.tolist(), self.all, strict=True)]
        )

    def f1(self, labels: Labels) -> NDArray[np.float64]:
        """F1 of each passage's one theme against all labels of its text; one where both are empty."""
        return np.array(
            [
                2 * (label in own) / (len(own) + 1) if label >= 0 else float(not own)
                for label, own in zip(labels.tolist(), self.all, strict=True)
            ]
        )


def gold_of(
    analysis: Analysis, names: Sequence[str], labels: Sequence[frozenset[int]], general: frozenset[str]
) -> Gold:
    """The labels of the passages of ``analysis``, whose submission number n has ``labels[n]``."""
    number = {item.submission_id: place for place, item in enumerate(analysis.submissions)}
    own = [labels[number[passage.submission_id]] for passage in analysis.passages]
    often = Counter(label for text in labels for label in text)
    chosen = []
    for text in own:
        specific = [label for label in text if names[label] not in general] or list(text)
        chosen.append(min(specific, key=lambda label: (often[label], label), default=-1))
    return Gold(list(names), own, np.array(chosen))


@dataclass(frozen=True)
class Desk:
    """A run after merging and naming: the theme id of each gold label, and the label of each passage's theme.

    -1 where a passage is in no theme.
    """

    analysis: Analysis
    gold: Gold
    ids: dict[int, str]
    labels: Labels

    def labels_in(self, analysis: Analysis) -> Labels:
        """The gold label of each passage's theme in a run that went on, -2 in a theme that is new there."""
        back = {name: label for label, name in self.ids.items()}
        placed = {item.passage_id: item.theme_id for item in analysis.passage_themes}
        return np.array(
            [
                back.get(placed[item.passage_id], -2) if item.passage_id in placed else -1
                for item in analysis.passages
            ]
        )


def merged(analysis: Analysis, gold: Gold) -> Desk:
    """Every theme gets the label that most of its passages should have; those of one label are merged.

    The largest keeps its id. Labels that no theme stands for get one of the officer's own.
    """
    row = {item.passage_id: place for place, item in enumerate(analysis.passages)}
    members: dict[str, list[int]] = {}
    for item in analysis.passage_themes:
        members.setdefault(item.theme_id, []).append(row[item.passage_id])
    ids: dict[int, str] = {}
    labels = np.full(len(analysis.passages), -1)
    for name in sorted(members, key=lambda name: (-len(members[name]), name)):
        counted = Counter(label for label in gold.chosen[members[name]].tolist() if label >= 0)
        if counted:
            label = max(sorted(counted), key=lambda label: counted[label])
            ids.setdefault(label, name)
            labels[members[name]] = label
    for label in range(len(gold.names)):
        ids.setdefault(label, f"T{1000 + label}")
    return Desk(analysis, gold, ids, labels)


def draw(desk: Desk, *, wrong: bool, count: int, number: int) -> Labels:
    """Rows of the passages that are corrected: by hash, of those that stand wrong or of all."""
    rows = np.flatnonzero(~desk.gold.right(desk.labels)) if wrong else np.arange(len(desk.labels))
    keys = [f"{number} {row} {desk.analysis.passages[row].text}" for row in rows.tolist()]
    order = np.argsort([sha256(key.encode()).hexdigest() for key in keys], kind="stable")
    return np.sort(rows[order[:count]])


def left(desk: Desk, corrected: Sequence[int]) -> Prior:
    """What the officer leaves to the next run: merged and named themes, and the corrected passages."""
    terms = {theme.theme_id: theme.terms for theme in desk.analysis.themes}
    themes = tuple(
        PriorTheme(name, None, None, desk.gold.names[label], terms.get(name, ()), by_officer=True)
        for label, name in sorted(desk.ids.items())
    )
    moved = {row: desk.ids.get(int(desk.gold.chosen[row]), "") for row in corrected}
    placed = {
        passage.passage_id: theme
        for row, passage in enumerate(desk.analysis.passages)
        if (theme := moved.get(row, desk.ids.get(int(desk.labels[row]), "")))
    }
    reviewed = tuple(
        ReviewedPassage(
            passage.passage_id,
            passage.submission_id,
            passage.document_id,
            passage.start,
            passage.end,
            passage.text,
            passage.language,
            themes={"": theme},
        )
        for row, theme in moved.items()
        for passage in (desk.analysis.passages[row],)
    )
    return Prior(
        "first",
        themes,
        reviewed,
        {"": placed},
        frozenset(terms),
        {item.passage_id: text_digest(item.text) for item in desk.analysis.passages},
    )
