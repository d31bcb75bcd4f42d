"""Krippendorff's alpha for sets of codes: agreement beyond chance for any number of coders, with gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

import numpy as np

from colloquia.engines.agreement.comparison import Comparison, compare
from colloquia.engines.agreement.distances import Metric, distances
from colloquia.engines.agreement.records import Agreement, Coding
from colloquia.engines.agreement.resampling import RESAMPLES, Floats, measured


def krippendorff_alpha(
    codings: Iterable[Coding],
    *,
    metric: Metric = "masi",
    machine: Mapping[str, AbstractSet[str] | None] | None = None,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> Agreement:
    """Alpha of set-valued codings under ``metric``, with an interval over units.

    1.0 is full agreement, 0.0 what chance gives, less is disagreement by system. With ``machine`` (codes by
    unit) each person is compared with the machine instead, and the result says so.
    Alpha = 1 - observed / expected disagreement; Krippendorff, Content Analysis, on reliability.
    Raises ``ValueError`` for an unknown metric and where a coder coded a unit twice.
    """
    return alpha_of(compare(codings, machine), metric, seed=seed, resamples=resamples)


def alpha_of(comparison: Comparison, metric: Metric, *, seed: int, resamples: int) -> Agreement:
    """Alpha of codings that already stand side by side."""
    measure = f"Krippendorff's alpha, {metric}"
    sets = sorted(
        {codes for groups in comparison.units for answers in groups for codes in answers}, key=sorted
    )
    between = distances(sets, metric)
    place = {codes: column for column, codes in enumerate(sets)}
    observed, counts = _contributions(comparison, place, between)

    def statistic(weights: Floats) -> Floats:
        values = np.asarray(counts.T.dot(weights.T)).T
        total = values.sum(axis=1)
        expected = np.einsum("rv,rv->r", values @ between, values)
        seen = weights @ observed
        undefined = expected <= 0
        expected[undefined] = np.nan
        result: Floats = 1.0 - seen * (total - 1) / expected
        return result

    return measured(measure, comparison, statistic, seed=seed, resamples=resamples)


def _contributions(
    comparison: Comparison, place: Mapping[frozenset[str], int], between: Floats
) -> tuple[Floats, Any]:
    """Disagreement within each unit, (units,), and how often it has each set, sparse (units, sets)."""
    from scipy.sparse import csr_matrix

    observed = np.zeros(len(comparison.units))
    rows, columns = [], []
    for unit, groups in enumerate(comparison.units):
        for answers in groups:
            chosen = [place[codes] for codes in answers]
            observed[unit] += between[np.ix_(chosen, chosen)].sum() / (len(chosen) - 1)
            rows += [unit] * len(chosen)
            columns += chosen
    shape = (len(comparison.units), len(place))
    return observed, csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
