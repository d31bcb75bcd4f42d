"""Whose acts meet: the second officer is told of these, and not bothered with others."""

from __future__ import annotations

import pytest

from colloquia.engines.corrections import Act, meets
from tests.engines.corrections.making import QUESTIONS, answer, group, merge, move, no_opinion, rename, split

Q1, Q2 = QUESTIONS
ONE, TWO, THREE = f"{Q1}.t1", f"{Q1}.t2", f"{Q1}.t3"


@pytest.mark.parametrize(
    ("one", "other", "met"),
    [
        (rename(1, ONE, "a"), rename(2, ONE, "b"), True),
        (rename(1, ONE, "a"), rename(2, TWO, "b"), False),
        (rename(1, ONE, "a"), merge(2, [ONE, TWO], TWO), True),
        (rename(1, ONE, "a"), move(2, [1], TWO, sources=[ONE]), False),
        (rename(1, ONE, "a"), move(2, [1], ONE, sources=[TWO]), True),
        (merge(1, [ONE, TWO], TWO), move(2, [1], THREE, sources=[ONE]), True),
        (split(1, ONE, {f"{Q1}.t4": [1]}), move(2, [9], THREE, sources=[ONE]), True),
        (group(1, "G3", ["T1"], ""), move(2, [9], "T2", "", sources=["T1"]), False),
        (move(1, [1], THREE, sources=[ONE]), move(2, [2], THREE, sources=[ONE]), False),
        (move(1, [1], THREE, sources=[ONE]), move(2, [1, 2], TWO, sources=[ONE]), True),
        (move(1, [1], THREE), move(2, [1], f"{Q2}.t1", Q2), False),
        (move(1, [1], THREE), answer(2, [1], Q1, Q2), True),
        (answer(1, [1], Q1, Q2), move(2, [1], f"{Q2}.t1", Q2), True),
        (move(1, [1], THREE), no_opinion(2, [1]), True),
        (move(1, [1], THREE), no_opinion(2, [1], places=[Q2]), False),
    ],
)
def test_meets_from_either_side(one: Act, other: Act, met: bool) -> None:
    assert (meets(one, other), meets(other, one)) == (met, met)
