"""Themes of a set of passages: found, placed in a hierarchy, and tried on resamples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.meaning.centring import unit
from colloquia.engines.meaning.crew import Crew
from colloquia.engines.themes.core import CORE, draw, placed, steadied
from colloquia.engines.themes.cut import cut
from colloquia.engines.themes.tree import average_linkage

Vectors = NDArray[np.float32]

KEPT = 0.9
"""The part of the passages in a resample."""
_PARENTS_FROM = 13
# Resamples of a large docket; each is of many passages, so fewer tell as much.
_LARGE = 5


@dataclass(frozen=True, slots=True)
class Discovery:
    """Themes of n passages.

    ``labels`` (n,) names the theme of each passage, -1 for none; ``scores`` (n,) its cosine to
    the theme's centre; ``parents`` (k,) the parent of each theme as a number from 0, -1 where
    the theme stands alone; ``stability`` (k,) the mean best Jaccard overlap over resamples;
    ``agreement`` the mean adjusted Rand index of the resamples with the whole.
    """

    labels: NDArray[np.int64]
    scores: NDArray[np.float32]
    parents: NDArray[np.int64]
    stability: NDArray[np.float64]
    agreement: float

    @property
    def parent_count(self) -> int:
        """The number of parents."""
        return int(self.parents.max(initial=-1)) + 1

    @property
    def count(self) -> int:
        return len(self.parents)


def automatic_count(passages: int) -> int:
    """How many themes to look for: twice the cube root, which hardly moves with a few passages."""
    return max(1, round(2.0 * float(np.cbrt(passages))))


def discover(
    vectors: Vectors,
    keys: Sequence[str],
    *,
    count: int | None = None,
    seed: int = 0,
    resamples: int = 8,
    crew: Crew | None = None,
) -> Discovery:
    """Themes of passages with unit vectors (n, d), centred per language.

    ``keys`` identify the passages across runs (their texts). ``count`` is the number wanted,
    None to choose it by the size. The tree is built on a core of at most 1,500 passages drawn
    by hash; the rest join the theme they are nearest to, so cost grows linearly with n.
    """
    total = len(vectors)
    if total < 4:
        return _one_theme(vectors)
    wanted = count or automatic_count(total)
    found = _find(vectors, keys, wanted, seed)
    labels, scores = found.place(vectors)
    stability, agreement = _resampled(
        vectors, keys, labels, Trial(wanted, seed), resamples=resamples, crew=crew or Crew()
    )
    return Discovery(labels, scores, found.parents, stability, agreement)


def tried(
    vectors: Vectors,
    keys: Sequence[str],
    labels: NDArray[np.int64],
    *,
    seed: int = 0,
    resamples: int = 8,
    crew: Crew | None = None,
) -> tuple[NDArray[np.float64], float]:
    """Stability of given themes, and mean agreement, were the same number looked for anew on resamples.

    ``labels`` (n,) are the themes of the passages, -1 for none, as they stand: found, or made by people.
    """
    count = int(labels.max(initial=-1)) + 1
    if len(vectors) < 4 or not count:
        return np.ones(count), 1.0
    return _resampled(vectors, keys, labels, Trial(count, seed), resamples=resamples, crew=crew or Crew())


@dataclass(frozen=True, slots=True)
class _Found:
    core: NDArray[np.int64]
    vectors: Vectors
    steady: Vectors
    labels: NDArray[np.int64]
    parents: NDArray[np.int64]
    centres: Vectors
    limits: NDArray[np.float32]

    def place(self, vectors: Vectors) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The theme of every passage and its score, the core's as the tree has them."""
        steady = np.empty_like(vectors)
        rest = np.setdiff1d(np.arange(len(vectors)), self.core)
        steady[self.core] = self.steady
        if len(rest):
            steady[rest] = placed(vectors[rest], self.vectors, self.steady)
        similarity = steady @ self.centres.T
        labels = np.argmax(similarity, axis=1)
        labels[self.core] = np.where(self.labels >= 0, self.labels, labels[self.core])
        scores = similarity[np.arange(len(vectors)), labels]
        outside = scores < self.limits[labels]
        outside[self.core] &= self.labels < 0
        return np.where(outside, -1, labels), scores


def _find(vectors: Vectors, keys: Sequence[str], wanted: int, seed: int) -> _Found:
    core = draw(keys, seed)
    held = vectors[core]
    steady = steadied(held)
    merges = average_linkage(steady, np.ones(len(core)))
    smallest = 3 if len(core) >= 30 else 2
    labels = cut(merges, len(core), wanted, smallest)
    if labels.max(initial=-1) < 0:
        labels = np.zeros(len(core), dtype=np.int64)
    themes = int(labels.max()) + 1
    centres = unit(np.array([steady[labels == theme].mean(axis=0) for theme in range(themes)]))
    own = np.sum(steady * centres[np.maximum(labels, 0)], axis=1)
    # A passage further from the centre than nearly every member belongs to no theme.
    limits = np.array(
        [np.quantile(own[labels == theme], 0.05) - 0.1 for theme in range(themes)], dtype=np.float32
    )
    parents = _parents(merges, labels, themes)
    return _Found(core, held, steady, labels, parents, centres, limits)


