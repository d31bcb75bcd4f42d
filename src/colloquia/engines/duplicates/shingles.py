"""Texts as hashed character n-grams in flat arrays, and the anchors that find shared blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.duplicates.folding import COMPACT_RANGES

Array = NDArray[np.generic]

WIDTH = 5
COMPACT_WIDTH = 3
ANCHOR_STEP = 7
COMPACT_ANCHOR_STEP = 3
ANCHOR_RATE = 4
BATCH_CHARACTERS = 200_000

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_MIXER = np.uint64(0xD6E8FEB86659FD93)


@dataclass(frozen=True, slots=True)
class Shingles:
    """Character n-grams of n texts, and their sampled anchors.

    ``values[starts[i]:starts[i + 1]]`` are the uint32 hashes of text i in order: five
    characters, or three where the first is Han, kana or Hangul. ``scale[i]`` (1 to 3)
    says how many letters one position of text i is worth. ``anchor_values`` (uint64)
    and ``anchor_owners`` are a quarter, chosen by hash, of the runs of twelve (six)
    characters.
    """

    values: NDArray[np.uint32]
    starts: NDArray[np.int64]
    scale: NDArray[np.float64]
    anchor_values: NDArray[np.uint64]
    anchor_owners: NDArray[np.int64]

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Number of n-grams of each text, int64 (n,)."""
        return np.diff(self.starts)

    def of(self, index: int) -> NDArray[np.uint32]:
        """The n-gram hashes of one text, in order."""
        return self.values[self.starts[index] : self.starts[index + 1]]


def shingle(folded: Sequence[str]) -> Shingles:
    """Hash the n-grams of folded texts. Linear in characters; nothing is cut, however long."""
    values: list[NDArray[np.uint32]] = [np.empty(0, np.uint32)]
    counts: list[NDArray[np.int64]] = [np.zeros(1, np.int64)]
    scales: list[NDArray[np.float64]] = [np.empty(0)]
    anchors: list[NDArray[np.uint64]] = [np.empty(0, np.uint64)]
    owners: list[NDArray[np.int64]] = [np.empty(0, np.int64)]
    for first, batch in _batches(folded):
        value, count, scale, anchor, owner = _shingle_batch(batch)
        values.append(value)
        counts.append(count)
        scales.append(scale)
        anchors.append(anchor)
        owners.append(owner + first)
    return Shingles(
        values=np.concatenate(values),
        starts=np.cumsum(np.concatenate(counts)),
        scale=np.concatenate(scales),
        anchor_values=np.concatenate(anchors),
        anchor_owners=np.concatenate(owners),
    )


def _batches(folded: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    first, size = 0, 0
    for index, text in enumerate(folded):
        size += len(text) + WIDTH
        if size >= BATCH_CHARACTERS:
            yield first, folded[first : index + 1]
            first, size = index + 1, 0
    if first < len(folded):
        yield first, folded[first:]


def _shingle_batch(
    batch: Sequence[str],
) -> tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.float64], NDArray[np.uint64], NDArray[np.int64]]:
    # Folded texts hold no control characters, so NUL can stand between them.
    padding = "\0" * WIDTH
    joined = padding.join(batch) + padding
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    sizes = np.fromiter(map(len, batch), np.int64, len(batch))
    owner = np.repeat(np.arange(len(batch)), sizes + WIDTH)
    total = codes.size
    padded = np.concatenate([codes, np.zeros(WIDTH, np.uint32)]).astype(np.uint64)
    narrow = padded[:total]
    for offset in range(1, COMPACT_WIDTH):
        narrow = narrow * _MULTIPLIER + padded[offset : offset + total]
    hashed = narrow
    for offset in range(COMPACT_WIDTH, WIDTH):
        hashed = hashed * _MULTIPLIER + padded[offset : offset + total]
    compact = _compact(codes) if not joined.isascii() else np.zeros(0, bool)
    last: NDArray[np.uint64] = padded[WIDTH - 1 :][:total]
    step: NDArray[np.int64] | int = ANCHOR_STEP
    if compact.any():
        hashed = np.where(compact, narrow, hashed)
        last = np.where(compact, padded[COMPACT_WIDTH - 1 :][:total], last)
        step = np.where(compact, COMPACT_ANCHOR_STEP, ANCHOR_STEP)
    hashed = _mix(hashed)
    valid = (codes != 0) & (last != 0)
    other = np.minimum(np.arange(total) + step, total - 1)
    anchor = _mix(hashed * _MULTIPLIER + hashed[other])
    anchored = np.flatnonzero((anchor % np.uint64(ANCHOR_RATE)) == 0)
    anchored = anchored[valid[anchored] & valid[other[anchored]]]
    anchored = anchored[owner[anchored] == owner[other[anchored]]]
    count = np.bincount(owner[valid], minlength=len(batch)).astype(np.int64)
    scale = np.ones(len(batch))
    if compact.any():
        scale += 2.0 * np.bincount(owner[valid & compact], minlength=len(batch)) / np.maximum(count, 1)
    values = (hashed[valid] >> np.uint64(32)).astype(np.uint32)
    return values, count, scale, anchor[anchored], owner[anchored]


def _compact(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    compact = np.zeros(codes.size, bool)
    for low, high in COMPACT_RANGES:
        compact |= (codes >= low) & (codes <= high)
    return compact


def _mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    values = (values ^ (values >> np.uint64(32))) * _MIXER
    values = (values ^ (values >> np.uint64(32))) * _MIXER
    return values ^ (values >> np.uint64(32))
