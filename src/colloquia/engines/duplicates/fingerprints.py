"""Fingerprints by which one new text finds the same and nearly the same among texts that came before it.

For texts that arrive one by one; ``grouping`` compares a whole docket at once.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

from colloquia.engines.duplicates.candidates import minhash
from colloquia.engines.duplicates.folding import fold
from colloquia.engines.duplicates.shingles import shingle

SEED = 0
BANDS = 8
SHORTEST = 60
"""Characters of a folded text; shorter ones are alike by chance."""
ALIKE = 0.8
"""Share of n-grams in common from which two texts are nearly the same."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """``exact`` is a hash of the folded text; nearly the same texts share at least one of ``bands``.

    All are hexadecimal, 32 characters. Empty where the text is too short to be compared.
    """

    exact: str = ""
    bands: tuple[str, ...] = ()


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of a text. Linear in its length; the same on every machine."""
    folded = fold(text)
    if len(folded) < SHORTEST:
        return Fingerprint()
    signature = minhash(shingle([folded]), seed=SEED)[0].reshape(BANDS, -1)
    bands = tuple(
        hashlib.sha256(bytes([place]) + row.astype("<u4").tobytes()).hexdigest()[:32]
        for place, row in enumerate(signature)
    )
    return Fingerprint(hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:32], bands)


def alike(one: str, other: str) -> float:
    """The share of n-grams that two texts have in common (Jaccard), 0 to 1."""
    shingles = shingle([fold(one), fold(other)])
    first, second = np.unique(shingles.of(0)), np.unique(shingles.of(1))
    common = np.intersect1d(first, second, assume_unique=True).size
    return float(common / max(1, first.size + second.size - common))
