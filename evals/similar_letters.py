"""Reworded and translated letters among real messages: how many are found, and who is flagged wrongly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.duplicates.folding import fold
from colloquia.engines.duplicates.similar import SHORTEST, similar_groups
from colloquia.engines.passages.split import weight
from evals.dockets import Consultation, consultations, encode, message_vectors, own
from evals.rows import Row, absent, bootstrap

TASK = "similar letters"
RECALL, FLAGGED = 0.95, 0.01
SMALL, LARGE = 500, 10_000
SETS = ("held_out", "development")
_KINDS = {"mixed": (), "mixed, long": (), "Japanese": ("ja",), "German": ("de",), "English": ("en",)}
"""Languages of the others in a docket, none for all; ``long`` keeps those long enough to be judged."""


@dataclass
class Docket:
    """Messages with what they are: the letter's name, ``background``, or "" for everybody else."""

    texts: list[str]
    truth: list[str]

    @classmethod
    def of(
        cls, letters: Sequence[dict[str, Any]], background: Sequence[str], others: Sequence[str]
    ) -> Docket:
        """Letters first, then background, then others; a text that occurs twice is kept once."""
        labelled = [
            *((row["text"], row["letter"]) for row in letters),
            *((text, "background") for text in background),
            *((text, "") for text in others),
        ]
        kept: dict[str, tuple[str, str]] = {}
        for text, truth in labelled:
            kept.setdefault(fold(text), (text, truth))
        return cls([text for text, _ in kept.values()], [truth for _, truth in kept.values()])


@dataclass
class Tally:
    """What several dockets of one kind gave; ``found`` is keyed by the text of the letter."""

    found: dict[str, list[bool]] = field(default_factory=dict)
    others: list[NDArray[np.bool_]] = field(default_factory=list)
    background: list[NDArray[np.bool_]] = field(default_factory=list)
    together: list[tuple[int, int, int]] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    unfounded: int = 0
    """Groups in which no letter is."""

    def add(self, docket: Docket, groups: Sequence[Sequence[int]]) -> None:
        """Count one docket with the groups that were found in it."""
        owner = np.full(len(docket.texts), -1)
        for number, group in enumerate(groups):
            owner[list(group)] = number
        truth = np.array(docket.truth)
        self.unfounded += sum(
            all(docket.truth[index] in {"", "background"} for index in group) for group in groups
        )
        kinds = {"": self.others, "background": self.background}
        for kind, held in kinds.items():
            held.append(owner[truth == kind] >= 0)
        letters = [index for index, name in enumerate(docket.truth) if name not in kinds]
        for index in letters:
            self.found.setdefault(docket.texts[index], []).append(bool(owner[index] >= 0))
        same = mixed = joined = 0
        for one, other in combinations(letters, 2):
            alike = docket.truth[one] == docket.truth[other]
            grouped = owner[one] >= 0 and owner[one] == owner[other]
            same += alike
            joined += alike and grouped
            mixed += grouped and not alike
        self.together.append((same, joined, mixed))
        self.sizes.append(len(docket.texts))

    def rows(self, data: str, seed: int) -> list[Row]:
        """Recall and the share of others flagged; of background too where there is some."""
        shares = np.array([np.mean(found) for found in self.found.values()])
        result = [
            Row(TASK, data, "recall", float(shares.mean()), *bootstrap(shares, seed=seed), target=RECALL)
        ]
        for measure, held in (("others flagged", self.others), ("background flagged", self.background)):
            flags = np.concatenate(held)
            if len(flags):
                note = f"{int(flags.sum())} of {len(flags)} in {len(held)} dockets"
                note += f", {self.unfounded} groups without any letter" if measure == "others flagged" else ""
                interval = bootstrap(flags, seed=seed, resamples=300)
                result.append(Row(TASK, data, measure, float(flags.mean()), *interval, FLAGGED, True, note))
        return result

    def purity(self, data: str, seed: int) -> list[Row]:
        """Whether each letter is one group and no group holds two letters."""
        counts = np.array(self.together, dtype=float)

        def whole(part: np.ndarray) -> float:
            return float(part[:, 1].sum() / max(part[:, 0].sum(), 1))

        def pure(part: np.ndarray) -> float:
            return float(part[:, 1].sum() / max(part[:, 1].sum() + part[:, 2].sum(), 1))

        return [
            Row(TASK, data, "pairs of a letter in one group", whole(counts), *bootstrap(counts, whole, seed)),
            Row(TASK, data, "grouped pairs of one letter", pure(counts), *bootstrap(counts, pure, seed)),
        ]


