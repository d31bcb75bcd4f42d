"""The one kind of line that every evaluation prints, and the bootstrap interval beside its figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

NOT_RUN = float("nan")


@dataclass(frozen=True)
class Row:
    """One measured figure: what was asked of which data, its value, 95 % interval and target.

    `target` None means that no target was set. `at_most` says that the target is a ceiling. A value, `low` or
    `high` that is not a number means that it was not measured; `note` then says why.
    """

    task: str
    data: str
    measure: str
    value: float
    low: float = field(default=NOT_RUN)
    high: float = field(default=NOT_RUN)
    target: float | None = None
    at_most: bool = False
    note: str = ""

    @property
    def measured(self) -> bool:
        """False for a row that says why it has no figure."""
        return self.value == self.value

    @property
    def shortfall(self) -> float:
        """By how much the target is missed, 0.0 when it is met or there is none."""
        if self.target is None or not self.measured:
            return 0.0
        return max(0.0, self.value - self.target if self.at_most else self.target - self.value)


def absent(task: str, data: str, measure: str, target: float | None = None, at_most: bool = False) -> Row:
    """The row of a figure whose data is not beside this checkout."""
    return Row(task, data, measure, NOT_RUN, NOT_RUN, NOT_RUN, target, at_most, "not run: data absent")


def bootstrap(
    values: Sequence[Any] | np.ndarray,
    statistic: Callable[[np.ndarray], float] = np.mean,  # type: ignore[assignment]
    seed: int = 0,
    resamples: int = 1000,
) -> tuple[float, float]:
    """95 % percentile interval of `statistic` over resamples of `values` (n, ...) along the first axis.

    Deterministic in `seed`. Fewer than two values give no interval: (nan, nan). Efron and Tibshirani, An
    Introduction to the Bootstrap (1993), chapter 13.
    """
    array = np.asarray(values)
    if len(array) < 2:
        return NOT_RUN, NOT_RUN
    generator = np.random.default_rng(seed)
    drawn = [float(statistic(array[generator.integers(0, len(array), len(array))])) for _ in range(resamples)]
    low, high = np.nanpercentile(drawn, [2.5, 97.5]) if not np.all(np.isnan(drawn)) else (NOT_RUN, NOT_RUN)
    return float(low), float(high)
