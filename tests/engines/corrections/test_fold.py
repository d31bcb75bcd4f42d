"""What follows from acts, and from taking them back under later ones."""

from __future__ import annotations

from colloquia.engines.corrections import Act, State, dependents, fold
from tests.engines.corrections.making import (
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

Q1, Q2 = "IP-01.q1", "IP-02.q1"
ONE, TWO, THREE = f"{Q1}.t1", f"{Q1}.t2", f"{Q1}.t3"


def after(*acts: Act) -> State:
    return fold(THEMES, acts)


def touched(state: State) -> set[str]:
    return {name for name, theme in state.themes.items() if theme.touched}


def test_without_acts_stands_what_the_machine_left() -> None:
    state = after()
    assert {name: theme.label for name, theme in state.themes.items()} == {
        t.theme_id: t.label for t in THEMES
    }
    assert (state.overrides(), state.judged(), state.theme_map()) == ([], [], {})
    assert state.parents() == {"T1": "G1", "T2": "G1", "T3": "G2"}


def test_rename_keeps_the_latest_label_when_the_earlier_one_is_undone() -> None:
    assert after(rename(2, ONE, "later")).themes[ONE].label == "later"


def test_merge_leads_from_the_merged_to_the_one_in_effect() -> None:
    state = after(merge(1, [ONE, TWO], TWO, "both"), merge(2, [TWO, THREE], THREE))
    assert state.theme_map() == {ONE: THREE, TWO: THREE}
    assert [theme.theme_id for theme in state.live(Q1)] == [THREE]
    assert state.themes[TWO].label == "both"


def test_undo_of_a_merge_under_a_later_one_frees_only_its_own_theme() -> None:
    state = after(merge(2, [TWO, THREE], THREE))
    assert state.theme_map() == {TWO: THREE}
    assert state.themes[ONE].is_live is True


def test_merge_of_groups_takes_their_themes_along() -> None:
    state = after(merge(1, ["G1", "G2"], "G2", question=""))
    assert state.parents() == {"T1": "G2", "T2": "G2", "T3": "G2"}


def test_merge_across_groups_touches_both_groups() -> None:
    assert touched(after(merge(1, ["T1", "T3"], "T3", question=""))) == {"T3", "G1", "G2"}


def test_merge_within_a_group_leaves_the_passages_of_the_group_alone() -> None:
    assert touched(after(merge(1, ["T1", "T2"], "T1", question=""))) == {"T1"}


def test_reparent_touches_the_group_left_and_the_group_joined() -> None:
    state = after(reparent(1, ["T1"], "G2"))
    assert state.parents() == {"T1": "G2", "T2": "G1", "T3": "G2"}
    assert touched(state) == {"G1", "G2"}


def test_reparent_into_a_group_merged_away_goes_to_the_one_in_effect() -> None:
    state = after(
        merge(1, ["G1", "G2"], "G2", question=""), reparent(2, ["T3"], ""), reparent(3, ["T3"], "G1")
    )
    assert state.parents()["T3"] == "G2"


def test_split_gives_parts_and_leaves_the_rest() -> None:
    state = after(split(1, ONE, {f"{Q1}.t4": [1, 2], f"{Q1}.t5": [3]}))
    assert state.overrides() == [(Q1, 1, f"{Q1}.t4"), (Q1, 2, f"{Q1}.t4"), (Q1, 3, f"{Q1}.t5")]
    assert state.themes[f"{Q1}.t4"].made_by_officer is True
    assert state.made == {f"{Q1}.t4": 1, f"{Q1}.t5": 1}


def test_split_after_a_merge_touches_the_machine_theme_once_the_merge_is_undone() -> None:
    taken = split(2, TWO, {f"{Q1}.t4": [1]}, sources=[ONE, TWO])
    state = after(taken)
    assert touched(state) >= {ONE, TWO}


def test_group_holds_themes_and_later_ones_may_leave() -> None:
    state = after(group(1, f"{Q1}.g1", [ONE, TWO]), reparent(2, [TWO], "", Q1))
    assert state.parents()[ONE] == f"{Q1}.g1"
    assert state.themes[TWO].parent_id == ""


def test_move_says_that_the_passage_answers_the_question() -> None:
    state = after(answer(1, [7], Q1, ""), move(2, [7], TWO))
    assert state.overrides() == [(Q1, 7, TWO)]
    assert state.judged() == [(Q1, 7, True)]


def test_move_in_the_docket_says_nothing_of_questions() -> None:
    assert after(move(1, [7], "T2", "")).judged() == []


def test_move_to_no_theme() -> None:
    assert after(move(1, [7], "")).overrides() == [(Q1, 7, "")]


def test_later_move_stands_when_the_earlier_is_undone() -> None:
    assert after(move(2, [7], THREE)).overrides() == [(Q1, 7, THREE)]


def test_move_touches_target_source_and_their_groups() -> None:
    assert touched(after(move(1, [7], "T3", "", sources=["T1"]))) == {"T1", "T3", "G1", "G2"}


def test_answer_leaves_the_theme_that_a_passage_has_in_the_other_question() -> None:
    state = after(answer(1, [7], Q1, Q2))
    assert state.overrides() == [(Q1, 7, "")]
    assert state.judged() == [(Q1, 7, False), (Q2, 7, True)]


def test_answer_into_a_theme_places_the_passage() -> None:
    state = after(answer(1, [7], Q1, Q2, f"{Q2}.t1"))
    assert (Q2, 7, f"{Q2}.t1") in state.overrides()


def test_answer_into_a_theme_that_is_gone_still_answers() -> None:
    state = after(answer(1, [7], Q1, Q2, f"{Q2}.t9"))
    assert (state.overrides(), (Q2, 7, True) in state.judged()) == ([(Q1, 7, "")], True)


def test_mark_as_no_opinion_and_back() -> None:
    assert after(no_opinion(1, [1, 2]), no_opinion(2, [2], False)).not_opinion == {1}


def test_act_on_a_theme_never_made_changes_nothing() -> None:
    state = after(
        rename(1, "T9", "x"), merge(2, ["T9", "T1"], "T9"), move(3, [1], "T9"), reparent(4, ["T1"], "G9")
    )
    assert state.themes == after().themes
    assert state.overrides() == []


def test_question_whose_id_looks_like_that_of_a_theme() -> None:
    from colloquia.engines.corrections import MachineTheme

    themes = [MachineTheme("IP-01.t3.t1", "IP-01.t3", "", "a"), MachineTheme("IP-01.t3", "IP-01", "", "b")]
    state = fold(themes, [rename(1, "IP-01.t3.t1", "c", "IP-01.t3")])
    assert [theme.label for theme in state.live("IP-01.t3")] == ["c"]
    assert [theme.label for theme in state.live("IP-01")] == ["b"]


def test_dependents_are_named_down_the_line() -> None:
    acts = [
        split(1, ONE, {f"{Q1}.t4": [1, 2]}),
        rename(2, TWO, "x"),
        split(3, f"{Q1}.t4", {f"{Q1}.t5": [1]}),
        move(4, [9], f"{Q1}.t5"),
    ]
    assert [act.number for act in dependents(acts, 1)] == [3, 4]
    assert [act.number for act in dependents(acts, 2)] == []
    assert [act.number for act in dependents(acts, 3)] == [4]


def test_copy_is_a_state_of_its_own() -> None:
    from colloquia.engines.corrections import apply

    state = after(move(1, [7], TWO), no_opinion(2, [8]))
    other = state.copy()
    assert other == state
    for act in (rename(3, ONE, "x"), move(4, [7], THREE), no_opinion(5, [9]), answer(6, [7], Q1, Q2)):
        apply(other, act)
    assert state == after(move(1, [7], TWO), no_opinion(2, [8]))
