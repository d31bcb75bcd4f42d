"""Average linkage over weighted points: the tree that themes are cut from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


def average_linkage(vectors: Vectors, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The merges of average linkage under cosine distance, nearest pairs first.

    ``vectors`` is (n, d), each row the mean of the unit vectors that a point stands for;
    ``weights`` (n,) says how many those are. The distance of two clusters is the mean of
    1 - cosine over all pairs of the unit vectors in them, which is one minus the product of
    their means; so a point of weight w is exactly a cluster of w vectors merged beforehand.

    Returns (n - 1, 4) in the layout of ``scipy.cluster.hierarchy.linkage``: the two clusters,
    their distance, the number of points. Time and memory grow with the square of n.
    Method: nearest-neighbour chain (Murtagh, 1983).
    """
    count = len(vectors)
    if count < 2:
        return np.zeros((0, 4))
    distance = _distances(vectors)
    size = weights.astype(np.float64).copy()
    alive = np.ones(count, dtype=bool)
    first: list[int] = []
    second: list[int] = []
    heights: list[float] = []
    chain: list[int] = []
    for _ in range(count - 1):
        if not chain:
            chain.append(int(np.argmax(alive)))
        while True:
            tip = chain[-1]
            row = distance[tip]
            nearest = int(np.argmin(row))
            if len(chain) > 1 and row[chain[-2]] <= row[nearest]:
                nearest = chain[-2]
                break
            chain.append(nearest)
        keep, gone = sorted((chain.pop(), chain.pop()))
        first.append(keep)
        second.append(gone)
        heights.append(float(distance[keep, gone]))
        total = size[keep] + size[gone]
        merged = (distance[keep] * (size[keep] / total) + distance[gone] * (size[gone] / total)).astype(
            np.float32
        )
        size[keep] = total
        alive[gone] = False
        merged[keep] = np.inf
        distance[keep] = merged
        distance[:, keep] = merged
        distance[gone] = np.inf
        distance[:, gone] = np.inf
    return _ordered(count, np.array(first), np.array(second), np.array(heights))


def _distances(vectors: Vectors) -> NDArray[np.float32]:
    distance: NDArray[np.float32] = np.maximum(np.float32(1.0) - vectors @ vectors.T, np.float32(0.0))
    # Symmetric to the last bit, so that the chain cannot run in a circle.
    distance = np.minimum(distance, distance.T)
    np.fill_diagonal(distance, np.inf)
    return distance


def _ordered(
    count: int, first: NDArray[np.int64], second: NDArray[np.int64], heights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Merges sorted by height, clusters renamed as scipy names them (n, n + 1, ...)."""
    order = np.argsort(heights, kind="stable")
    name = list(range(2 * count - 1))
    parent = list(range(count))
    points = [1] * count

    def root(point: int) -> int:
        while parent[point] != point:
            parent[point] = parent[parent[point]]
            point = parent[point]
        return point

    merges = np.zeros((count - 1, 4))
    for step, index in enumerate(order):
        a, b = root(int(first[index])), root(int(second[index]))
        merges[step] = (*sorted((name[a], name[b])), heights[index], points[a] + points[b])
        parent[b] = a
        points[a] += points[b]
        name[a] = count + step
    return merges
