"""What speaks against an act, in stable words."""

from __future__ import annotations

import pytest

from colloquia.engines.corrections import Act, fold, problem
from tests.engines.corrections.making import (
    QUESTIONS,
    THEMES,
    answer,
    group,
    merge,
    move,
    no_opinion,
    rename,
    reparent,
    split,
)

Q1, Q2 = QUESTIONS
ONE, TWO, THREE = f"{Q1}.t1", f"{Q1}.t2", f"{Q1}.t3"
BEFORE = [merge(1, [TWO, THREE], THREE), no_opinion(2, [5])]


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (rename(3, ONE, "new"), ""),
        (rename(3, ONE, "one"), "nothing changes"),
        (rename(3, ONE, " "), "no label"),
        (rename(3, ONE, "x" * 301), "long label"),
        (rename(3, TWO, "new"), "theme is gone"),
        (rename(3, f"{Q1}.t9", "new"), "unknown theme"),
        (rename(3, ONE, "new", Q2), "other question"),
        (rename(3, ONE, "new", "IP-09.q9"), "unknown question"),
        (merge(3, [ONE, THREE], ONE), ""),
        (merge(3, [ONE], ONE), "too few themes"),
        (merge(3, [ONE, f"{Q2}.t1"], ONE), "other question"),
        (merge(3, ["T1", "G1"], "T1", question=""), "other level"),
        (merge(3, ["G1", "G2"], "G1", question=""), ""),
        (merge(3, [ONE, THREE], ONE, "x" * 301), "long label"),
        (split(3, ONE, {f"{Q1}.t4": [1]}), ""),
        (split(3, ONE, {}), "no passages"),
        (split(3, ONE, {f"{Q1}.t4": []}), "no passages"),
        (split(3, ONE, {f"{Q1}.t4": [1], f"{Q1}.t5": [1]}), "passage twice"),
        (split(3, ONE, {TWO: [1]}), "id in use"),
        (split(3, "G1", {"T9": [1]}, ""), "other level"),
        (split(3, ONE, {f"{Q1}.t4": [5]}), "no opinion"),
        (group(3, "G3", ["T1"], ""), ""),
        (group(3, "G2", ["T1"], ""), "id in use"),
        (group(3, "G3", [], ""), "too few themes"),
        (group(3, "G3", ["G1"], ""), "group in a group"),
        (reparent(3, ["T1"], "G2"), ""),
        (reparent(3, ["T1"], "G1"), "nothing changes"),
        (reparent(3, ["T1"], "T2"), "not a group"),
        (reparent(3, ["T1"], "G9"), "unknown theme"),
        (reparent(3, ["G1"], "G2"), "group in a group"),
        (reparent(3, [], "G2"), "too few themes"),
        (move(3, [1], THREE), ""),
        (move(3, [1], ""), ""),
        (move(3, [], THREE), "no passages"),
        (move(3, [1], "G1", ""), "other level"),
        (move(3, [1], f"{Q2}.t1"), "other question"),
        (move(3, [1, 5], THREE), "no opinion"),
        (answer(3, [1], Q1, Q2), ""),
        (answer(3, [1], "", Q2, f"{Q2}.t1"), ""),
        (answer(3, [1], Q1, Q1), "same question"),
        (answer(3, [1], Q1, "IP-09.q9"), "unknown question"),
        (answer(3, [1], Q1, Q2, ONE), "other question"),
        (answer(3, [1], Q1, "", "T1"), "other question"),
        (answer(3, [], Q1, Q2), "no passages"),
        (no_opinion(3, [1, 5]), ""),
        (no_opinion(3, [5]), "nothing changes"),
        (no_opinion(3, [1], False), "nothing changes"),
        (no_opinion(3, [5], False), ""),
        (no_opinion(3, []), "no passages"),
    ],
)
def test_problem(act: Act, said: str) -> None:
    assert problem(fold(THEMES, BEFORE), act, QUESTIONS) == said
