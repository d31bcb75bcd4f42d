"""How near a text is to each given theme, before anybody has reviewed one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.meaning.centring import unit

Matrix = NDArray[np.float64]
Vectors = NDArray[np.float32]

SHARED_SCRIPT = 0.25
"""Weight of the character n-grams beside the meaning where two texts are compared."""
_REFERENCE = 2000


@dataclass(frozen=True, slots=True)
class Points:
    """Texts ready to be compared: centred unit vectors, TF-IDF rows and the lengths of those, centred."""

    meaning: Vectors
    grams: Any
    lengths: Matrix

    def __getitem__(self, rows: Any) -> Points:
        return Points(self.meaning[rows], self.grams[rows], self.lengths[rows])


class Signals:
    """Similarity of texts to themes, measured against a docket.

    Vectors lose the docket's mean and theme vectors their own, since a theme is told from the
    other themes and a text from the other texts; the rows of character 3- to 5-gram TF-IDF too.
    A text then takes over part of the similarities of its nearest texts of the docket.
    """

    def __init__(self, smoothing: float, neighbours: int) -> None:
        self.smoothing = smoothing
        self.neighbours = neighbours

    def fit(
        self, themes: Sequence[str], theme_vectors: Vectors, vectors: Vectors, texts: Sequence[str]
    ) -> None:
        """``theme_vectors`` (k, views, d); of a docket over 2,000 texts an even sample is held."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        held = np.unique(np.linspace(0, len(texts) - 1, min(len(texts), _REFERENCE)).astype(int))
        texts = [texts[row] for row in held]
        self._grams = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, dtype=np.float32
        )
        self._grams.fit([*texts, *themes, "none"])
        self._vector_mean = vectors[held].mean(axis=0)
        self._gram_mean = np.asarray(self._grams.transform(texts).mean(axis=0))[0].astype(np.float64)
        self.held = held
        self.reference = self.points(vectors[held], texts)
        # With one or two themes their own mean would take away what they are about.
        alone = len(themes) < 3
        means = self._vector_mean if alone else theme_vectors.mean(axis=0, keepdims=True)
        self.views = [unit((theme_vectors - means)[:, view]) for view in range(theme_vectors.shape[1])]
        self._theme_grams = self._grams.transform(themes)
        self._theme_gram_mean = (
            self._gram_mean if alone else np.asarray(self._theme_grams.mean(axis=0))[0].astype(np.float64)
        )
        self.theme_points = [
            Points(view, self._theme_grams, _lengths(self._theme_grams, self._gram_mean))
            for view in self.views
        ]
        plain = self._plain(self.reference)
        self._columns = (plain.mean(axis=0), plain.std(axis=0) + 1e-9) if alone else None
        self._reference_similarities = plain

    def points(self, vectors: Vectors, texts: Sequence[str]) -> Points:
        """Texts with their vectors (n, d), made comparable."""
        grams = self._grams.transform(texts)
        return Points(unit(vectors - self._vector_mean), grams, _lengths(grams, self._gram_mean))

    def similarities(self, points: Points) -> Matrix:
        """(n, k), each row standardised: how far a theme stands out among the themes of a text."""
        plain = self._plain(points)
        if self.smoothing and len(self.reference.meaning) > 1:
            plain = (1 - self.smoothing) * plain + self.smoothing * self._near(points)
        if self._columns is not None:
            middle, spread = self._columns
        else:
            middle, spread = plain.mean(axis=1, keepdims=True), plain.std(axis=1, keepdims=True)
        standard: Matrix = (plain - middle) / np.maximum(spread, 1e-9)
        return standard

    def kernel(self, some: Points, others: Points) -> Matrix:
        """Similarity of texts to texts (n, m): cosine of meaning and a quarter of that of the n-grams."""
        meaning = (some.meaning @ others.meaning.T).astype(np.float64)
        grams = _cosine(some, others.grams, others.lengths, self._gram_mean, self._gram_mean)
        result: Matrix = meaning + SHARED_SCRIPT * grams
        return result

    def _plain(self, points: Points) -> Matrix:
        meaning = np.mean([points.meaning @ view.T for view in self.views], axis=0)
        lengths = _lengths(self._theme_grams, self._theme_gram_mean)
        result: Matrix = meaning + _cosine(
            points, self._theme_grams, lengths, self._gram_mean, self._theme_gram_mean
        )
        return result

    def _near(self, points: Points) -> Matrix:
        kernel = self.kernel(points, self.reference)
        # The text itself, and its exact copies, would add nothing.
        kernel[kernel > (1 + SHARED_SCRIPT) * 0.9999] = 0.0
        count = min(self.neighbours, kernel.shape[1])
        nearest = np.sort(np.argpartition(-kernel, count - 1, axis=1)[:, :count], axis=1)
        weights = np.maximum(np.take_along_axis(kernel, nearest, axis=1), 1e-6)
        weights /= weights.sum(axis=1, keepdims=True)
        near: Matrix = np.einsum("nj,njk->nk", weights, self._reference_similarities[nearest])
        return near


def _lengths(grams: Any, mean: Matrix) -> Matrix:
    squares = np.asarray(grams.multiply(grams).sum(axis=1)).ravel() - 2 * (grams @ mean) + mean @ mean
    lengths: Matrix = np.sqrt(np.maximum(squares, 1e-12))
    return lengths


def _cosine(some: Points, grams: Any, lengths: Matrix, mean: Matrix, other_mean: Matrix) -> Matrix:
    """Cosine of centred TF-IDF rows without ever making them dense."""
    product = np.asarray((some.grams @ grams.T).todense(), dtype=np.float64)
    product -= (some.grams @ other_mean)[:, None]
    product -= (grams @ mean)[None]
    product += float(mean @ other_mean)
    cosine: Matrix = product / some.lengths[:, None] / lengths[None]
    return cosine
