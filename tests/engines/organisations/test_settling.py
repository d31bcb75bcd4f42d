"""What decisions come to: joined, apart, split; and which of them disagree."""

from __future__ import annotations

from random import Random

import pytest

from colloquia.engines.organisations.settling import Decision, Known, Settlement, Verdict, settle

# Two names as written that the machine joined (their folded names differ in the legal form), and others.
KNOWN = Known(
    {"w1": "press|GB", "w2": "pressltd|GB", "w3": "heron|FR", "w4": "heron|FR"},
    {"press|GB": "pressltd|GB", "pressltd|GB": "pressltd|GB", "heron|FR": "heron|FR"},
)
PRESS, HERON = "pressltd|GB", "heron|FR"


def decided(*decisions: tuple[Verdict, str], known: Known = Known()) -> Settlement:  # noqa: B008 -- frozen
    """Decisions numbered from 1: a verdict and the keys with blanks between."""
    return settle(
        [
            Decision(number, verdict, tuple(keys.split()), f"name {number}")
            for number, (verdict, keys) in enumerate(decisions, start=1)
        ],
        known,
    )


def test_nothing_decided_leaves_every_key_its_own() -> None:
    found = settle([], KNOWN)
    assert (found.organisations, found.names, found.contradictions) == ({}, {}, ())
    assert [found.of(key) for key in ("w1", "press|GB", PRESS, "w3", "other")] == [
        PRESS, PRESS, PRESS, HERON, "other",
    ]  # fmt: skip


def test_joined_are_one_under_the_key_of_the_first_and_the_latest_name() -> None:
    found = decided(("same", "a b"), ("same", "c d"), ("same", "b d"))
    assert {found.of(key) for key in "abcd"} == {"a"}
    assert found.names == {"a": "name 3"}
    assert found.organisations == {"b": "a", "c": "a", "d": "a"}


@pytest.mark.parametrize("verdict", ["different", "part"])
def test_what_is_not_one_cannot_be_joined_by_a_third(verdict: Verdict) -> None:
    found = decided(("same", "a b"), ("same", "b c"), (verdict, "a c"))
    (wrong,) = found.contradictions
    assert (wrong.apart.number, [one.number for one in wrong.joined]) == (3, [1, 2])
    assert decided(("same", "a b"), (verdict, "a c")).contradictions == ()
    assert decided(("same", "a b"), (verdict, "c b")).apart() == {("a", "c")}


def test_names_taken_out_are_an_organisation_of_their_own() -> None:
    found = decided(("split", "w1"), known=KNOWN)
    assert (found.of("w1"), found.of("w2"), found.of("press|GB")) == ("w1", PRESS, PRESS)
    assert found.organisations == {"w1": "w1"}
    assert found.names == {"w1": "name 1"}


def test_names_taken_out_can_be_joined_elsewhere_but_not_back() -> None:
    elsewhere = decided(("split", "w1"), ("same", "w1 heron|FR"), known=KNOWN)
    assert (elsewhere.of("w1"), elsewhere.of("w3"), elsewhere.of("w2")) == ("w1", "w1", PRESS)
    assert elsewhere.contradictions == ()
    back = decided(("split", "w1"), ("same", "w1 heron|FR"), ("same", f"heron|FR {PRESS}"), known=KNOWN)
    assert [(one.apart.number, [step.number for step in one.joined]) for one in back.contradictions] == [
        (1, [2, 3])
    ]


def test_of_two_splits_of_a_name_the_later_holds() -> None:
    found = decided(("split", "w3 w1"), ("split", "w3"), known=KNOWN)
    assert (found.of("w3"), found.of("w1"), found.of("w4")) == ("w3", "w1", HERON)


def test_a_person_who_says_different_takes_back_what_the_machine_joined_since() -> None:
    found = decided(("different", "press|GB pressltd|GB"), known=KNOWN)
    assert (found.of("w1"), found.of("w2")) == ("press|GB", PRESS)
    assert (found.contradictions, found.organisations) == ((), {"press|GB": "press|GB"})


def test_decisions_on_one_name_as_written_contradict_where_the_split_is_gone() -> None:
    found = decided(("different", f"w1 {PRESS}"), known=KNOWN)
    assert [one.apart.number for one in found.contradictions] == []
    same_name = decided(("different", "w3 heron|FR"), known=KNOWN)
    assert [(one.apart.number, one.joined) for one in same_name.contradictions] == [(1, ())]


@pytest.mark.parametrize("seed", range(8))
def test_the_outcome_is_that_of_joining_pair_by_pair(seed: int) -> None:
    random = Random(seed)
    keys = [f"k{number}" for number in range(30)]
    decisions: list[tuple[Verdict, str]] = [
        (random.choice(["same", "same", "different"]), " ".join(random.sample(keys, 2))) for _ in range(30)
    ]
    found = decided(*decisions)
    parts = [{key} for key in keys]
    for verdict, both in decisions:
        if verdict == "same":
            met = [part for part in parts if part & set(both.split())]
            parts = [part for part in parts if part not in met] + [set().union(*met)]
    for part in parts:
        assert len({found.of(key) for key in part}) == 1
    assert len({found.of(key) for key in keys}) == len(parts)
    wrong = [
        number
        for number, (verdict, both) in enumerate(decisions, start=1)
        if verdict == "different" and any(set(both.split()) <= part for part in parts)
    ]
    assert [one.apart.number for one in found.contradictions] == wrong
    for one in found.contradictions:
        at = {one.apart.keys[0]}
        for step in one.joined:
            assert at & set(step.keys)
            at = set(step.keys)
        assert one.apart.keys[1] in at
