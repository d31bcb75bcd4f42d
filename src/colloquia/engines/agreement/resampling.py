"""The interval beside a figure: bias-corrected and accelerated bootstrap over units."""

from __future__ import annotations

from collections.abc import Callable
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.agreement.comparison import Comparison
from colloquia.engines.agreement.records import NO_VARIATION, ONE_UNIT, UNSTABLE, Agreement

RESAMPLES = 2000
LEAST_DEFINED = 0.95
"""Least share of resamples in which a measure must be defined for an interval to be given."""
_ROWS = 256
Floats = NDArray[np.float64]
Statistic = Callable[[Floats], Floats]
"""Weights of units, an array (rows, units), to one value for each row, NaN where it is not defined."""


def measured(
    measure: str, comparison: Comparison, statistic: Statistic, *, seed: int, resamples: int = RESAMPLES
) -> Agreement:
    """The figure for ``comparison`` with its 95 % interval, or the reason why there is none."""
    units = len(comparison.units)

    def result(
        value: float | None = None, low: float | None = None, high: float | None = None, note: str = ""
    ) -> Agreement:
        return Agreement(
            measure,
            value,
            low,
            high,
            units,
            len(comparison.coders),
            comparison.missing,
            comparison.compared,
            note,
        )

    if comparison.problem:
        return result(note=comparison.problem)
    value = float(statistic(np.ones((1, units)))[0])
    if np.isnan(value):
        return result(note=NO_VARIATION)
    if units == 1:
        return result(value, note=ONE_UNIT)
    drawn = _resampled(statistic, units, seed, resamples)
    defined = np.sort(drawn[~np.isnan(drawn)])
    if defined.size < LEAST_DEFINED * resamples:
        return result(value, note=UNSTABLE)
    low, high = _bca(value, defined, _left_out(statistic, units))
    return result(value, low, high)


def _resampled(statistic: Statistic, units: int, seed: int, resamples: int) -> Floats:
    generator = np.random.default_rng(seed)
    parts = []
    for first in range(0, resamples, _ROWS):
        rows = min(_ROWS, resamples - first)
        weights = np.zeros((rows, units))
        chosen = generator.integers(0, units, (rows, units))
        np.add.at(weights, (np.arange(rows)[:, None], chosen), 1.0)
        parts.append(statistic(weights))
    return np.concatenate(parts)


def _left_out(statistic: Statistic, units: int) -> Floats:
    """The statistic with each unit left out in turn."""
    parts = []
    for first in range(0, units, _ROWS):
        rows = min(_ROWS, units - first)
        weights = np.ones((rows, units))
        weights[np.arange(rows), np.arange(first, first + rows)] = 0.0
        parts.append(statistic(weights))
    values = np.concatenate(parts)
    return values[~np.isnan(values)]


def _bca(value: float, ordered: Floats, left_out: Floats) -> tuple[float, float]:
    """Efron and Tibshirani, An Introduction to the Bootstrap (1993), section 14.3.

    Where every resample gives the same or all lie on one side of the value, the plain percentiles are taken.
    """
    below = (np.count_nonzero(ordered < value) + np.count_nonzero(ordered <= value)) / (2 * ordered.size)
    shares = [0.025, 0.975]
    if 0.0 < below < 1.0 and left_out.size > 1:
        normal = NormalDist()
        apart = left_out.mean() - left_out
        spread = float((apart**2).sum()) ** 1.5
        acceleration = float((apart**3).sum()) / (6 * spread) if spread > 0 else 0.0
        bias = normal.inv_cdf(below)
        moved = [bias + normal.inv_cdf(share) for share in shares]
        if all(acceleration * step < 1 for step in moved):
            shares = [normal.cdf(bias + step / (1 - acceleration * step)) for step in moved]
    low, high = np.quantile(ordered, shares)
    return float(low), float(high)
