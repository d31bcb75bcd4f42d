"""Do the themes stay when a tenth of the messages is missing? Beside k-means on the same vectors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.meaning.centring import centred
from colloquia.engines.themes.core import CORE
from colloquia.engines.themes.discover import discover
from evals.clusters import k_means
from evals.dockets import Consultation, consultations, encode, passages
from evals.rows import Row, absent, bootstrap

TASK = "stability"
TARGET = 0.70
KEPT = 0.9
SAME = "ARI, same seed"
RESAMPLES = 10
_LARGE, _FEWER = 4000, 3


def rows(shared: Path, seed: int) -> list[Row]:
    """Mean adjusted Rand index of each consultation's themes over resamples of its messages."""
    found = [row for source in consultations(shared) for row in _rows_of(source, seed)]
    if not found:
        return [absent(TASK, "real consultations", SAME, TARGET)]
    values = [row.value for row in found if row.measure == SAME]
    interval = bootstrap(values, seed=seed)
    data = f"mean of {len(values)} consultations"
    return [*found, Row(TASK, data, SAME, float(np.mean(values)), *interval, TARGET)]


def resample(owners: NDArray[np.int64], messages: int, seed: int) -> NDArray[np.int64]:
    """Rows of the passages whose messages are in a resample."""
    random = np.random.default_rng(seed)
    kept = np.zeros(messages, dtype=bool)
    kept[random.permutation(messages)[: max(1, round(KEPT * messages))]] = True
    return np.flatnonzero(kept[owners])


def _rows_of(source: Consultation, seed: int) -> list[Row]:
    from sklearn.metrics import adjusted_rand_score

    texts, owners = passages(source.texts)
    vectors = encode(texts)

    def themes(rows: NDArray[np.int64], using: int) -> tuple[NDArray[np.int64], int]:
        part = centred(vectors[rows], [source.language] * len(rows))
        found = discover(part, [texts[row] for row in rows], seed=using, resamples=0)
        return found.labels, found.count

    everything = np.arange(len(texts))
    whole, count = themes(everything, seed)
    samples = [resample(owners, len(source.texts), seed + 1000 + number) for number in range(RESAMPLES)]
    runs = [(SAME, [seed] * RESAMPLES)]
    if len(texts) > CORE:
        runs.append(("ARI, another seed each", [seed + 1 + number for number in range(RESAMPLES)]))
    data = f"{source.name}, {len(texts):,} passages"
    result = []
    for name, seeds in runs:
        again = [themes(kept, using) for kept, using in zip(samples, seeds, strict=True)]
        values = [
            float(adjusted_rand_score(whole[kept], labels))
            for kept, (labels, _) in zip(samples, again, strict=True)
        ]
        counts = [number for _, number in again]
        note = f"{count} themes, {min(counts)}-{max(counts)} in resamples; {(whole < 0).mean():.0%} in none"
        interval = bootstrap(values, seed=seed)
        result.append(Row(TASK, data, name, float(np.mean(values)), *interval, TARGET, note=note))
    fewer = samples[: _FEWER if len(texts) > _LARGE else RESAMPLES]
    plain = centred(vectors, [source.language] * len(texts))
    base = k_means(plain, count, seed)
    values = [
        float(adjusted_rand_score(base[kept], k_means(plain[kept], count, seed + 1 + number)))
        for number, kept in enumerate(fewer)
    ]
    note = f"same vectors, same number, {len(fewer)} resamples"
    interval = bootstrap(values, seed=seed)
    return [*result, Row(TASK, data, "ARI, k-means", float(np.mean(values)), *interval, note=note)]
