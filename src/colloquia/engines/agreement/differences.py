"""Units that coders coded differently, for a third person to decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from colloquia.engines.agreement.comparison import answers_by_unit
from colloquia.engines.agreement.distances import Metric, distances
from colloquia.engines.agreement.records import Coding


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One unit: what each coder said, the codes all gave, those only some gave, and the mean distance."""

    unit: str
    answers: tuple[tuple[str, frozenset[str]], ...]
    agreed: frozenset[str]
    disputed: frozenset[str]
    distance: float


def disagreements(codings: Iterable[Coding], *, metric: Metric = "masi") -> tuple[Disagreement, ...]:
    """Units of which not all codings are the same, the widest apart first, then by unit."""
    found = []
    for unit, answers in answers_by_unit(codings).items():
        distinct = sorted(set(answers.values()), key=sorted)
        if len(distinct) < 2:
            continue
        between = distances(distinct, metric)
        place = {codes: row for row, codes in enumerate(distinct)}
        pairs = [float(between[place[one], place[other]]) for one, other in combinations(answers.values(), 2)]
        agreed = frozenset.intersection(*distinct)
        disputed = frozenset.union(*distinct) - agreed
        found.append(Disagreement(unit, tuple(answers.items()), agreed, disputed, sum(pairs) / len(pairs)))
    return tuple(sorted(found, key=lambda one: (-one.distance, one.unit)))
