"""Agreement on single codes, plain shares, and lists of differences."""

from __future__ import annotations

import pytest

from colloquia.engines.agreement import Coding, disagreements, per_code, percentage_agreement
from tests.engines.agreement.test_alpha import TWO_OBSERVERS_BINARY, codings, sets


def of_counts(both: int, first: int, second: int, neither: int) -> list[Coding]:
    """Two coders on one code, by how many units each combination has."""
    kinds = ["a a"] * both + ["a -"] * first + ["- a"] * second + ["- -"] * neither
    rows = [kind.split() for kind in kinds]
    return sets(
        *(f"u{place} {coder} {row[n]}" for place, row in enumerate(rows) for n, coder in enumerate("xy"))
    )


def test_kappa_of_the_grant_proposals() -> None:
    # The widely printed example: fifty proposals, 20 yes by both, 15 no by both, 5 and 10 apart; kappa 0.40.
    (found,) = per_code(of_counts(20, 5, 10, 15))
    assert (found.code, found.uses) == ("a", 55)
    assert found.kappa.value == pytest.approx(0.4)
    assert found.percentage.value == pytest.approx(0.7)


def test_alpha_of_one_code_is_the_published_binary_example() -> None:
    found = per_code(codings(TWO_OBSERVERS_BINARY), codes=["1"])
    assert round(found[0].alpha.value, 3) == 0.095


def test_kappa_beside_its_interval() -> None:
    (found,) = per_code(of_counts(20, 5, 10, 15))
    assert found.kappa.low < 0.4 < found.kappa.high
    assert (found.kappa.units, found.kappa.coders, found.kappa.note) == (50, 2, "")


def test_every_code_that_somebody_used_is_reported_by_name() -> None:
    found = per_code(sets("p1 x ab", "p1 y b", "p2 x -", "p2 y c"))
    assert [(one.code, one.uses, one.percentage.value) for one in found] == [
        ("a", 1, 0.5),
        ("b", 2, 1.0),
        ("c", 1, 0.5),
    ]


def test_a_code_that_nobody_used_is_named_and_not_scored() -> None:
    (found,) = per_code(sets("p1 x a", "p1 y a", "p2 x a", "p2 y a"), codes=["z"])
    assert (found.uses, found.alpha.value, found.alpha.note) == (0, None, "no variation")
    assert (found.kappa.value, found.kappa.note) == (None, "no variation")
    assert found.percentage.value == 1.0


def test_kappa_is_for_two_coders() -> None:
    (found,) = per_code(sets("p1 x a", "p1 y a", "p1 z -", "p2 x a", "p2 y -", "p2 z -"))
    assert (found.kappa.value, found.kappa.coders, found.kappa.note) == (None, 3, "not two coders")
    assert found.alpha.note == ""


def test_the_machine_against_people_taken_together() -> None:
    people = sets("p1 x a", "p1 y a", "p2 x -", "p3 x a")
    (found,) = per_code(people, machine={"p1": {"a"}, "p2": set(), "p3": set()})
    # Pairs: yes-yes twice, no-no once, yes-no once.
    assert found.kappa.value == pytest.approx((3 / 4 - 1 / 2) / (1 - 1 / 2))
    assert (found.kappa.compared, found.alpha.compared) == ("machine and people", "machine and people")
    assert percentage_agreement(people, machine={"p1": {"a"}}).value == 1.0


def test_percentage_counts_units_alike() -> None:
    rows = sets("p1 x a", "p1 y a", "p1 z b", "p2 x ab", "p2 y ab")
    assert percentage_agreement(rows).value == pytest.approx((1 / 3 + 1) / 2)
    assert percentage_agreement(sets("p1 x a")).note == "one coder"


def test_differences_the_widest_first() -> None:
    rows = sets(
        "p1 x ab", "p1 y a", "p2 x a", "p2 y a", "p3 x a", "p3 y -", "p4 x c", "p4 y .", "p5 x b", "p5 y c"
    )
    found = disagreements(rows)
    assert [one.unit for one in found] == ["p3", "p5", "p1"]
    last = found[-1]
    assert last.answers == (("x", frozenset("ab")), ("y", frozenset("a")))
    assert (last.agreed, last.disputed) == (frozenset("a"), frozenset("b"))
    assert last.distance == pytest.approx(1 - 1 / 2 * 2 / 3)
    assert found[0].distance == 1.0


def test_differences_among_three() -> None:
    (found,) = disagreements(sets("p1 x a", "p1 y a", "p1 z b"), metric="nominal")
    assert found.distance == pytest.approx(2 / 3)
