"""Which passages the tree is built from, and how their vectors are steadied beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from colloquia.engines.meaning.centring import unit

Vectors = NDArray[np.float32]

CORE = 1500
"""Passages in the tree at most; the others are placed afterwards, so that cost stays linear."""
NEIGHBOURS = 20
_ROUNDS = 3
_CHUNK = 4096


def draw(keys: Sequence[str], seed: int, size: int = CORE) -> NDArray[np.int64]:
    """The rows with the smallest hashes of their keys, in order.

    A docket with a few passages more or fewer so draws nearly the same core.
    """
    if len(keys) <= size:
        return np.arange(len(keys))
    hashes = np.fromiter(
        (
            int.from_bytes(
                blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8, salt=_salt(seed)).digest()
            )
            for key in keys
        ),
        dtype=np.uint64,
        count=len(keys),
    )
    return np.sort(np.argsort(hashes, kind="stable")[:size])


def _salt(seed: int) -> bytes:
    return (seed % 2**64).to_bytes(16, "big")


def steadied(vectors: Vectors) -> Vectors:
    """Each vector moved towards its nearest neighbours, three times; unit vectors (n, d).

    What a passage shares with those near it outweighs its accidents; resampled themes agree
    markedly better (see docs/explanation/themes.md).
    """
    count = len(vectors)
    near = min(NEIGHBOURS, max(3, count // 8), count - 1)
    if near < 1:
        return vectors
    similarity = vectors @ vectors.T
    np.fill_diagonal(similarity, -2.0)
    columns = np.sort(np.argpartition(-similarity, near - 1, axis=1)[:, :near], axis=1)
    strength = np.maximum(np.take_along_axis(similarity, columns, axis=1), 0.0)
    strength /= np.maximum(strength.sum(axis=1, keepdims=True), 1e-9)
    rows = np.arange(0, count * near + 1, near)
    graph = csr_array((strength.ravel(), columns.ravel(), rows), shape=(count, count))
    smooth = vectors
    for _ in range(_ROUNDS):
        smooth = unit(smooth + graph @ smooth)
    return unit(smooth - smooth.mean(axis=0))


def placed(vectors: Vectors, core: Vectors, steady: Vectors) -> Vectors:
    """Steadied vectors for passages outside the core, from their nearest in it; unit, (n, d)."""
    near = min(NEIGHBOURS, len(core))
    result = np.empty_like(vectors)
    for start in range(0, len(vectors), _CHUNK):
        part = vectors[start : start + _CHUNK]
        similarity = part @ core.T
        columns = np.argpartition(-similarity, near - 1, axis=1)[:, :near]
        strength = np.maximum(np.take_along_axis(similarity, columns, axis=1), 0.0)
        strength /= np.maximum(strength.sum(axis=1, keepdims=True), 1e-9)
        rows = np.arange(0, len(part) * near + 1, near)
        graph = csr_array((strength.ravel(), columns.ravel(), rows), shape=(len(part), len(core)))
        result[start : start + _CHUNK] = graph @ steady
    return unit(result)
