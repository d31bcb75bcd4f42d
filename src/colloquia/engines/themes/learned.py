"""What an earlier run and its officers teach about themes: probabilities for passages, new and old."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.meaning.centring import unit
from colloquia.engines.themes.assign import Reviewed, Theme, ThemeAssigner
from colloquia.engines.themes.core import draw

Vectors = NDArray[np.float32]
Matrix = NDArray[np.float64]

MEMBERS = 1500
"""Earlier members that are learned from at most, drawn by the hashes of their texts."""
_MEMBER, _VIEW, _STRENGTH = 0.1, 0.3, 10.0
_SAID = 0.5
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Examples:
    """Texts with vectors (n, d) and the theme of each as its place, -1 for none of them."""

    vectors: Vectors
    texts: Sequence[str]
    labels: NDArray[np.int64]


class LearnedThemes:
    """Probabilities of themes from reviewed passages and, with a tenth of their weight, earlier members.

    Half of a probability comes from a softmax regression on vectors over both kinds, half from
    ``ThemeAssigner`` on the reviewed ones and the names of the themes, which reads words too and
    is right more often where there are few examples. Without two reviewed passages only the
    former is asked. How well it does is printed by ``make eval``. Deterministic.
    """

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed

    def fit(
        self,
        themes: Sequence[Theme],
        *,
        reviewed: Examples,
        members: Examples,
        docket: tuple[Vectors, Sequence[str]],
        encode: Callable[[Sequence[str]], Vectors],
    ) -> LearnedThemes:
        """``docket`` (vectors, texts) is what similarities are measured against; all vectors are centred."""
        views = encode([view for theme in themes for view in theme.views]).reshape(len(themes), 3, -1)
        self._count = len(themes)
        self._fit_line(views[:, 2], reviewed, members)
        self._assigner: ThemeAssigner | None = None
        if len(reviewed.texts) >= _FEWEST:
            known = Reviewed(
                reviewed.vectors,
                reviewed.texts,
                [[int(label)] if label >= 0 else [] for label in reviewed.labels],
            )
            self._assigner = ThemeAssigner(expected=1.0).fit(
                themes, views, vectors=docket[0], texts=docket[1], reviewed=known
            )
        return self

    def _fit_line(self, views: Vectors, reviewed: Examples, members: Examples) -> None:
        from sklearn.linear_model import LogisticRegression

        placed = np.flatnonzero(reviewed.labels >= 0)
        drawn = draw(members.texts, self.seed, MEMBERS)
        rows = np.vstack([reviewed.vectors[placed], members.vectors[drawn], unit(views - views.mean(axis=0))])
        labels = np.concatenate([reviewed.labels[placed], members.labels[drawn], np.arange(len(views))])
        weights = np.repeat([1.0, _MEMBER, _VIEW], [len(placed), len(drawn), len(views)])
        self._line = None
        if self._count > 1:
            self._line = LogisticRegression(C=_STRENGTH, max_iter=300, tol=1e-3).fit(
                rows, labels, sample_weight=weights
            )

    def by_meaning(self, vectors: Vectors) -> Matrix:
        """Probabilities (n, k) from vectors alone: quick, for any number of passages."""
        if self._line is None or not len(vectors):
            return np.ones((len(vectors), self._count))
        found: Matrix = self._line.predict_proba(vectors)
        return found

    def probabilities(self, vectors: Vectors, texts: Sequence[str]) -> Matrix:
        """Probabilities (n, k) from all that was learned."""
        found = self.by_meaning(vectors)
        if self._assigner is None or self._line is None or not len(vectors):
            return found
        said: Matrix = self._assigner.scores(vectors, texts)
        return (1 - _SAID) * found + _SAID * said
