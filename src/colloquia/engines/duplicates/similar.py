"""One message reworded or translated: dense, isolated groups whose members make the same points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.duplicates.cells import cells
from colloquia.engines.duplicates.points import Encode, Points
from colloquia.engines.passages.split import weight
from colloquia.engines.themes.tree import average_linkage

Vectors = NDArray[np.float32]

SHORTEST = 150
"""Weighted characters below which a message is an opinion, not a letter."""
LONGEST = 12_000
SMALLEST = 5
ISOLATION = 1.08
"""How much further the next group is than the members are from one another, at least."""
SHARED = 0.8
SHARED_BY_MANY = 0.65
MANY = 15
COHERENT = 2.0
JOINING = 0.5
NEAR = 0.7
TRANSLATED = 0.6
NEIGHBOURING = 0.6
ALIKE = 0.4
POINTS = 3.2
_MEMBERS_READ = 24
_OUTSIDERS_READ = 150
_FEWEST_OUTSIDERS = 12


@dataclass(frozen=True, slots=True)
class SimilarMessage:
    """One message in several wordings: ``members`` ascending, ``added`` what each says beyond the others."""

    members: list[int]
    added: list[str]


def similar_groups(
    texts: Sequence[str], vectors: Vectors, *, encode: Encode, languages: Sequence[str] = (), seed: int = 0
) -> list[list[int]]:
    """The members alone of ``similar_messages``."""
    found = similar_messages(texts, vectors, encode=encode, languages=languages, seed=seed)
    return [message.members for message in found]


def similar_messages(
    texts: Sequence[str], vectors: Vectors, *, encode: Encode, languages: Sequence[str] = (), seed: int = 0
) -> list[SimilarMessage]:
    """Groups of messages that say the same thing in their own words or in other languages.

    ``texts`` are distinct messages, ``vectors`` (n, d) the unit vectors of the whole texts,
    ``encode`` turns sentences into vectors of the same encoder, ``languages`` name the main
    language of each text (none: translations in groups under ``SMALLEST`` are not looked for).
    Groups are disjoint and sorted by first member.

    A group is a branch of the average-linkage tree of its neighbourhood with at least
    ``SMALLEST`` members that is isolated (``ISOLATION``), whose members share on average
    ``SHARED`` of their points, each point being weighed against how common it is among the
    other messages of the docket, and of which each makes all the points and not some
    (``COHERENT``). All are ratios and ranks, so that neither the size of the docket nor how alike
    its messages are in general decides. Two texts of different languages are also a group if
    they say the same sentence by sentence. A text under ``SHORTEST`` or over ``LONGEST``, and
    groups that make fewer than ``POINTS`` points on average, are not judged.
    """
    judged = np.array([len(text) <= LONGEST and weight(text) >= SHORTEST for text in texts], dtype=bool)
    if judged.sum() < 2:
        return []
    search = _Search(points=Points(texts, encode), vectors=vectors, judged=judged, seed=seed)
    found: list[list[int]] = []
    pairs: list[tuple[int, int]] = []
    for rows in cells(vectors, seed):
        if len(texts) >= SMALLEST + _FEWEST_OUTSIDERS:
            found.extend(search.cell(rows))
        if languages:
            pairs.extend(search.translations(rows, np.asarray(languages)))
    groups = search.merged(join_pairs(search.complete(found), pairs))
    return sorted((search.described(sorted(group)) for group in groups), key=lambda message: message.members)


def join_pairs(groups: list[list[int]], pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The groups with the other halves of their pairs, and the pairs that are in no group, chained."""
    home = {row: group for group in groups for row in group}
    for one, other in pairs:
        first, second = home.get(one), home.get(other)
        if first is None and second is None:
            home[one] = home[other] = group = [one, other]
            groups.append(group)
        elif first is None and second is not None:
            second.append(one)
            home[one] = second
        elif second is None and first is not None:
            first.append(other)
            home[other] = first
        elif first is not second and first is not None and second is not None and len(first) < SMALLEST:
            second.extend(first)
            home.update(dict.fromkeys(first, second))
            groups.remove(first)
    return groups


