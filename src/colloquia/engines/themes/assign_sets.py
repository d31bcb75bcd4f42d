"""Probabilities to sets of themes: for each text the set with the highest expected F1."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

_LARGEST = 8
_CONSIDERED = 24
_CHUNK = 4096


def best_sets(probabilities: Matrix, nothing: NDArray[np.float64] | None = None) -> list[set[int]]:
    """The set of columns of ``probabilities`` (n, k) with the highest expected F1, for each row.

    Themes count as independent of one another. ``nothing`` (n,) is the probability that a text has
    no theme at all, for which the empty set scores one; without it independence gives that too.
    A set has at most eight themes and is sought among the 24 likeliest. Method: the optimum is
    always the likeliest j (Lewis, 1995; Ye and others, 2012).
    """
    sets: list[set[int]] = []
    for start in range(0, len(probabilities), _CHUNK):
        rows = slice(start, start + _CHUNK)
        sets.extend(_chunk(probabilities[rows], None if nothing is None else nothing[rows]))
    return sets


def _chunk(probabilities: Matrix, nothing: NDArray[np.float64] | None) -> list[set[int]]:
    count, themes = probabilities.shape
    considered = min(_CONSIDERED, themes)
    order = np.argsort(-probabilities, axis=1, kind="stable")[:, :considered]
    ranked = np.take_along_axis(probabilities, order, axis=1)
    # after[:, j, r]: probability that r of the themes ranked j and below are right
    after = np.zeros((count, considered + 1, considered + 1))
    after[:, considered, 0] = 1.0
    for j in range(considered - 1, -1, -1):
        here = ranked[:, j : j + 1]
        after[:, j] = after[:, j + 1] * (1 - here)
        after[:, j, 1:] += after[:, j + 1, :-1] * here
    empty = after[:, 0, 0]
    best = empty.copy() if nothing is None else nothing.copy()
    factor = np.ones(count) if nothing is None else (1 - nothing) / np.maximum(1 - empty, 1e-9)
    sizes = np.zeros(count, dtype=np.int64)
    before = np.zeros((count, considered + 1))
    before[:, 0] = 1.0
    missed = np.arange(considered + 1)[None]
    for j in range(1, min(_LARGEST, considered) + 1):
        here = ranked[:, j - 1 : j]
        longer = before * (1 - here)
        longer[:, 1:] += before[:, :-1] * here
        before = longer
        right = np.arange(j + 1)[:, None]
        gain = 2 * right / (j + right + missed)
        expected = np.einsum("na,na->n", before[:, : j + 1], after[:, j] @ gain.T) * factor
        better = expected > best + 1e-12
        best[better] = expected[better]
        sizes[better] = j
    return [set(map(int, order[row, : sizes[row]])) for row in range(count)]
