"""What goes into a measure of agreement and what comes out."""

from __future__ import annotations

from dataclasses import dataclass

PEOPLE = "people"
MACHINE = "machine and people"

ONE_CODER = "one coder"
NO_COMMON_UNIT = "no unit with two codings"
NO_VARIATION = "no variation"
ONE_UNIT = "one unit"
TWO_CODERS_ONLY = "not two coders"
UNSTABLE = "too few resamples"
NOTES = {
    "": "A figure and its interval.",
    ONE_CODER: "Fewer than two coders coded anything, so nothing can be compared.",
    NO_COMMON_UNIT: "No unit was coded twice, so nothing can be compared.",
    NO_VARIATION: "All codings are the same, so agreement beyond chance is not defined.",
    ONE_UNIT: "A single unit was coded twice, so there is a figure but no interval.",
    TWO_CODERS_ONLY: "Cohen's kappa is defined for exactly two coders.",
    UNSTABLE: "In too many resamples the measure is not defined, so there is a figure but no interval.",
}
"""Every value of ``Agreement.note`` with what it means."""


@dataclass(frozen=True, slots=True)
class Coding:
    """What one coder said of one unit (a passage or a submission).

    An empty set of ``codes`` is an answer: none of the codes applies. ``None`` is no answer.
    """

    unit: str
    coder: str
    codes: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """One measure of agreement with its 95 % interval.

    ``value`` is None where the measure is not defined, ``low`` and ``high`` where no interval is; ``note``,
    a key of ``NOTES``, then says why. ``units`` were compared, ``coders`` took part in that, and ``missing``
    units of those coded at all could not be compared, for want of a second coding. ``compared`` is
    ``people`` or ``machine and people``.
    """

    measure: str
    value: float | None
    low: float | None
    high: float | None
    units: int
    coders: int
    missing: int
    compared: str = PEOPLE
    note: str = ""
