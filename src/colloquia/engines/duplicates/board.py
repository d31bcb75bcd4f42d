"""Groups as they grow, star by star, around the letter each was founded on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.duplicates.candidates import Pairs
from colloquia.engines.duplicates.cores import Core, holdings, read_core
from colloquia.engines.duplicates.limits import Demand, Limits, demand, possible
from colloquia.engines.duplicates.shingles import Shingles

REFINED_FROM = 5
REFINED_SHARE = 0.4
NEAR_GROUPS = 3
NEARLY_ALL = 0.8
MOST_OF_LETTER = 0.6


class Board:
    """Groups of texts by letter; each text is tested once against each letter it meets."""

    def __init__(self, shingles: Shingles, limits: Limits) -> None:
        self.shingles = shingles
        self.limits = limits
        self.cores: list[Core] = []
        self.demands: list[Demand] = []
        self.groups: list[dict[int, float]] = []
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
            if centre not in self.groups_of:
                near = Counter(group for other in others for group in self.groups_of.get(other, ()))
                for group, _ in near.most_common(NEAR_GROUPS):
                    self._test(group, [centre])
            if centre in self.groups_of:
                for group in list(self.groups_of[centre]):
                    self._test(group, others)
            else:
                self._found(centre, others)

    def _found(self, centre: int, others: list[int]) -> None:
        """Found a group on what the centre of a star shares with its texts, if that is a letter."""
        core = read_core(self.shingles, centre, others)
        if not possible(core, self.limits):
            return
        covered, share = holdings(self.shingles, core, others)
        wanted = demand(core, covered, share, self.shingles.scale.size, self.limits)
        if wanted is None:
            return
        inside = np.flatnonzero((covered >= wanted.covered) & (share >= wanted.share))
        if inside.size >= REFINED_FROM:
            # Many copies tell the letter better than the one in the centre.
            best = others[inside[np.argmax(covered[inside])]]
            witnesses = [centre, *(others[index] for index in inside)]
            refined = read_core(self.shingles, best, witnesses, hot_share=REFINED_SHARE)
            core = refined if refined.length >= core.length else core
        if inside.size:
            self.cores.append(core)
            self.demands.append(wanted)
            self.groups.append({})
            self.tested.append(set())
            self._test(len(self.groups) - 1, [centre, *others])

    def _test(self, group: int, texts: Sequence[int]) -> None:
        """Add to a group those of the texts that contain its letter."""
        waiting = [text for text in texts if text not in self.tested[group]]
        if not waiting:
            return
        self.tested[group].update(waiting)
        covered, share = holdings(self.shingles, self.cores[group], waiting)
        wanted = self.demands[group]
        for index in np.flatnonzero((covered >= wanted.covered) & (share >= wanted.share)):
            self.groups[group][waiting[index]] = float(share[index])
            self.groups_of.setdefault(waiting[index], []).append(group)

    def merged(self) -> list[list[int]]:
        """The groups, those around parts of one letter joined.

        A group is taken up by another with most of its texts if the one letter is most of the
        other, or if nearly all texts are the same. Of a group around a mere part of the
        larger letter only the texts come along that are little but this part: the others quote it.
        """
        common = Counter(pair for groups in self.groups_of.values() for pair in combinations(groups, 2))
        alive = [True] * len(self.groups)
        for first, second in sorted(common, key=lambda pair: (-common[pair], pair)):
            if not (alive[first] and alive[second]):
                continue
            part, whole = sorted((first, second), key=lambda group: self.cores[group].values.size)
            small, large = self.cores[part].values, self.cores[whole].values
            texts = len(self.groups[part].keys() & self.groups[whole].keys())
            shared = np.intersect1d(small, large, assume_unique=True).size
            twins = texts >= NEARLY_ALL * max(len(self.groups[part]), len(self.groups[whole]))
            if texts * 2 < len(self.groups[part]) or not (twins or shared * 2 >= small.size):
                continue
            alike = twins or small.size >= MOST_OF_LETTER * large.size
            for text, share in self.groups[part].items():
                if alike or share >= self.limits.doubtful_share:
                    self.groups[whole].setdefault(text, share)
            alive[part] = False
        return [
            sorted(group) for group, kept in zip(self.groups, alive, strict=True) if kept and len(group) > 1
        ]


def _stars(pairs: Pairs) -> list[tuple[int, list[int]]]:
    """Centres with their texts, closest text first; the star with the most in common first."""
    centres, others, weight = pairs
    order = np.lexsort((others, -weight, centres))
    centres, others, weight = centres[order], others[order], weight[order]
    starts: NDArray[np.int64] = np.flatnonzero(np.diff(centres, prepend=-1))
    if not starts.size:
        return []
    ends = np.append(starts[1:], centres.size)
    mass = np.add.reduceat(weight, starts)
    ranked = np.lexsort((centres[starts], -np.round(mass, 6)))
    return [
        (int(centres[starts[rank]]), others[starts[rank] : ends[rank]].tolist()) for rank in ranked.tolist()
    ]
