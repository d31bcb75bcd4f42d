"""Agreement on each code by itself, as yes or no."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

from colloquia.engines.agreement.alpha import alpha_of
from colloquia.engines.agreement.comparison import Comparison, compare
from colloquia.engines.agreement.records import MACHINE, TWO_CODERS_ONLY, Agreement, Coding
from colloquia.engines.agreement.resampling import RESAMPLES, Floats, measured
from colloquia.engines.agreement.shares import share_of

KAPPA = "Cohen's kappa"
_YES = frozenset({"yes"})
_NO: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """How far coders agree whether one code applies; ``uses`` counts the compared codings that gave it."""

    code: str
    uses: int
    alpha: Agreement
    kappa: Agreement
    percentage: Agreement


def per_code(
    codings: Iterable[Coding],
    *,
    codes: Iterable[str] | None = None,
    machine: Mapping[str, AbstractSet[str] | None] | None = None,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> tuple[CodeAgreement, ...]:
    """Nominal alpha, Cohen's kappa and percentage agreement for each of ``codes``, by name.

    Without ``codes``, those that somebody used. A code given here that nobody used is reported with its
    reason. Kappa needs exactly two coders; with ``machine`` these are the people, taken together,
    and the machine.
    """
    comparison = compare(codings, machine)
    used = {code for groups in comparison.units for answers in groups for given in answers for code in given}
    return tuple(
        _one(comparison, code, seed, resamples) for code in sorted(used if codes is None else set(codes))
    )


def _one(comparison: Comparison, code: str, seed: int, resamples: int) -> CodeAgreement:
    binary = comparison.mapped(lambda given: _YES if code in given else _NO)
    return CodeAgreement(
        code,
        sum(given == _YES for groups in binary.units for answers in groups for given in answers),
        alpha_of(binary, "nominal", seed=seed, resamples=resamples),
        _kappa(binary, seed, resamples),
        share_of(binary, seed=seed, resamples=resamples),
    )


def _kappa(binary: Comparison, seed: int, resamples: int) -> Agreement:
    """Cohen, A Coefficient of Agreement for Nominal Scales, Educ. Psychol. Measurement 20 (1960)."""
    sides = len(binary.coders) if binary.compared != MACHINE else 2
    if sides != 2 and not binary.problem:
        return Agreement(
            KAPPA,
            None,
            None,
            None,
            len(binary.units),
            sides,
            binary.missing,
            binary.compared,
            TWO_CODERS_ONLY,
        )
    table = np.zeros((len(binary.units), 4))
    for unit, groups in enumerate(binary.units):
        for one, other in groups:
            table[unit, 2 * (one == _YES) + (other == _YES)] += 1

    def statistic(weights: Floats) -> Floats:
        neither, second, first, both = (weights @ table).T
        total = neither + second + first + both
        seen = (neither + both) / total
        chance = ((both + first) * (both + second) + (neither + first) * (neither + second)) / total**2
        chance[chance >= 1] = np.nan
        result: Floats = (seen - chance) / (1 - chance)
        return result

    return measured(KAPPA, binary, statistic, seed=seed, resamples=resamples)
