"""Vectors made comparable across languages: each language's own direction taken out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

_FEWEST = 25


def unit(vectors: Vectors) -> Vectors:
    """Rows scaled to length one; a zero row stays zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return scaled


def centred(vectors: Vectors, languages: Sequence[str]) -> Vectors:
    """Unit vectors (n, d) less the mean of their language, scaled to length one again.

    A language with few texts leans on the mean of all, the more the fewer it has, since its
    own mean would be mostly its subject.
    """
    if not len(vectors):
        return vectors
    overall = vectors.mean(axis=0)
    names = np.asarray(languages)
    means = np.empty_like(vectors)
    for name in sorted(set(languages)):
        rows = names == name
        count = int(rows.sum())
        own = count / (count + _FEWEST)
        means[rows] = own * vectors[rows].mean(axis=0) + (1 - own) * overall
    return unit(vectors - means)
