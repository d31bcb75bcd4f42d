"""The invented organisations keep their shape, and the measure counts what it says."""

from __future__ import annotations

from colloquia.engines.organisations import Body, Proposal, Resolution
from evals.organisations import SETS, accepted, gold, half, pairs


def test_sets_share_no_body_and_parts_name_a_body_of_their_set() -> None:
    one, other = (gold(part) for part in SETS)
    assert set(one.body.values()) & set(other.body.values()) == set()
    for labelled in (one, other):
        bodies = set(labelled.body.values())
        assert set(labelled.whole) | set(labelled.whole.values()) <= bodies
        assert len(labelled.mentions) >= 80
        assert len(bodies) < len(labelled.mentions)


def test_an_entity_is_always_in_the_same_half() -> None:
    assert [half(name) for name in ("0_1", "0_2", "0_7", "3_3")] == [
        half(n) for n in ("0_1", "0_2", "0_7", "3_3")
    ]
    assert {half(str(number)) for number in range(40)} == set(SETS)


def test_right_proposals_are_accepted_and_wrong_ones_refused() -> None:
    bodies = tuple(Body(key, (key,), key, (key,), (f"m{key}",)) for key in "abc")
    proposals = (
        Proposal("same", ("a", "b"), 0.9, ()),
        Proposal("same", ("b", "c"), 0.8, ()),
        Proposal("part of", ("a", "c"), 0.7, ()),
    )
    labels = {"ma": "x", "mb": "x", "mc": "y"}
    grouped, right = accepted(Resolution(bodies, proposals, ()), labels)
    assert right == [True, False]
    assert grouped["ma"] == grouped["mb"] != grouped["mc"]
    assert (pairs(labels, grouped, "x"), pairs(labels, grouped, "y")) == ((1, 1), (0, 0))
