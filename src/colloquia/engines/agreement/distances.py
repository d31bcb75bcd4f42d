"""How far two sets of codes are apart: 0.0 for the same set, 1.0 for nothing in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Metric = Literal["masi", "jaccard", "nominal"]
METRICS: tuple[Metric, ...] = ("masi", "jaccard", "nominal")


def distances(sets: Sequence[frozenset[str]], metric: Metric) -> NDArray[np.float64]:
    """Distances of all pairs of distinct ``sets``, an array (n, n).

    ``nominal`` is 0 or 1. ``jaccard`` is the share of the codes of either set that the other lacks. ``masi``
    also weighs whether one set holds the other: 1 - J * M, M being 1 for equal sets, 2/3 where one holds the
    other, 1/3 where they overlap, 0 where they have nothing in common. Passonneau, Measuring
    Agreement on Set-valued Items (MASI) for Semantic and Pragmatic Annotation, LREC 2006. Two
    empty sets are equal; an empty set and another have nothing in common. Raises ``ValueError`` for
    another metric.
    """
    if metric not in METRICS:
        raise ValueError(f"There is no metric {metric!r}; use one of {', '.join(METRICS)}.")
    count = len(sets)
    if metric == "nominal":
        return np.ones((count, count)) - np.eye(count)
    place = {code: column for column, code in enumerate(sorted(set().union(*sets)))}
    holds = np.zeros((count, len(place)))
    for row, codes in enumerate(sets):
        holds[row, [place[code] for code in codes]] = 1.0
    common = holds @ holds.T
    sizes = holds.sum(axis=1)
    union = sizes[:, None] + sizes[None, :] - common
    jaccard = np.divide(common, union, out=np.zeros_like(common), where=union > 0)
    weight = np.ones_like(common)
    if metric == "masi":
        nested = common == np.minimum(sizes[:, None], sizes[None, :])
        weight = np.where(nested, 2 / 3, 1 / 3)
    result: NDArray[np.float64] = 1.0 - jaccard * weight
    np.fill_diagonal(result, 0.0)
    return result
