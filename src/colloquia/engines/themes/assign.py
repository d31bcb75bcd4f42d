"""Texts to given themes: from labels and descriptions alone, better with each reviewed text."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from colloquia.engines.themes.assign_learning import Lines, Trust, learn, sigmoid
from colloquia.engines.themes.assign_sets import best_sets
from colloquia.engines.themes.assign_signals import Matrix, Points, Signals, Vectors

_CHUNK = 2048


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme as people gave it; the description may be empty."""

    label: str
    description: str = ""

    @property
    def views(self) -> tuple[str, str, str]:
        """What the encoder is given of it: the label, the description, both together."""
        both = f"{self.label}: {self.description}" if self.description else self.label
        return self.label, self.description or self.label, both


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Texts whose themes a person has confirmed: ``labels[i]`` are the places of those of text i."""

    vectors: Vectors
    texts: Sequence[str]
    labels: Sequence[Collection[int]]


class ThemeAssigner:
    """Assigns texts to given themes; see ``docs/explanation/theme-mapping.md``.

    ``expected`` is the number of themes a text bears on average, as long as nobody has reviewed
    any. ``sharpness`` turns standardised similarities into log odds. ``smoothing`` is the part of a
    text's similarities that comes from its ``neighbours`` nearest texts of the docket.
    ``strengths`` are the inverse regularisations to choose from. ``prior`` says for how many
    reviewed texts the similarities alone count. Deterministic; a text's result does not depend on
    the texts it is scored with.
    """

    def __init__(
        self,
        *,
        expected: float = 1.5,
        sharpness: float = 2.0,
        smoothing: float = 0.5,
        neighbours: int = 10,
        strengths: Sequence[float] = (3.0, 10.0, 30.0),
        prior: float = 5.0,
        folds: int = 5,
    ) -> None:
        self.expected = expected
        self.sharpness = sharpness
        self.smoothing = smoothing
        self.neighbours = neighbours
        self.strengths = strengths
        self.prior = prior
        self.folds = folds

    def fit(
        self,
        themes: Sequence[Theme],
        theme_vectors: Vectors,
        *,
        vectors: Vectors,
        texts: Sequence[str],
        reviewed: Reviewed | None = None,
    ) -> ThemeAssigner:
        """Learn from themes, the docket and the reviewed texts.

        ``theme_vectors`` (k, 3, d) are those of each theme's ``views``; ``vectors`` (n, d) and
        ``texts`` are the docket, against which similarities are measured (when it is empty, the
        reviewed texts, else the themes). One reviewed text alone changes nothing.
        Raises ValueError where lengths differ, a label is no theme or a vector is not finite.
        """
        from threadpoolctl import threadpool_limits

        _check(themes, theme_vectors, vectors, texts, reviewed)
        with threadpool_limits(1):
            self._fit(themes, theme_vectors, vectors, texts, reviewed)
        return self

    def _fit(
        self,
        themes: Sequence[Theme],
        theme_vectors: Vectors,
        vectors: Vectors,
        texts: Sequence[str],
        reviewed: Reviewed | None,
    ) -> None:
        self.themes_ = tuple(themes)
        self._learned: tuple[Lines, Trust] | None = None
        if not themes:
            return
        together = [theme.views[2] for theme in themes]
        if not len(texts):
            known = reviewed is not None and len(reviewed.texts) > 0
            vectors, texts = (
                (reviewed.vectors, reviewed.texts) if known and reviewed else (theme_vectors[:, 2], together)
            )
        self._signals = Signals(self.smoothing, self.neighbours)
        self._signals.fit(together, theme_vectors, vectors, texts)
        reference = self._signals.reference
        similarities = np.vstack([self._signals.similarities(part) for part in _parts(reference)])
        self._level = _level(self.sharpness * similarities, min(self.expected, len(themes) / 2))
        if reviewed is not None and len(reviewed.texts) > 1:
            labels = np.zeros((len(reviewed.texts), len(themes)), dtype=np.int64)
            for row, own in enumerate(reviewed.labels):
                labels[row, list(own)] = 1
            few = slice(0, None, max(1, len(similarities) // 500))
            self._learned = learn(
                self._signals,
                self._signals.points(reviewed.vectors, reviewed.texts),
                labels,
                strengths=self.strengths,
                folds=self.folds,
                prior=(similarities[few], reference[few], self._unreviewed(similarities[few]), self.prior),
            )

    def scores(self, vectors: Vectors, texts: Sequence[str]) -> Matrix:
        """The probability (n, k) that each text bears each theme."""
        return self._judge(vectors, texts)[0]

    def assign(self, vectors: Vectors, texts: Sequence[str]) -> list[set[int]]:
        """For each text the places of its themes: the set whose F1 is expected to be highest."""
        return best_sets(*self._judge(vectors, texts))

    def _judge(self, vectors: Vectors, texts: Sequence[str]) -> tuple[Matrix, Matrix | None]:
        if len(vectors) != len(texts):
            raise ValueError(f"There are {len(texts)} texts but {len(vectors)} vectors; give one for each.")
        from threadpoolctl import threadpool_limits

        with threadpool_limits(1):
            return self._judged(vectors, texts)

    def _judged(self, vectors: Vectors, texts: Sequence[str]) -> tuple[Matrix, Matrix | None]:
        probabilities = np.zeros((len(texts), len(self.themes_)))
        nothing = np.ones(len(texts))
        if not self.themes_:
            return probabilities, nothing
        for start in range(0, len(texts), _CHUNK):
            rows = slice(start, start + _CHUNK)
            points = self._signals.points(vectors[rows], texts[rows])
            similarities = self._signals.similarities(points)
            if self._learned is None:
                probabilities[rows] = self._unreviewed(similarities)
            else:
                lines, trust = self._learned
                logits = lines.logits(points, similarities)
                probabilities[rows] = trust.probabilities(logits, similarities)
                nothing[rows] = trust.no_theme(logits)
        return probabilities, None if self._learned is None else nothing

    def _unreviewed(self, similarities: Matrix) -> Matrix:
        return sigmoid(self.sharpness * similarities + self._level)


def _parts(points: Points) -> Iterator[Points]:
    for start in range(0, len(points.lengths), _CHUNK):
        yield points[start : start + _CHUNK]


def _level(logits: Matrix, expected: float) -> float:
    """What must be added to log odds for the mean number of themes of a text to be ``expected``."""
    low, high = -30.0, 30.0
    for _ in range(60):
        middle = (low + high) / 2
        if sigmoid(logits + middle).sum(axis=1).mean() > expected:
            high = middle
        else:
            low = middle
    return low


def _check(
    themes: Sequence[Theme],
    theme_vectors: Vectors,
    vectors: Vectors,
    texts: Sequence[str],
    reviewed: Reviewed | None,
) -> None:
    if len(themes) != len(theme_vectors) or (len(themes) and theme_vectors.shape[1] != 3):
        raise ValueError("theme_vectors must hold three vectors for each theme, of its views in their order.")
    if len(vectors) != len(texts):
        raise ValueError(f"There are {len(texts)} texts but {len(vectors)} vectors; give one for each.")
    if not (np.isfinite(theme_vectors).all() and np.isfinite(vectors).all()):
        raise ValueError("A vector holds a value that is not a number; encode its text again.")
    if reviewed is None:
        return
    if not len(reviewed.vectors) == len(reviewed.texts) == len(reviewed.labels):
        raise ValueError("Reviewed texts, their vectors and their labels must be equally many.")
    for row, own in enumerate(reviewed.labels):
        unknown = [label for label in own if not 0 <= label < len(themes)]
        if unknown:
            raise ValueError(
                f"Reviewed text {row} bears theme {unknown[0]}, but there are {len(themes)} themes, from 0."
            )