def rows(shared: Path, seed: int) -> list[Row]:
    """Dockets of 500 and about 10,000, of one subject and mixed, for both sets of letters."""
    pool = consultations(shared)
    result = []
    for part in SETS:
        letters, background = own("letters", part), [row["text"] for row in own("background", part)]
        if not pool:
            result.append(absent(TASK, f"{part}, {SMALL} and {LARGE}", "recall", RECALL))
            result.append(absent(TASK, f"{part}, {SMALL} and {LARGE}", "others flagged", FLAGGED, True))
            result.extend(_tally([(letters, background, [])], seed).rows(f"{part}, own data alone", seed))
            continue
        for kind in _KINDS:
            data = f"{part}, {SMALL} {kind}"
            tally = _tally([(letters, [], _others(pool, kind, SMALL, seed + n)) for n in range(5)], seed)
            result.extend(tally.rows(data, seed))
            result.extend(tally.purity(data, seed) if kind == "mixed" else [])
        drawn = [_others(pool, "mixed", SMALL, seed + n) for n in range(5)]
        result.extend(
            _tally([(letters, background, others) for others in drawn], seed).rows(
                f"{part}, {SMALL} mixed with background", seed
            )
        )
        alone = [
            (_few(letters, name, 12, seed + n), [], others)
            for n, others in enumerate(drawn)
            for name in sorted({row["letter"] for row in letters})
        ]
        result.extend(_tally(alone, seed).rows(f"{part}, {SMALL} mixed, 12 of one letter", seed))
        for kind, draws in (("mixed", 2), ("mixed, long", 1), ("Japanese", 1)):
            dockets = [(letters, [], _others(pool, kind, LARGE, seed + n)) for n in range(draws)]
            tally = _tally(dockets, seed)
            data = f"{part}, {tally.sizes[0]:,} {kind}"
            result.extend(tally.rows(data, seed))
            result.extend(tally.purity(data, seed) if kind == "mixed" else [])
    return result


def _tally(
    dockets: Sequence[tuple[Sequence[dict[str, Any]], Sequence[str], Sequence[str]]], seed: int
) -> Tally:
    tally = Tally()
    for number, (letters, background, others) in enumerate(dockets):
        docket = Docket.of(letters, background, others)
        groups = similar_groups(
            docket.texts, message_vectors(docket.texts), encode=encode, seed=seed + number
        )
        tally.add(docket, groups)
    return tally


def _others(pool: Sequence[Consultation], kind: str, size: int, seed: int) -> list[str]:
    """Messages drawn in equal parts from the consultations of a kind, a hundred fewer than ``size``."""
    random = np.random.default_rng(seed)
    least = SHORTEST if kind.endswith("long") else 0
    sources = [
        [text for text in source.texts if weight(text) >= least]
        for source in pool
        if not _KINDS[kind] or source.language in _KINDS[kind]
    ]
    waiting = [[texts[index] for index in random.permutation(len(texts))] for texts in sources]
    drawn: list[str] = []
    while len(drawn) < size - 96 and any(waiting):
        drawn.extend(texts.pop() for texts in waiting if texts)
    return drawn[: size - 96]


def _few(letters: Sequence[dict[str, Any]], name: str, count: int, seed: int) -> list[dict[str, Any]]:
    own_rows = [row for row in letters if row["letter"] == name]
    return [own_rows[index] for index in np.random.default_rng(seed).permutation(len(own_rows))[:count]]
