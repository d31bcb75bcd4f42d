"""The member of a group that stands for it: closest to the bare letter."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from colloquia.engines.duplicates.folding import fold
from colloquia.engines.duplicates.shingles import shingle


def representative(members_texts: Sequence[str]) -> int:
    """Return the position of the most typical text; the first of several equal ones.

    Typical means holding most of the n-grams that at least half of the texts hold, and little
    else, so the letter without additions wins over one with a preamble.
    """
    if not members_texts:
        raise ValueError("a group without members has no representative")
    folded = [fold(text) for text in members_texts]
    shingles = shingle(folded)
    owner = np.repeat(np.arange(len(folded), dtype=np.int64), shingles.lengths)
    keys = np.unique((owner.astype(np.uint64) << np.uint64(32)) | shingles.values)
    owner = (keys >> np.uint64(32)).astype(np.int64)
    _, code, frequency = np.unique(keys & np.uint64(0xFFFFFFFF), return_inverse=True, return_counts=True)
    common = frequency >= max(2, (len(folded) + 1) // 2)
    size = np.bincount(owner, minlength=len(folded))
    held = np.bincount(owner[common[code]], minlength=len(folded))
    score = 2.0 * held / np.maximum(size + int(common.sum()), 1)
    return int(np.argmax(score))