@dataclass(slots=True)
class _Search:
    points: Points
    vectors: Vectors
    judged: NDArray[np.bool_]
    seed: int
    drawn: list[int] = field(init=False)

    def __post_init__(self) -> None:
        # Outsiders make points of their own where they can: messages as long as letters come first.
        order = np.random.default_rng(self.seed).permutation(len(self.judged))
        self.drawn = [int(row) for row in order[np.argsort(~self.judged[order], kind="stable")]]
        del self.drawn[20 * _OUTSIDERS_READ :]

    def cell(self, rows: NDArray[np.int64]) -> list[list[int]]:
        """The groups of one neighbourhood."""
        if self.judged[rows].sum() < SMALLEST:
            return []
        tree = _Tree(average_linkage(self.vectors[rows], np.ones(len(rows))), len(rows))

        def members(node: int) -> list[int]:
            return [row for leaf in tree.leaves(node) if self.judged[row := int(rows[leaf])]]

        found: list[list[int]] = []
        waiting = tree.isolated_below(tree.root)
        while waiting:
            node = waiting.pop()
            below = tree.isolated_below(node)
            if self.is_one_message(members(node)) and not self.are_several(
                [members(child) for child in below]
            ):
                found.append(members(node))
            else:
                waiting.extend(below)
        return found

    def translations(self, rows: NDArray[np.int64], languages: NDArray[np.str_]) -> list[tuple[int, int]]:
        """Pairs of different languages, each the other's nearest in that language, that are translations."""
        rows = rows[self.judged[rows]]
        codes = sorted(set(languages[rows].tolist()))
        nearest: dict[tuple[int, str], int] = {}
        for code in codes:
            targets = rows[languages[rows] == code]
            sources = rows[languages[rows] != code]
            if len(sources):
                similarity = self.vectors[sources] @ self.vectors[targets].T
                best = similarity.argmax(axis=1)
                close = similarity[np.arange(len(sources)), best] >= TRANSLATED
                nearest.update(
                    ((int(row), code), int(targets[place]))
                    for row, place in zip(sources[close], best[close], strict=True)
                )
        pairs = [
            (row, other)
            for (row, _), other in sorted(nearest.items())
            if row < other and nearest.get((other, str(languages[row]))) == row
        ]
        self.points.load([row for pair in pairs for row in pair])
        return [pair for pair in pairs if self.points.is_translation(*pair)]

    def described(self, members: list[int]) -> SimilarMessage:
        """The group with what each member adds to the rest."""
        outsiders = self.outsiders(members)
        sample = members[:: max(1, len(members) // _MEMBERS_READ)]
        self.points.load([*members, *outsiders])
        added = []
        for row in members:
            fellows = [fellow for fellow in sample if fellow != row] or [
                other for other in members if other != row
            ]
            added.append(self.points.added(row, fellows, outsiders) if outsiders else "")
        return SimilarMessage(members, added)

    def outsiders(self, members: Sequence[int]) -> list[int]:
        """A sample of messages outside the group, the same for the same group."""
        inside = set(members)
        return list(islice((row for row in self.drawn if row not in inside), _OUTSIDERS_READ))

    def is_one_message(self, members: Sequence[int]) -> bool:
        if len(members) < SMALLEST:
            return False
        outsiders = self.outsiders(members)
        if len(outsiders) < _FEWEST_OUTSIDERS:
            return False
        sample = list(members[:: max(1, len(members) // _MEMBERS_READ)])
        self.points.load([*sample, *outsiders])
        if np.mean([self.points.count(row) for row in sample]) < POINTS:
            return False
        shares = [
            self.points.shared(row, [other for other in sample if other != row], outsiders) for row in sample
        ]
        # Chance agreement of a few people is likelier than of many.
        many = min(1.0, (len(members) - SMALLEST) / (MANY - SMALLEST))
        if float(np.mean(shares)) < SHARED + many * (SHARED_BY_MANY - SHARED):
            return False
        return self.points.coherence(sample, self.seed) >= COHERENT

    def are_several(self, parts: Sequence[Sequence[int]]) -> bool:
        """Whether some two of the branches below make different points."""
        judged = [part for part in parts if len(part) >= SMALLEST]
        return any(
            not self.same(one, other) for number, one in enumerate(judged) for other in judged[:number]
        )

    def same(self, one: Sequence[int], other: Sequence[int]) -> bool:
        """Whether two groups send one message: each covers the other's points nearly as well as its own."""
        first, second = list(one[:_MEMBERS_READ]), list(other[:_MEMBERS_READ])
        outsiders = self.outsiders([*one, *other])
        self.points.load([*first, *second, *outsiders])
        return min(self._covers(first, second, outsiders), self._covers(second, first, outsiders)) >= ALIKE

    def _covers(self, group: list[int], other: list[int], outsiders: list[int]) -> float:
        own, across = 0.0, 0.0
        for row in group:
            base = np.median(self.points.best(row, outsiders), axis=1)
            fellows = [fellow for fellow in group if fellow != row]
            own += float((np.median(self.points.best(row, fellows), axis=1) - base).mean())
            across += float((np.median(self.points.best(row, other), axis=1) - base).mean())
        return across / own if own > 0 else 0.0

    def complete(self, groups: list[list[int]]) -> list[list[int]]:
        """Join groups that neighbourhoods had parted, then take in members left outside."""
        joined = self.merged(groups)
        taken = {row for group in joined for row in group}
        whole: list[list[int]] = []
        for group in joined:
            # The second round starts from a centre that already knows the other languages.
            limit = 4 * len(group) + 10
            for _ in range(2):
                nearby = [row for row in self._near(group) if row not in taken]
                extra = self._fellows(group, nearby) if len(group) + len(nearby) <= limit else None
                if extra is None:
                    break
                taken.update(extra)
                group.extend(extra)
            # Far more messages stand around it than in it: a subject, not a letter.
            if extra is not None:
                whole.append(group)
        return whole

    def merged(self, groups: list[list[int]]) -> list[list[int]]:
        """The groups, those that send one message joined."""
        joined: list[list[int]] = []
        for group in sorted(groups, key=len, reverse=True):
            for target in joined:
                if self._centre(group) @ self._centre(target) > NEIGHBOURING and self.same(group, target):
                    target.extend(group)
                    break
            else:
                joined.append(list(group))
        return joined

    def _centre(self, rows: Sequence[int]) -> Vectors:
        mean: Vectors = self.vectors[list(rows)].mean(axis=0)
        return mean / max(float(np.linalg.norm(mean)), 1e-9)

    def _near(self, group: list[int]) -> list[int]:
        """Messages outside the group almost as near to its centre as its members.

        Nearness is counted in spreads of the docket, so a docket on one subject asks for more.
        """
        similarity = self.vectors @ self._centre(group)
        middle = float(np.median(similarity))
        spread = max(1.4826 * float(np.median(np.abs(similarity - middle))), 1e-6)
        nearness = (similarity - middle) / spread
        least = NEAR * float(np.median(nearness[group]))
        inside = set(group)
        return [int(row) for row in np.flatnonzero(self.judged & (nearness >= least)) if row not in inside]

    def _fellows(self, group: list[int], nearby: list[int]) -> list[int]:
        """Those of ``nearby`` that make the points of the group."""
        outsiders = self.outsiders([*group, *nearby])
        sample = group[:: max(1, len(group) // _MEMBERS_READ)]
        self.points.load([*nearby, *sample, *outsiders])

        def share(row: int) -> float:
            return self.points.shared(row, [fellow for fellow in sample if fellow != row], outsiders)

        least = JOINING * float(np.mean([share(row) for row in sample]))
        return [row for row in nearby if self.points.count(row) > 1 and share(row) >= least]


class _Tree:
    """Branches of an average-linkage tree, and how isolated each is."""

    def __init__(self, merges: NDArray[np.float64], count: int) -> None:
        self.merges = merges
        self.count = count
        self.root = 2 * count - 2
        self.parent = np.full(2 * count - 1, -1)
        for step, (one, other, _, _) in enumerate(merges):
            self.parent[int(one)] = self.parent[int(other)] = count + step

    def children(self, node: int) -> list[int]:
        return [int(child) for child in self.merges[node - self.count, :2]] if node >= self.count else []

    def leaves(self, node: int) -> list[int]:
        found, waiting = [], [node]
        while waiting:
            current = waiting.pop()
            if current < self.count:
                found.append(current)
            else:
                waiting.extend(self.children(current))
        return sorted(found)

    def is_isolated(self, node: int) -> bool:
        if node < self.count or node == self.root or self.merges[node - self.count, 3] < SMALLEST:
            return False
        floor = 0.02
        within = max(float(self.merges[node - self.count, 2]), floor)
        beyond = max(float(self.merges[self.parent[node] - self.count, 2]), floor)
        return beyond / within >= ISOLATION

    def isolated_below(self, node: int) -> list[int]:
        """The largest isolated branches strictly below ``node``."""
        found, waiting = [], self.children(node)
        while waiting:
            current = waiting.pop()
            if self.is_isolated(current):
                found.append(current)
            else:
                waiting.extend(self.children(current))
        return sorted(found)
