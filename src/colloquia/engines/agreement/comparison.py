"""Codings laid side by side: for every unit, the answers that can be compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from colloquia.engines.agreement.records import MACHINE, NO_COMMON_UNIT, ONE_CODER, PEOPLE, Coding

Codes = frozenset[str]
Answers = tuple[Codes, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """For each compared unit, one or more groups of answers that stand against one another.

    Among people a unit has one group: what each coder said. With the machine it has one group of two for
    each person, what the person said and what the machine said, so that people are not compared with one
    another. ``problem`` says why there is nothing to compare.
    """

    units: tuple[tuple[Answers, ...], ...]
    names: tuple[str, ...]
    coders: tuple[str, ...]
    missing: int
    compared: str
    problem: str = ""

    def mapped(self, change: Callable[[Codes], Codes]) -> Comparison:
        """The same comparison with every answer changed."""
        units = tuple(
            tuple(tuple(change(codes) for codes in answers) for answers in groups) for groups in self.units
        )
        return replace(self, units=units)


def answers_by_unit(codings: Iterable[Coding]) -> dict[str, dict[str, Codes]]:
    """What each coder said of each unit, both in order of name; units without any answer are kept empty.

    Raises ``ValueError`` where a coder coded a unit twice.
    """
    found: dict[str, dict[str, Codes | None]] = {}
    for coding in codings:
        of_unit = found.setdefault(coding.unit, {})
        if coding.coder in of_unit:
            raise ValueError(
                f"{coding.coder} coded {coding.unit} twice; "
                "give the coding that stands, and leave out the other."
            )
        of_unit[coding.coder] = coding.codes
    return {
        unit: {coder: codes for coder, codes in sorted(of_unit.items()) if codes is not None}
        for unit, of_unit in sorted(found.items())
    }


def compare(
    codings: Iterable[Coding], machine: Mapping[str, AbstractSet[str] | None] | None = None
) -> Comparison:
    """Lay codings side by side, among people or, where ``machine`` is given, each person beside the machine.

    ``machine`` holds the machine's codes by unit; a unit that it lacks, or that has None, was not coded
    by it.
    """
    by_unit = answers_by_unit(codings)
    coders = {coder for answers in by_unit.values() for coder in answers}
    units: list[tuple[Answers, ...]] = []
    names: list[str] = []
    took_part: set[str] = set()
    for unit, answers in by_unit.items():
        groups: tuple[Answers, ...]
        if machine is None:
            groups = (tuple(answers.values()),) if len(answers) > 1 else ()
        else:
            said = machine.get(unit)
            groups = () if said is None else tuple((codes, frozenset(said)) for codes in answers.values())
        if groups:
            units.append(groups)
            names.append(unit)
            took_part.update(answers)
    problem = "" if units else NO_COMMON_UNIT
    if not units and machine is None and len(coders) < 2:
        problem = ONE_CODER
    return Comparison(
        tuple(units),
        tuple(names),
        tuple(sorted(took_part)),
        len(by_unit) - len(units),
        PEOPLE if machine is None else MACHINE,
        problem,
    )
