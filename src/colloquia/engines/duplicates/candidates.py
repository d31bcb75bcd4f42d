"""Pairs of texts worth comparing: shared anchors and MinHash bands, each joined to one text of a star."""

from __future__ import annotations

import numpy as np
import rensa
from numpy.typing import NDArray

from colloquia.engines.duplicates.shingles import Shingles

PERMUTATIONS = 128
BANDS = 32
ROWS = PERMUTATIONS // BANDS
MINIMUM_ANCHOR_SHARE = 0.08
CLEAR_ANCHOR_SHARE = 0.2
CLEAR_ANCHORS = 8
CROWD = 20
CROWD_OF = 500
MINIMUM_ESTIMATE = 0.28
SIGNATURE_ROWS = 8192

Pairs = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]


def anchor_pairs(shingles: Shingles, eligible: NDArray[np.bool_]) -> Pairs:
    """Join every text to the first text that holds the same anchor.

    Texts must stand in order of preference: the lower index becomes the star's
    centre. Returns centres, others and the share of the centre's anchors that they
    have in common; pairs with a single common anchor are left out.
    """
    usable = eligible[shingles.anchor_owners]
    values, owners = shingles.anchor_values[usable], shingles.anchor_owners[usable]
    own = np.bincount(owners, minlength=eligible.size)
    order = np.argsort(values, kind="stable")
    values, owners = values[order], owners[order]
    new = np.ones(values.size, bool)
    new[1:] = values[1:] != values[:-1]
    # Owners ascend before the stable sort, so the first of a run is the preferred text.
    centre = owners[np.flatnonzero(new)][np.cumsum(new) - 1] if values.size else owners
    repeated = np.zeros(values.size, bool)
    repeated[1:] = ~new[1:] & (owners[1:] == owners[:-1])
    wanted = (centre != owners) & ~repeated
    centres, others, counts = _count_pairs(centre[wanted], owners[wanted], eligible.size)
    share = counts / np.maximum(own[centres], 1)
    # Little in common is enough only for long texts, or where very many have it.
    degree = np.bincount(centres, minlength=eligible.size)[centres]
    crowd = max(CROWD, eligible.size / CROWD_OF)
    kept = (share >= CLEAR_ANCHOR_SHARE) | (counts >= CLEAR_ANCHORS) | (degree >= crowd)
    kept &= (counts >= 2) & (share >= MINIMUM_ANCHOR_SHARE)
    return centres[kept], others[kept], share[kept]


def band_pairs(shingles: Shingles, eligible: NDArray[np.bool_], *, seed: int) -> Pairs:
    """Join every text to the first text in its MinHash buckets (128 permutations, 32 bands of 4).

    Returns centres, others and the estimated Jaccard similarity of the pairs for
    which the signatures let expect enough.
    """
    indices = np.flatnonzero(eligible)
    if indices.size < 2:
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0)
    signatures = _signatures(shingles, indices, seed)
    keys = signatures.reshape(indices.size, BANDS, ROWS)
    found_centres, found_others = [], []
    for band in range(BANDS):
        packed = np.ascontiguousarray(keys[:, band]).view(np.dtype((np.void, 4 * ROWS))).ravel()
        wide = packed.view(np.uint64).reshape(-1, 2)
        mixed = wide[:, 0] * np.uint64(0x9E3779B97F4A7C15) ^ wide[:, 1]
        order = np.argsort(mixed, kind="stable")
        ordered = mixed[order]
        new = np.ones(order.size, bool)
        new[1:] = ordered[1:] != ordered[:-1]
        centre = order[np.flatnonzero(new)][np.cumsum(new) - 1]
        found_centres.append(centre[~new])
        found_others.append(order[~new])
    centres, others, _ = _count_pairs(
        np.concatenate(found_centres), np.concatenate(found_others), indices.size
    )
    estimate = np.empty(centres.size)
    for first in range(0, centres.size, SIGNATURE_ROWS):
        part = slice(first, first + SIGNATURE_ROWS)
        estimate[part] = (signatures[centres[part]] == signatures[others[part]]).mean(axis=1)
    kept = estimate >= MINIMUM_ESTIMATE
    return indices[centres[kept]], indices[others[kept]], estimate[kept]


def minhash(shingles: Shingles, *, seed: int) -> NDArray[np.uint32]:
    """MinHash signatures of all texts, uint32 (n, 128)."""
    return _signatures(shingles, np.arange(shingles.lengths.size), seed)


def _signatures(shingles: Shingles, indices: NDArray[np.int64], seed: int) -> NDArray[np.uint32]:
    """MinHash signatures of the chosen texts, uint32 (n, 128)."""
    signatures = np.empty((indices.size, PERMUTATIONS), np.uint32)
    for first in range(0, indices.size, SIGNATURE_ROWS):
        part = indices[first : first + SIGNATURE_ROWS]
        low, high = int(shingles.starts[part[0]]), int(shingles.starts[part[-1] + 1])
        offsets = shingles.starts[part[0] : part[-1] + 2] - low
        digests = rensa.RMinHash.digest_matrix_from_flat_token_hashes(
            shingles.values[low:high].astype(np.uint64), offsets.astype(np.uint64), PERMUTATIONS, seed
        )
        rows = digests.to_rows()
        signatures[first : first + part.size] = [rows[index] for index in part - part[0]]
    return signatures


def _count_pairs(
    centres: NDArray[np.int64], others: NDArray[np.int64], size: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Distinct pairs with the number of times each was found."""
    keys, counts = np.unique(centres * np.int64(size) + others, return_counts=True)
    return keys // size, keys % size, counts
