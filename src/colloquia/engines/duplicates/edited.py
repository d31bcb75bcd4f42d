"""Form letters with changed words, added text, typing errors: groups built around the letter they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.duplicates.candidates import Pairs, anchor_pairs, band_pairs
from colloquia.engines.duplicates.cores import Core, Limits, members_of, read_core
from colloquia.engines.duplicates.exact import same_texts
from colloquia.engines.duplicates.folding import fold
from colloquia.engines.duplicates.shingles import Shingles, shingle

SIMILARITY = 0.5


def edited_groups(texts: Sequence[str], *, similarity: float = SIMILARITY, seed: int = 0) -> list[list[int]]:
    """Return groups of texts that carry one letter, as ascending indices sorted by first member.

    ``similarity`` (0 to 1) is the part of the letter's n-grams a text must hold. Every
    group has at least two different texts; identical texts come with one another. A text that
    carries two letters is in two groups. The result does not depend on the order of
    the texts, nor on threads; ``seed`` chooses the MinHash permutations.
    """
    if not 0.0 < similarity <= 1.0:
        raise ValueError("similarity must be above 0 and at most 1")
    copies = same_texts([fold(text) for text in texts])
    # Shorter first: of several copies, the barest becomes the centre of a star.
    distinct = sorted(copies, key=lambda text: (len(text), text))
    found = letters(distinct, replace(Limits(), contained=similarity), seed)
    groups = [sorted(index for text in group for index in copies[distinct[text]]) for group in found]
    return sorted(groups)


def letters(folded: Sequence[str], limits: Limits, seed: int) -> list[list[int]]:
    """Groups of distinct folded texts, given from the shortest to the longest."""
    shingles = shingle(folded)
    eligible = shingles.lengths * shingles.scale >= limits.minimum / 2
    board = _Board(shingles, limits)
    board.play(anchor_pairs(shingles, eligible))
    board.play(board.open_pairs(band_pairs(shingles, eligible, seed=seed)))
    return [sorted(group) for group in board.groups if len(group) > 1]


class _Board:
    """Groups as they grow, star by star; each text is tested once against each core it meets."""

    def __init__(self, shingles: Shingles, limits: Limits) -> None:
        self.shingles = shingles
        self.limits = limits
        self.cores: list[Core] = []
        self.groups: list[set[int]] = []
        self.tested: list[set[int]] = []
        self.groups_of: dict[int, list[int]] = {}

    def open_pairs(self, pairs: Pairs) -> Pairs:
        """Drop the pairs whose two texts already share a group."""
        centres, others, weight = pairs
        first = np.full(self.shingles.scale.size, -1)
        for text, groups in self.groups_of.items():
            first[text] = groups[0]
        kept = (first[centres] < 0) | (first[centres] != first[others])
        return centres[kept], others[kept], weight[kept]

    def play(self, pairs: Pairs) -> None:
        """Turn every star into members of a group, the heaviest stars first."""
        for centre, others in _stars(pairs):
            self._join(centre, others)

    def _join(self, centre: int, others: list[int]) -> None:
        if centre not in self.groups_of:
            near = Counter(group for other in others for group in self.groups_of.get(other, ()))
            for group, _ in near.most_common(3):
                self._test(group, [centre])
        if centre in self.groups_of:
            for group in list(self.groups_of[centre]):
                self._test(group, others)
            return
        core = read_core(self.shingles, centre, others, self.limits)
        if core is None:
            return
        passed = members_of(self.shingles, core, others, self.limits)
        members = [other for other, inside in zip(others, passed.tolist(), strict=True) if inside]
        fresh = [member for member in members if member not in self.groups_of]
        if len(fresh) * 2 < len(members) or not members:
            return
        self.cores.append(core)
        self.groups.append(set())
        self.tested.append({centre, *others})
        for member in (centre, *members):
            self._add(len(self.groups) - 1, member)

    def _test(self, group: int, texts: Sequence[int]) -> None:
        """Add to a group those of the texts that contain its letter."""
        waiting = [text for text in texts if text not in self.tested[group]]
        if not waiting:
            return
        self.tested[group].update(waiting)
        passed = members_of(self.shingles, self.cores[group], waiting, self.limits)
        for text, inside in zip(waiting, passed.tolist(), strict=True):
            if inside:
                self._add(group, text)

    def _add(self, group: int, text: int) -> None:
        self.groups[group].add(text)
        self.groups_of.setdefault(text, []).append(group)


def _stars(pairs: Pairs) -> list[tuple[int, list[int]]]:
    """Centres with their texts, closest text first; the star with the most in common first."""
    centres, others, weight = pairs
    order = np.lexsort((others, -weight, centres))
    centres, others, weight = centres[order], others[order], weight[order]
    starts: NDArray[np.int64] = np.flatnonzero(np.diff(centres, prepend=-1))
    ends = np.append(starts[1:], centres.size)
    if not starts.size:
        return []
    mass = np.add.reduceat(weight, starts)
    ranked = np.lexsort((centres[starts], -np.round(mass, 6)))
    return [
        (int(centres[starts[rank]]), others[starts[rank] : ends[rank]].tolist()) for rank in ranked.tolist()
    ]
