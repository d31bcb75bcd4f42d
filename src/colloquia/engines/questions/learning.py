"""Scores on one question, adjusted by what officers said of some passages."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

ENOUGH = 20
"""Verdicts from which a regression is fitted; with fewer, the scores only shift."""
_EACH = 5
_STEADY = 4.0
_STRENGTH = 0.3
_ANCHORS = 200
_ANCHORED = 10.0


def adjusted(
    scores: Scores, vectors: NDArray[np.float32], rows: NDArray[np.int64], said: NDArray[np.bool_]
) -> Scores:
    """Scores (n,) in [0, 1] after verdicts ``said`` on the passages ``rows``; ``vectors`` are (n, d).

    With fewer than twenty verdicts, or fewer than five of a kind, all log odds shift by one
    number, held near zero as by four verdicts that agree with the scores. With more, a logistic
    regression on log odds and vectors is fitted, and the scores of 200 other passages, of the
    weight of ten verdicts, hold it near what it was.
    """
    logits = _logits(scores)
    kinds = min(int(said.sum()), int((~said).sum()))
    if len(rows) < ENOUGH or kinds < _EACH:
        changed = logits + _shift(logits[rows], said)
    else:
        changed = _regression(logits, vectors, rows, said)
    result: Scores = np.round(1 / (1 + np.exp(-changed)), 4).astype(np.float32)
    return result


def _logits(scores: Scores) -> NDArray[np.float64]:
    bounded = np.clip(scores.astype(np.float64), 1e-4, 1 - 1e-4)
    result: NDArray[np.float64] = np.log(bounded / (1 - bounded))
    return result


def _shift(logits: NDArray[np.float64], said: NDArray[np.bool_]) -> float:
    """The most likely shift of log odds under a normal prior, by Newton's method."""
    shift = 0.0
    for _ in range(30):
        chance = 1 / (1 + np.exp(-(logits + shift)))
        slope = float((said - chance).sum()) - _STEADY * shift
        shift += slope / (float((chance * (1 - chance)).sum()) + _STEADY)
    return shift


def _regression(
    logits: NDArray[np.float64],
    vectors: NDArray[np.float32],
    rows: NDArray[np.int64],
    said: NDArray[np.bool_],
) -> NDArray[np.float64]:
    from sklearn.linear_model import LogisticRegression

    features = np.column_stack([logits, vectors - vectors.mean(axis=0)])
    others = np.setdiff1d(np.arange(len(logits)), rows)
    anchors = others[np.unique(np.linspace(0, len(others) - 1, min(_ANCHORS, len(others))).astype(int))]
    chance = 1 / (1 + np.exp(-logits[anchors]))
    each = _ANCHORED / max(len(anchors), 1)
    model = LogisticRegression(C=_STRENGTH, max_iter=300).fit(
        features[np.concatenate([rows, anchors, anchors])],
        np.concatenate([said, np.ones(len(anchors), bool), np.zeros(len(anchors), bool)]),
        sample_weight=np.concatenate([np.ones(len(rows)), each * chance, each * (1 - chance)]),
    )
    result: NDArray[np.float64] = model.decision_function(features)
    return result