def _parents(merges: NDArray[np.float64], labels: NDArray[np.int64], themes: int) -> NDArray[np.int64]:
    """Branches of the same tree cut higher, over at least two themes each."""
    if themes < _PARENTS_FROM:
        return np.full(themes, -1)
    above = cut(merges, len(labels), max(3, round(themes / 4)), 2)
    first = [int(above[np.flatnonzero(labels == theme)[0]]) for theme in range(themes)]
    shared = [branch for branch in sorted(set(first)) if branch >= 0 and first.count(branch) > 1]
    return np.array([shared.index(branch) if branch in shared else -1 for branch in first])


def _resampled(
    vectors: Vectors,
    keys: Sequence[str],
    labels: NDArray[np.int64],
    trial: Trial,
    *,
    resamples: int,
    crew: Crew,
) -> tuple[NDArray[np.float64], float]:
    """Mean best overlap of each theme, and mean agreement, over other seeds and 90 % of the passages.

    Of a large docket half more than the core is judged, so that the cost does not grow with it.
    """
    themes = int(labels.max()) + 1
    if not resamples:
        return np.zeros(themes), 0.0
    if len(vectors) > CORE:
        resamples = min(resamples, _LARGE)
    judged = draw(keys, trial.seed, CORE + CORE // 2)
    sample = Sample(vectors[judged], [keys[row] for row in judged])
    trials = [(sample, replace(trial, number=number)) for number in range(resamples)]
    overlaps, agreements = [], []
    for kept, again in crew.map(_again, trials):
        overlaps.append(_best_overlap(labels[judged[kept]], again, themes))
        agreements.append(adjusted_rand_index(labels[judged[kept]], again))
    return np.mean(overlaps, axis=0), float(np.mean(agreements))


@dataclass(frozen=True, slots=True)
class Sample:
    """Passages to be resampled."""

    vectors: Vectors
    keys: list[str]


@dataclass(frozen=True, slots=True)
class Trial:
    """One resample: how many themes are wanted of it, and the seeds it is drawn by."""

    wanted: int
    seed: int
    number: int = 0


def _again(argument: tuple[Sample, Trial]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The rows kept of a sample, and their themes when these are looked for anew."""
    from threadpoolctl import threadpool_limits

    sample, trial = argument
    with threadpool_limits(limits=1):
        random = np.random.default_rng((trial.seed, trial.number))
        count = len(sample.vectors)
        kept = np.sort(random.permutation(count)[: max(4, round(KEPT * count))])
        vectors = sample.vectors[kept]
        found = _find(
            vectors, [sample.keys[row] for row in kept], trial.wanted, trial.seed + trial.number + 1
        )
        labels, _ = found.place(vectors)
    return kept, labels


def adjusted_rand_index(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    """Agreement of two partitions, 0 by chance and 1 if equal (Hubert and Arabie, 1985).

    Written out because importing scikit-learn costs more than a small analysis.
    """
    _, first = np.unique(one, return_inverse=True)
    _, second = np.unique(other, return_inverse=True)
    table = np.zeros((first.max(initial=0) + 1, second.max(initial=0) + 1))
    np.add.at(table, (first, second), 1)

    def pairs(counts: NDArray[np.float64]) -> float:
        return float((counts * (counts - 1) / 2).sum())

    together, rows, columns = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    chance = rows * columns / max(pairs(np.array([float(len(first))])), 1.0)
    most = (rows + columns) / 2
    return 1.0 if most == chance else (together - chance) / (most - chance)


def _best_overlap(labels: NDArray[np.int64], again: NDArray[np.int64], themes: int) -> NDArray[np.float64]:
    table = np.zeros((themes + 1, int(again.max(initial=-1)) + 2))
    np.add.at(table, (labels, again), 1)
    shared = table[:themes, :-1]
    if not shared.size:
        return np.zeros(themes)
    union = table[:themes].sum(axis=1, keepdims=True) + table[:, :-1].sum(axis=0) - shared
    best: NDArray[np.float64] = (shared / np.maximum(union, 1)).max(axis=1)
    return best


def _one_theme(vectors: Vectors) -> Discovery:
    count = len(vectors)
    if not count:
        empty = np.zeros(0, dtype=np.int64)
        return Discovery(empty, np.zeros(0, dtype=np.float32), empty, np.zeros(0), 1.0)
    centre = unit(vectors.mean(axis=0, keepdims=True))
    scores = (vectors @ centre.T)[:, 0]
    return Discovery(np.zeros(count, dtype=np.int64), scores, np.array([-1]), np.ones(1), 1.0)
