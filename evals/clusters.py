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
DATA = "ottensen, German labels"
SEEDS = 5
RESAMPLES = 300
_NOT_LABELS = {"document_id", "title", "text", "url"}
_GENERAL = {"motorized transport", "non-motorized transport", "moving traffic"}
"""Labels that nearly every contribution has beside a more specific one; no row has one label with them."""
Labels = NDArray[np.int64]


def rows(shared: Path, seed: int) -> list[Row]:
    """AMI on contributions with one specific label, BCubed on all that have some; two numbers of themes."""
    path = shared / "data" / "consultations" / "ottensen_de_12labels.csv"
    if not path.exists():
        return [absent(TASK, DATA, "AMI, one label")]
    records = table(path)
    names = [name for name in records[0] if name not in _NOT_LABELS | _GENERAL]
    gold = np.array([[record[name] == "1" for name in names] for record in records])
    texts = [f"{record['title']}\n\n{record['text']}".strip() for record in records]
    vectors = message_vectors(texts)
    steady = centred(vectors, ["de"] * len(texts))
    result = []
    for count in (None, len(names)):
        found = discover(steady, texts, count=count, seed=seed, resamples=0)
        plain = np.stack([k_means(vectors, found.count, seed + n) for n in range(SEEDS)], axis=1)
        data = DATA if count is None else f"{DATA}, {count} themes asked"
        for labels, name, note in (
            (apart(found.labels)[:, None], "themes", f"{found.count} themes"),
            (plain, "k-means", f"{found.count} clusters of plain vectors, mean of {SEEDS} seeds"),
        ):
            result.extend(_figures(data, name, gold, labels, note=note, seed=seed))
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


def half_samples(
    values: np.ndarray, statistic: Callable[[np.ndarray], float], seed: int
) -> tuple[float, float]:
    """95 % interval of `statistic` from halves of the rows drawn without replacement.

    Rows drawn twice, as the bootstrap draws them, agree with themselves and raise an agreement
    of partitions; halves do not, and vary as much as the whole does (delete-half jackknife, Shao
    and Wu, 1989). The interval is that of the halves moved to the figure of the whole.
    """
    random = np.random.default_rng(seed)
    half = len(values) // 2
    drawn = np.array([statistic(values[random.permutation(len(values))[:half]]) for _ in range(RESAMPLES)])
    low, high = np.percentile(drawn - drawn.mean(), [2.5, 97.5]) + statistic(values)
    return float(low), float(high)


def _figures(
    data: str, name: str, gold: NDArray[np.bool_], labels: Labels, *, note: str, seed: int
) -> list[Row]:
    """Rows for one method; ``labels`` (n, r) are its clusters in r runs, of which the mean is taken."""
    from sklearn.metrics import adjusted_mutual_info_score

    one, some = gold.sum(axis=1) == 1, gold.any(axis=1)
    classes = np.column_stack([gold[one].argmax(axis=1), labels[one]])
    matched = np.stack([bcubed(gold[some], column) for column in labels[some].T], axis=1)

    def ami(part: np.ndarray) -> float:
        return float(np.mean([adjusted_mutual_info_score(part[:, 0], column) for column in part[:, 1:].T]))

    def f1(part: np.ndarray) -> float:
        precision, recall = part.mean(axis=0).T
        return float(np.mean(2 * precision * recall / np.maximum(precision + recall, 1e-9)))

    precision, recall = matched.mean(axis=(0, 1))
    parts = f"precision {precision:.3f}, recall {recall:.3f}, {some.sum()} rows"
    return [
        Row(
            TASK, data, f"AMI, one label, {name}", ami(classes),
            *half_samples(classes, ami, seed), note=f"{note}; {one.sum()} rows",
        ),
        Row(
            TASK, data, f"BCubed F1, {name}", f1(matched),
            *bootstrap(matched, f1, seed, RESAMPLES), note=parts,
        ),
    ]  # fmt: skip
