"""New themes among passages that have come since the earlier run and fit none of its themes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.themes.discover import discover

Vectors = NDArray[np.float32]

SMALLEST = 3
"""Distinct messages in a new theme at least."""
_APART = 0.08


def fresh_themes(
    vectors: Vectors, texts: Sequence[str], messages: NDArray[np.int64], means: Vectors, *, seed: int
) -> NDArray[np.int64]:
    """Number of the new theme of each passage, from 0, -1 where it is in none.

    ``vectors`` (n, d) are those of passages far from their nearest theme, ``messages`` (n,) number
    their distinct messages, -1 where a passage is none of the new ones, ``means`` (k, d) are the means,
    not scaled, of the members of the earlier themes. A cluster is a theme where its passages are nearer
    to one another, by 0.08 in mean cosine, than to the members of any one earlier theme.
    """
    labels = np.full(len(vectors), -1, dtype=np.int64)
    if len(vectors) < SMALLEST:
        return labels
    found = discover(vectors, texts, seed=seed, resamples=0)
    count = 0
    for cluster in range(found.count):
        own = np.flatnonzero(found.labels == cluster)
        if len(np.unique(messages[own][messages[own] >= 0])) < SMALLEST:
            continue
        mean = vectors[own].mean(axis=0)
        # Of all pairs of different passages, whose own cosine is one.
        together = (len(own) * float(mean @ mean) - 1) / (len(own) - 1)
        elsewhere = float((means @ mean).max(initial=0.0))
        if together >= elsewhere + _APART:
            labels[own] = count
            count += 1
    return labels
