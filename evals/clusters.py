"""Themes against the labels that people gave to German contributions, beside k-means on plain vectors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.meaning.centring import centred
from colloquia.engines.themes.discover import discover
from evals.dockets import message_vectors, table
from evals.rows import Row, absent, bootstrap

TASK = "clusters"
DATA = "ottensen, 12 German labels"
SEEDS = 5
RESAMPLES = 300
Labels = NDArray[np.int64]


def rows(shared: Path, seed: int) -> list[Row]:
    """AMI on contributions with one label, BCubed on all; automatic count and the count of labels."""
    path = shared / "data" / "consultations" / "ottensen_de_12labels.csv"
    if not path.exists():
        return [absent(TASK, DATA, "AMI")]
    records = table(path)
    names = [name for name in records[0] if name not in {"document_id", "title", "text", "url"}]
    gold = np.array([[record[name] == "1" for name in names] for record in records])
    texts = [f"{record['title']}\n\n{record['text']}".strip() for record in records]
    kept = gold.any(axis=1)
    gold, vectors = (
        gold[kept],
        message_vectors([text for text, keep in zip(texts, kept, strict=True) if keep]),
    )
    texts = [text for text, keep in zip(texts, kept, strict=True) if keep]
    steady = centred(vectors, ["de"] * len(texts))
    result = []
    for count in (None, len(names)):
        found = discover(steady, texts, count=count, seed=seed, resamples=0)
        plain = np.stack([k_means(vectors, found.count, seed + n) for n in range(SEEDS)], axis=1)
        wanted = "automatic count" if count is None else f"{count} asked"
        data = f"{DATA}, {wanted}"
        ours = apart(found.labels)[:, None]
        result.extend(_compared(data, "AMI, one label", gold, (ours, plain, found.count), _ami, seed))
        result.extend(_compared(data, "BCubed F1", gold, (ours, plain, found.count), _bcubed, seed))
    return result


def k_means(vectors: NDArray[np.float32], count: int, seed: int) -> Labels:
    """Labels (n,) of ordinary k-means, one start."""
    from sklearn.cluster import KMeans

    labels: Labels = KMeans(count, n_init=1, random_state=seed).fit_predict(vectors).astype(np.int64)
    return labels


def apart(labels: Labels) -> Labels:
    """The same labels with each row in no theme (-1) in a cluster of its own."""
    alone = labels < 0
    result = labels.copy()
    result[alone] = labels.max(initial=0) + 1 + np.arange(int(alone.sum()))
    return result


def bcubed(gold: NDArray[np.bool_], labels: Labels) -> NDArray[np.float64]:
    """Precision and recall (n, 2) of each row against several gold labels a row (n, m).

    Extended BCubed for one cluster and several labels a row (Amigo et al., 2009): a pair in
    one cluster is worth 1 over the number of labels shared only if it shares any.
    """
    shared = gold.astype(np.int64) @ gold.T.astype(np.int64)
    clustered = (labels[:, None] == labels[None, :]).astype(np.int64)
    both = np.minimum(shared, clustered)
    precision = both.sum(axis=1) / clustered.sum(axis=1)
    recall = np.where(shared > 0, both / np.maximum(shared, 1), 0.0).sum(axis=1) / (shared > 0).sum(axis=1)
    return np.stack([precision, recall], axis=1)


def _ami(gold: NDArray[np.bool_], labels: Labels) -> tuple[NDArray[np.int64], Callable[[np.ndarray], float]]:
    from sklearn.metrics import adjusted_mutual_info_score

    one = gold.sum(axis=1) == 1
    values = np.column_stack([gold[one].argmax(axis=1), labels[one]])

    def mean(part: np.ndarray) -> float:
        return float(np.mean([adjusted_mutual_info_score(part[:, 0], column) for column in part[:, 1:].T]))

    return values, mean


def _bcubed(
    gold: NDArray[np.bool_], labels: Labels
) -> tuple[NDArray[np.float64], Callable[[np.ndarray], float]]:
    values = np.stack([bcubed(gold, column) for column in labels.T], axis=1)

    def mean(part: np.ndarray) -> float:
        precision, recall = part.mean(axis=0).T
        return float(np.mean(2 * precision * recall / np.maximum(precision + recall, 1e-9)))

    return values, mean


def _compared(
    data: str,
    measure: str,
    gold: NDArray[np.bool_],
    labels: tuple[Labels, Labels, int],
    prepare: Callable[..., tuple[np.ndarray, Callable[[np.ndarray], float]]],
    seed: int,
) -> list[Row]:
    ours, plain, count = labels
    result = []
    for name, part, note in (
        ("themes", ours, f"{count} themes"),
        ("k-means", plain, f"same number, plain vectors, mean of {SEEDS} seeds"),
    ):
        values, statistic = prepare(gold, part)
        interval = bootstrap(values, statistic, seed, RESAMPLES)
        result.append(
            Row(
                TASK,
                data,
                f"{measure}, {name}",
                statistic(values),
                *interval,
                note=f"{note}; {len(values)} rows",
            )
        )
    return result
