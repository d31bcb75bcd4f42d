"""A docket cut into neighbourhoods of bounded size, so that cost grows with the docket, not its square."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

CELL = 1200
"""Messages in a neighbourhood on average, at most three times as many."""
_ROUNDS = 6
_SAMPLE = 20


def cells(vectors: Vectors, seed: int) -> list[NDArray[np.int64]]:
    """Rows of ``vectors`` (n, d) grouped by spherical k-means; one cell up to twice ``CELL``."""
    everything = np.arange(len(vectors))
    if len(vectors) <= 2 * CELL:
        return [everything] if len(vectors) else []
    found: list[NDArray[np.int64]] = []
    waiting = [everything]
    while waiting:
        rows = waiting.pop()
        parts = _divide(vectors[rows], -(-len(rows) // CELL), seed)
        if len(parts) == 1:
            # Nothing tells these apart; cut by position rather than let one cell grow without bound.
            parts = np.array_split(np.arange(len(rows)), -(-len(rows) // (2 * CELL)))
        for part in parts:
            (waiting if len(part) > 3 * CELL else found).append(rows[part])
    return sorted(found, key=lambda rows: int(rows[0]))


def _divide(vectors: Vectors, count: int, seed: int) -> list[NDArray[np.int64]]:
    random = np.random.default_rng(seed)
    sample = vectors[np.sort(random.permutation(len(vectors))[: max(2000, count * _SAMPLE)])]
    centres = sample[np.sort(random.permutation(len(sample))[:count])]
    for _ in range(_ROUNDS):
        nearest = np.argmax(sample @ centres.T, axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, sample)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(lengths > 0, sums / np.maximum(lengths, 1e-9), centres).astype(np.float32)
    nearest = np.concatenate(
        [
            np.argmax(vectors[start : start + 8192] @ centres.T, axis=1)
            for start in range(0, len(vectors), 8192)
        ]
    )
    return [part for cell in range(count) if len(part := np.flatnonzero(nearest == cell))]
