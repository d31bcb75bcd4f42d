"""The letter inside its copies: what a star of texts has in common, and which texts contain it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.duplicates.shingles import COMPACT_WIDTH, WIDTH, Shingles

WINDOW = 24
DENSITY = 0.35
SAMPLE = 64
HOT_SHARE = 0.3
PART = 25
MOST_PARTS = 12
HALF_HELD = 0.5
CHUNK_POSITIONS = 200_000
CHUNK_TEXTS = 2000
TABLE_BITS = 16
LONG = 4000
WIDE_MULTIPLIER = np.uint32(0x9E3779B1)


@dataclass(frozen=True, slots=True)
class Core:
    """A letter: its distinct n-grams (sorted), their order in it, its length, its share of its source.

    Length is in letters; a Han, kana or Hangul character counts as three letters. ``wide``
    says that the n-grams are twice as long: a long text holds most short ones by chance.
    """

    values: NDArray[np.uint32]
    order: NDArray[np.int64]
    length: float
    share: float
    wide: bool


def read_core(shingles: Shingles, seed: int, others: Sequence[int], *, hot_share: float = HOT_SHARE) -> Core:
    """Read the letter from text ``seed``: the runs that enough of the others (nearest first) repeat."""
    wide = int(shingles.lengths[seed]) > LONG
    own = _values(shingles, seed, wide)
    distinct, first, position = np.unique(own, return_index=True, return_inverse=True)
    sample = list(others)[:SAMPLE]
    document, code, _ = _occurrences(shingles, sample, distinct, wide)
    seen = np.zeros((len(sample), distinct.size), bool)
    seen[document, code] = True
    hot = seen.sum(axis=0) >= max(1.0, hot_share * len(sample))
    scale = float(shingles.scale[seed])
    inside = _runs(hot[position], np.array([0, own.size]), shingles.scale[[seed]])
    chosen = np.unique(position[inside & hot[position]])
    # Text that repeats itself is no longer than what it says.
    length = min(float(inside.sum()), 2.0 * chosen.size) * scale + (WIDTH - 1 if chosen.size else 0)
    order = np.empty(chosen.size, np.int64)
    order[np.argsort(first[chosen], kind="stable")] = np.arange(chosen.size)
    return Core(distinct[chosen], order, length, float(inside.mean()) if own.size else 0.0, wide)


def holdings(
    shingles: Shingles, core: Core, indices: Sequence[int]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How much of the letter each text covers, and how much of each text the letter is (0 to 1 each).

    The letter is covered part by part: a part of about ``PART`` n-grams counts whole from
    half of them on, so changed words cost little and a missing paragraph costs itself.
    """
    covered = np.zeros(len(indices))
    share = np.zeros(len(indices))
    size = core.values.size
    parts = max(1, min(MOST_PARTS, size // PART))
    starts = np.arange(parts) * size // parts
    widths = np.diff(np.append(starts, size))
    for low, high in _chunks(shingles, indices) if size else ():
        chunk = np.asarray(indices[low:high])
        document, code, flags = _occurrences(shingles, chunk.tolist(), core.values, core.wide)
        lengths = shingles.lengths[chunk]
        bounds = np.concatenate([[0], np.cumsum(lengths)])
        inside = _runs(flags, bounds, shingles.scale[chunk])
        kept = inside[flags]
        seen = np.zeros((chunk.size, size), bool)
        seen[document[kept], core.order[code[kept]]] = True
        held = np.add.reduceat(seen, starts, axis=1, dtype=np.int32) / widths
        covered[low:high] = np.minimum(1.0, held / HALF_HELD).mean(axis=1)
        total = np.concatenate([[0], np.cumsum(inside)])
        share[low:high] = (total[bounds[1:]] - total[bounds[:-1]]) / np.maximum(lengths, 1)
    return covered, share


def likeness(shingles: Shingles, values: NDArray[np.uint32], indices: Sequence[int]) -> NDArray[np.float64]:
    """How nearly each text is made of the sorted values: F1 of those it holds and those it is made of."""
    score = np.zeros(len(indices))
    for low, high in _chunks(shingles, indices):
        chunk = list(indices[low:high])
        document, code, _ = _occurrences(shingles, chunk, values, False)
        seen = np.zeros((len(chunk), values.size), bool)
        seen[document, code] = True
        held = seen.sum(axis=1) / values.size
        own = np.bincount(document, minlength=len(chunk)) / np.maximum(shingles.lengths[np.asarray(chunk)], 1)
        score[low:high] = 2.0 * held * own / np.maximum(held + own, 1e-12)
    return score


def _chunks(shingles: Shingles, indices: Sequence[int]) -> list[tuple[int, int]]:
    """Slices of the texts that keep the working arrays small."""
    bounds = [0]
    size = 0
    for position, length in enumerate(shingles.lengths[np.asarray(indices, np.int64)].tolist()):
        size += length
        if size > CHUNK_POSITIONS or position - bounds[-1] >= CHUNK_TEXTS:
            bounds.append(position + 1)
            size = 0
    if bounds[-1] != len(indices):
        bounds.append(len(indices))
    return list(pairwise(bounds))


def _occurrences(
    shingles: Shingles, indices: Sequence[int], wanted: NDArray[np.uint32], wide: bool
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Where the wanted n-grams occur in the concatenated texts.

    Returns, for each occurrence, the position of its text in ``indices`` and of its n-gram in
    ``wanted``; and a flag for each position of the concatenation.
    """
    flat = np.concatenate([_values(shingles, index, wide) for index in indices])
    document = np.repeat(np.arange(len(indices)), shingles.lengths[np.asarray(indices)])
    # A table of low bits rules most n-grams out before the search.
    table = np.zeros(1 << TABLE_BITS, bool)
    low_bits = np.uint32((1 << TABLE_BITS) - 1)
    table[wanted & low_bits] = True
    flags = table[flat & low_bits]
    possible = flat[flags]
    code = np.minimum(np.searchsorted(wanted, possible), wanted.size - 1)
    found = wanted[code] == possible
    flags[flags] = found
    return document[flags], code[found], flags


def _values(shingles: Shingles, index: int, wide: bool) -> NDArray[np.uint32]:
    """The n-grams of a text; if ``wide``, each joined with the one that follows it."""
    values = shingles.of(index)
    step = COMPACT_WIDTH if shingles.scale[index] > 2 else WIDTH
    if not wide or values.size <= step:
        return values
    joined = values[:-step] * WIDE_MULTIPLIER ^ values[step:]
    return np.concatenate([joined, values[-step:]])


def _runs(
    flags: NDArray[np.bool_], bounds: NDArray[np.int64], scale: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Positions inside runs where enough flags are set: a letter's words, not chance repeats of n-grams."""
    lengths = np.diff(bounds)
    half = np.repeat(np.maximum(np.round(WINDOW / scale / 2).astype(np.int64), 2), lengths)
    start, end = np.repeat(bounds[:-1], lengths), np.repeat(bounds[1:], lengths)
    position = np.arange(flags.size)
    low, high = np.maximum(position - half, start), np.minimum(position + half + 1, end)
    total = np.concatenate([[0], np.cumsum(flags)])
    dense = (total[high] - total[low]) >= DENSITY * (high - low)
    # A run begins and ends with a flag; a small gap between two flags is a changed word.
    before = np.maximum.accumulate(np.where(flags, position, -1))
    after = np.minimum.accumulate(np.where(flags, position, flags.size)[::-1])[::-1]
    inside: NDArray[np.bool_] = dense & (before >= start) & (after < end) & (after - before <= 2 * half)
    return inside
