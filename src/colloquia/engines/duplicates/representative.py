"""The member of a group that stands for it: closest to the bare letter."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from colloquia.engines.duplicates.cores import likeness
from colloquia.engines.duplicates.folding import fold
from colloquia.engines.duplicates.shingles import Shingles, shingle

SAMPLE = 256


def representative(members_texts: Sequence[str]) -> int:
    """Return the position of the most typical text; the first of several equal ones.

    Typical means holding most of the n-grams that at least half of the texts hold, and little
    else, so the letter without additions wins over one with a preamble.
    """
    if not members_texts:
        raise ValueError("a group without members has no representative")
    return most_typical(shingle([fold(text) for text in members_texts]), range(len(members_texts)))


def most_typical(shingles: Shingles, members: Sequence[int]) -> int:
    """Return the position in ``members`` of the most typical text.

    What half of the texts hold is read from ``SAMPLE`` of them, evenly spaced; every
    member is then compared with it.
    """
    sample = list(members)[:: -(-len(members) // SAMPLE)]
    held = np.sort(np.concatenate([np.unique(shingles.of(index)) for index in sample]))
    starts = np.flatnonzero(np.diff(held, prepend=held[:1] + 1)) if held.size else np.empty(0, np.int64)
    counts = np.diff(np.append(starts, held.size))
    common = held[starts[counts >= max(2, (len(sample) + 1) // 2)]]
    if not common.size:
        return 0
    return int(np.argmax(np.round(likeness(shingles, common, members), 9)))
