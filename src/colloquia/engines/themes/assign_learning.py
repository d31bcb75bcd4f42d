"""What reviewed texts teach: a logistic regression for each theme, and how far to trust it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.themes.assign_signals import Matrix, Points, Signals

Labels = NDArray[np.int64]

_SIMILARITIES = 0.3
_DESCRIPTION = 0.3
_LANDMARKS = 1000
_CHOOSE_FROM = 20
_RARE = -4.0


class Lines:
    """One logistic regression for each theme on meaning, n-grams and similarities to all themes.

    Every theme's views are examples of it with a weight of 0.3, so a theme that no reviewed text
    bears can be learned too. The features are those of the kernel of at most 1,000 landmarks.
    """

    def __init__(self, signals: Signals, strength: float) -> None:
        self.signals = signals
        self.strength = strength

    def fit(self, points: Points, similarities: Matrix, labels: Labels) -> Lines:
        """``labels`` (n, k) of zeros and ones."""
        from sklearn.linear_model import LogisticRegression

        themes = labels.shape[1]
        held = np.unique(np.linspace(0, len(labels) - 1, min(len(labels), _LANDMARKS)).astype(int))
        self._landmarks = [points[held], *self.signals.theme_points]
        self._whitening = np.eye(0)
        own = np.vstack([self._kernel(group) for group in self._landmarks])
        values, directions = np.linalg.eigh((own + own.T) / 2)
        kept = values > 1e-6 * values.max()
        self._whitening = directions[:, kept] / np.sqrt(values[kept])
        same = np.eye(themes)
        spread = max(float(same[0].std()), 1e-9)
        standing = (same - 1 / themes) / spread if themes > 2 else same
        views = len(self.signals.theme_points)
        rows = np.vstack(
            [
                self._features(points, similarities),
                *[self._features(group, standing) for group in self.signals.theme_points],
            ]
        )
        answers = np.vstack([labels, *[np.eye(themes, dtype=np.int64)] * views])
        weights = np.concatenate([np.ones(len(labels)), np.full(views * themes, _DESCRIPTION)])
        self._slopes = np.zeros((themes, rows.shape[1]))
        self._levels = np.zeros(themes)
        for theme in range(themes):
            answer = answers[:, theme]
            if answer.min() == answer.max():
                self._levels[theme] = -_RARE if answer[0] else _RARE
                continue
            model = LogisticRegression(C=self.strength, tol=1e-3, max_iter=200)
            model.fit(rows, answer, sample_weight=weights)
            self._slopes[theme] = model.coef_[0]
            self._levels[theme] = model.intercept_[0]
        return self

    def logits(self, points: Points, similarities: Matrix) -> Matrix:
        """(n, k) log odds, too bold to be probabilities."""
        logits: Matrix = self._features(points, similarities) @ self._slopes.T + self._levels
        return logits

    def _kernel(self, points: Points) -> Matrix:
        return np.hstack([self.signals.kernel(points, group) for group in self._landmarks])

    def _features(self, points: Points, similarities: Matrix) -> Matrix:
        return np.hstack([self._kernel(points) @ self._whitening, _SIMILARITIES * similarities])


@dataclass(frozen=True, slots=True)
class Trust:
    """Weights that turn log odds and similarities into probabilities, the same for all themes."""

    line: float
    similarity: float
    level: float
    nothing: tuple[float, ...]

    def probabilities(self, logits: Matrix, similarities: Matrix) -> Matrix:
        """(n, k), calibrated on texts that the regressions had not seen."""
        return sigmoid(self.line * logits + self.similarity * similarities + self.level)

    def no_theme(self, logits: Matrix) -> Matrix:
        """(n,) the probability that a text bears none of the themes."""
        level, highest, mean = (*self.nothing, 0.0, 0.0)[:3]
        return sigmoid(level + highest * logits.max(axis=1) + mean * logits.mean(axis=1))


def learn(
    signals: Signals,
    points: Points,
    labels: Labels,
    *,
    strengths: Sequence[float],
    folds: int,
    prior: tuple[Matrix, Points, Matrix, float],
) -> tuple[Lines, Trust]:
    """The regressions on all reviewed texts, and their trust from those held out in turn.

    ``prior`` is what is known without review: similarities, points and probabilities of texts of the
    docket, and for how many reviewed texts they count together. At least two reviewed texts.
    """
    similarities = signals.similarities(points)
    count = len(labels)
    order = np.random.default_rng(0).permutation(count)
    parts = [order[part :: min(folds, count)] for part in range(min(folds, count))]
    chosen: tuple[float, float, Matrix] | None = None
    for strength in strengths if count >= _CHOOSE_FROM else strengths[len(strengths) // 2 :][:1]:
        unseen = np.zeros(labels.shape)
        for part in parts:
            rest = np.setdiff1d(order, part)
            lines = Lines(signals, strength).fit(points[rest], similarities[rest], labels[rest])
            unseen[part] = lines.logits(points[part], similarities[part])
        loss = _trust(unseen, similarities, labels)[1]
        if chosen is None or loss < chosen[0]:
            chosen = (loss, strength, unseen)
    assert chosen is not None  # noqa: S101 -- strengths is never empty
    lines = Lines(signals, chosen[1]).fit(points, similarities, labels)
    known, known_points, probabilities, weight = prior
    extra = (lines.logits(known_points, known), known, probabilities, weight)
    weights, _ = _trust(chosen[2], similarities, labels, extra)
    return lines, Trust(*weights, _no_theme(chosen[2], labels))


def _trust(
    logits: Matrix,
    similarities: Matrix,
    labels: Labels,
    extra: tuple[Matrix, Matrix, Matrix, float] | None = None,
) -> tuple[tuple[float, float, float], float]:
    """Weights of log odds and similarity and the level, with the mean log loss they leave."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import log_loss

    rows = np.column_stack([logits.ravel(), similarities.ravel()])
    answers = labels.ravel()
    weights = np.ones(len(rows))
    if extra is not None:
        more = np.column_stack([extra[0].ravel(), extra[1].ravel()])
        share = extra[2].ravel()
        each = extra[3] / len(extra[0])
        rows = np.vstack([rows, more, more])
        answers = np.concatenate([answers, np.ones(len(more)), np.zeros(len(more))])
        weights = np.concatenate([weights, each * share, each * (1 - share)])
    if answers.min() == answers.max():
        return (0.0, 0.0, -_RARE if answers[0] else _RARE), 0.0
    model = LogisticRegression().fit(rows, answers, sample_weight=weights)
    loss = log_loss(answers, model.predict_proba(rows)[:, 1], sample_weight=weights, labels=[0, 1])
    return (float(model.coef_[0, 0]), float(model.coef_[0, 1]), float(model.intercept_[0])), float(loss)


def _no_theme(logits: Matrix, labels: Labels) -> tuple[float, ...]:
    """A regression on the highest and the mean log odds; the bare share where it was seen too rarely."""
    from sklearn.linear_model import LogisticRegression

    none = labels.sum(axis=1) == 0
    seen = int(none.sum())
    if min(seen, len(none) - seen) < 2:
        share = (seen + 0.5) / (len(none) + 5)
        return (float(np.log(share / (1 - share))),)
    model = LogisticRegression().fit(np.column_stack([logits.max(axis=1), logits.mean(axis=1)]), none)
    return float(model.intercept_[0]), float(model.coef_[0, 0]), float(model.coef_[0, 1])


def sigmoid(values: Matrix) -> Matrix:
    """Log odds to probabilities."""
    result: Matrix = 1 / (1 + np.exp(-np.clip(values, -30, 30)))
    return result
