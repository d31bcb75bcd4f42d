"""The plain share of codings that are the same, which counts agreement by chance as agreement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from itertools import combinations

import numpy as np

from colloquia.engines.agreement.comparison import Comparison, compare
from colloquia.engines.agreement.records import Agreement, Coding
from colloquia.engines.agreement.resampling import RESAMPLES, Floats, measured


def percentage_agreement(
    codings: Iterable[Coding],
    *,
    machine: Mapping[str, AbstractSet[str] | None] | None = None,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> Agreement:
    """Mean over units of the share of pairs of coders who gave exactly the same set, 0.0 to 1.0."""
    return share_of(compare(codings, machine), seed=seed, resamples=resamples)


def share_of(comparison: Comparison, *, seed: int, resamples: int) -> Agreement:
    """The same of codings that already stand side by side."""
    shares = np.array(
        [
            np.mean([one == other for answers in groups for one, other in combinations(answers, 2)])
            for groups in comparison.units
        ]
    )

    def statistic(weights: Floats) -> Floats:
        result: Floats = weights @ shares / weights.sum(axis=1)
        return result

    return measured("percentage agreement", comparison, statistic, seed=seed, resamples=resamples)
