"""The letter inside its copies: what a star of texts has in common, and which texts contain it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.duplicates.shingles import Shingles

WINDOW = 24
DENSITY = 0.4
SAMPLE = 64
HOT_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Limits:
    """What counts as an edited letter; lengths in letters (a Han character counts as three).

    A text belongs if it holds ``contained`` of the core's n-grams in dense runs and
    the letter makes up ``member_share`` of it. A core stands if it is ``minimum`` long
    and makes up ``bare_share`` of the text it is read from, or ``embedded_share`` where it is at
    least ``embedded_minimum`` long.
    """

    contained: float = 0.5
    minimum: int = 50
    bare_share: float = 0.5
    embedded_share: float = 0.2
    embedded_minimum: int = 250
    member_share: float = 0.1


@dataclass(frozen=True, slots=True)
class Core:
    """The distinct n-grams of a letter, sorted."""

    values: NDArray[np.uint32]


def read_core(shingles: Shingles, seed: int, others: Sequence[int], limits: Limits) -> Core | None:
    """Read the letter from text ``seed``: the runs that enough of the others repeat; None if too little."""
    own = shingles.of(seed)
    distinct, position = np.unique(own, return_inverse=True)
    sample = list(others)[:SAMPLE]
    document, code, _ = _occurrences(shingles, sample, distinct)
    seen = np.zeros((len(sample), distinct.size), bool)
    seen[document, code] = True
    hot = seen.sum(axis=0) >= max(1.0, HOT_SHARE * len(sample))
    dense = _dense_runs(hot[position], np.array([0, own.size]), shingles.scale[[seed]])
    core = np.unique(position[dense & hot[position]])
    length = float(dense.sum() * shingles.scale[seed])
    share = float(dense.mean()) if own.size else 0.0
    weight = core.size * shingles.scale[seed]
    if length < limits.minimum or weight < limits.minimum / 2:
        return None
    if share < limits.bare_share and (share < limits.embedded_share or length < limits.embedded_minimum):
        return None
    return Core(distinct[core])


def members_of(shingles: Shingles, core: Core, indices: Sequence[int], limits: Limits) -> NDArray[np.bool_]:
    """Which of the texts contain the letter."""
    passed = np.zeros(len(indices), bool)
    for first, last in _chunks(shingles, indices):
        chunk = indices[first:last]
        document, code, flags = _occurrences(shingles, chunk, core.values)
        lengths = shingles.lengths[np.asarray(chunk)]
        bounds = np.concatenate([[0], np.cumsum(lengths)])
        dense = _dense_runs(flags, bounds, shingles.scale[np.asarray(chunk)])
        kept = dense[flags]
        seen = np.zeros((len(chunk), core.values.size), bool)
        seen[document[kept], code[kept]] = True
        contained = seen.sum(axis=1) / core.values.size
        dense_total = np.concatenate([[0], np.cumsum(dense)])
        share = (dense_total[bounds[1:]] - dense_total[bounds[:-1]]) / np.maximum(lengths, 1)
        passed[first:last] = (contained >= limits.contained) & (share >= limits.member_share)
    return passed


def _chunks(shingles: Shingles, indices: Sequence[int]) -> list[tuple[int, int]]:
    """Slices of the texts that keep the working arrays small."""
    bounds = [0]
    size = 0
    for position, length in enumerate(shingles.lengths[np.asarray(indices, np.int64)].tolist()):
        size += length
        if size > 1_000_000 or position - bounds[-1] >= 2000:
            bounds.append(position + 1)
            size = 0
    if bounds[-1] != len(indices):
        bounds.append(len(indices))
    return list(pairwise(bounds))


def _occurrences(
    shingles: Shingles, indices: Sequence[int], wanted: NDArray[np.uint32]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Where the wanted n-grams occur in the concatenated texts.

    Returns, for each occurrence, the position of its text in ``indices`` and of its n-gram in
    ``wanted``; and a flag for each position of the concatenation.
    """
    flat = np.concatenate([shingles.of(index) for index in indices])
    document = np.repeat(np.arange(len(indices)), shingles.lengths[np.asarray(indices)])
    code = np.minimum(np.searchsorted(wanted, flat), wanted.size - 1)
    flags = wanted[code] == flat
    return document[flags], code[flags], flags


def _dense_runs(
    flags: NDArray[np.bool_], bounds: NDArray[np.int64], scale: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Positions around which enough flags are set: a letter's words, not chance repeats of n-grams."""
    lengths = np.diff(bounds)
    half = np.repeat(np.maximum(np.round(WINDOW / scale / 2).astype(np.int64), 2), lengths)
    start, end = np.repeat(bounds[:-1], lengths), np.repeat(bounds[1:], lengths)
    position = np.arange(flags.size)
    low, high = np.maximum(position - half, start), np.minimum(position + half + 1, end)
    total = np.concatenate([[0], np.cumsum(flags)])
    dense: NDArray[np.bool_] = (total[high] - total[low]) >= DENSITY * (high - low)
    return dense
