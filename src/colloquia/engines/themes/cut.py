"""Where the tree is cut: as many branches of some size as asked for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def cut(merges: NDArray[np.float64], count: int, wanted: int, smallest: int) -> NDArray[np.int64]:
    """Branch of each of ``count`` points, -1 for those in branches under ``smallest``.

    The highest cut that leaves ``wanted`` branches of at least ``smallest`` points, or the
    most there are. Branches are numbered by their first point.
    """
    if count == 0:
        return np.zeros(0, dtype=np.int64)
    height = _best_cut(merges, count, wanted, smallest)
    labels = _labels(merges[: count - height], count)
    sizes = np.bincount(labels)
    kept = np.where(sizes[labels] >= smallest, labels, -1)
    return _by_first(kept)


def _best_cut(merges: NDArray[np.float64], count: int, wanted: int, smallest: int) -> int:
    """The least number of branches at which ``wanted`` of them are big enough."""
    size = [1] * count + [int(row[3]) for row in merges]
    big = int(size[2 * count - 2] >= smallest) if count > 1 else int(smallest <= 1)
    best, most = 1, big
    if most >= wanted:
        return best
    for branches in range(2, count + 1):
        node = 2 * count - branches
        one, other = (int(child) for child in merges[node - count, :2])
        big += int(size[one] >= smallest) + int(size[other] >= smallest) - int(size[node] >= smallest)
        if big > most:
            best, most = branches, big
        if most >= wanted:
            break
    return best


def _labels(merges: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    parent = np.arange(count + len(merges))
    for step, (one, other, _, _) in enumerate(merges):
        parent[int(one)] = parent[int(other)] = count + step
    for node in range(len(parent) - 1, -1, -1):
        parent[node] = parent[parent[node]]
    _, labels = np.unique(parent[:count], return_inverse=True)
    return labels.astype(np.int64)


def _by_first(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    names: dict[int, int] = {}
    return np.array([-1 if label < 0 else names.setdefault(int(label), len(names)) for label in labels])
