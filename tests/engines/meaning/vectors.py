"""Vectors of texts for tests, each text encoded once in a run; and made-up vectors around centres."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from colloquia.engines.meaning import batches
from colloquia.engines.meaning.centring import Vectors, unit

_held: dict[str, Vectors] = {}


def encode(texts: Sequence[str]) -> Vectors:
    """Unit vectors (n, 512) of the default encoder."""
    missing = [text for text in dict.fromkeys(texts) if text not in _held]
    if missing:
        _held.update(zip(missing, batches.encode(missing, encoder="use"), strict=True))
    return np.array([_held[text] for text in texts], dtype=np.float32).reshape(len(texts), 512)


def planted(sizes: Sequence[int], *, seed: int = 0, spread: float = 0.5, dimensions: int = 48):
    """Unit vectors around one random centre for each size, and the number of the centre of each row."""
    random = np.random.default_rng(seed)
    centres = unit(random.normal(size=(len(sizes), dimensions)).astype(np.float32))
    truth = np.repeat(np.arange(len(sizes)), sizes)
    noise = random.normal(size=(len(truth), dimensions)).astype(np.float32) / np.sqrt(dimensions)
    return unit(centres[truth] + np.float32(spread) * noise), truth
