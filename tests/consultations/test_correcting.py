"""Officers' corrections: written whole with the counts that follow, audited, and undone without a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from colloquia.consultations import services
from colloquia.consultations.models import Correction, Run, ThemeInEffect
from colloquia.consultations.queries import acts_of, bulk_of, state_of
from colloquia.consultations.queries.state import machine_bulk
from colloquia.consultations.services import CorrectionConflict, CorrectionRefused
from colloquia.core.models import AuditEntry
from tests.consultations.counted import by_hand, snapshot, stored

if TYPE_CHECKING:
    from colloquia.accounts.models import User

pytestmark = pytest.mark.django_db

Q7, Q8 = "IP-07.q1", "IP-08.q1"
ONE, TWO, THREE = f"{Q8}.t1", f"{Q8}.t2", f"{Q8}.t3"


def passages(run: Run, question: str, theme: str | None) -> list[str]:
    run.refresh_from_db()
    return [row.passage_id for row in bulk_of(run).passages(question=question, theme=theme, limit=0)[0]]


def label(run: Run, theme: str) -> str:
    return ThemeInEffect.objects.get(run=run, theme_id=theme).label


def test_rename(stored_run: Run, bruno: User) -> None:
    row = services.rename_theme(run=stored_run, theme=ONE, label=" A  new\nlabel ", by=bruno, seen=0)
    assert (row.number, row.kind, row.question_id) == (1, "rename", Q8)
    assert label(stored_run, ONE) == "A new label"
    assert stored_run.machine_themes.get(theme_id=ONE).label == "train · register · works used"


def test_merge_adds_up(stored_run: Run, bruno: User) -> None:
    services.merge_themes(run=stored_run, themes=[ONE, TWO], into=ONE, label="Both", by=bruno, seen=0)
    merged = ThemeInEffect.objects.get(run=stored_run, theme_id=ONE)
    gone = ThemeInEffect.objects.get(run=stored_run, theme_id=TWO)
    assert (merged.label, merged.passages, merged.stability) == ("Both", 11, None)
    assert (gone.is_live, gone.merged_into, gone.passages) == (False, ONE, 0)
    assert stored(stored_run) == by_hand(stored_run)


def test_split_gives_new_ids_and_keeps_the_rest(stored_run: Run, bruno: User) -> None:
    names = passages(stored_run, Q8, ONE)
    row = services.split_theme(
        run=stored_run, theme=ONE, parts=[("Part A", names[:2]), ("Part B", names[2:5])], by=bruno, seen=0
    )
    assert [part["theme"] for part in row.values["parts"]] == [f"{Q8}.t4", f"{Q8}.t5"]
    assert set(passages(stored_run, Q8, f"{Q8}.t4")) == set(names[:2])
    assert set(passages(stored_run, Q8, ONE)) == set(names[5:])
    assert stored(stored_run) == by_hand(stored_run)


def test_ids_of_undone_parts_are_not_given_again(stored_run: Run, bruno: User) -> None:
    names = passages(stored_run, Q8, ONE)
    services.split_theme(run=stored_run, theme=ONE, parts=[("A", names[:2])], by=bruno, seen=0)
    services.undo(run=stored_run, number=1, by=bruno, seen=1)
    row = services.split_theme(run=stored_run, theme=ONE, parts=[("B", names[:2])], by=bruno, seen=2)
    assert row.values["parts"][0]["theme"] == f"{Q8}.t5"


def test_ids_of_another_run_are_not_given_again(stored_run: Run, second_run: Run, bruno: User) -> None:
    services.group_themes(run=stored_run, question=Q8, label="A", themes=[ONE], by=bruno, seen=0)
    row = services.group_themes(run=second_run, question=Q8, label="B", themes=[ONE], by=bruno, seen=0)
    assert row.values["theme"] == f"{Q8}.g2"


def test_split_refuses_a_passage_of_another_theme(stored_run: Run, bruno: User) -> None:
    other = passages(stored_run, Q8, TWO)[0]
    with pytest.raises(CorrectionRefused) as refused:
        services.split_theme(run=stored_run, theme=ONE, parts=[("A", [other])], by=bruno, seen=0)
    assert refused.value.code == "passage elsewhere"
    assert other in str(refused.value)


def test_group_and_reparent(stored_run: Run, bruno: User) -> None:
    services.group_themes(run=stored_run, question=Q8, label="A group", themes=[ONE, TWO], by=bruno, seen=0)
    group = ThemeInEffect.objects.get(run=stored_run, theme_id=f"{Q8}.g1")
    assert (group.is_parent, group.label, group.passages) == (True, "A group", 11)
    services.reparent_themes(run=stored_run, question=Q8, themes=[TWO], parent="", by=bruno, seen=1)
    assert stored(stored_run)[0][f"{Q8}.g1"][-1] == 8
    assert stored(stored_run) == by_hand(stored_run)


def test_move_keeps_the_machines_own_place(stored_run: Run, bruno: User) -> None:
    name = passages(stored_run, Q8, ONE)[0]
    row = bulk_of(stored_run).passages_by_id([name])[name].row
    services.move_passages(run=stored_run, question=Q8, passages=[name], theme=TWO, by=bruno, seen=0)
    stored_run.refresh_from_db()
    now = {item.question_id: item.theme_id for item in bulk_of(stored_run).placements([row])}
    then = {item.question_id: item.theme_id for item in machine_bulk(stored_run).placements([row])}
    assert (now[Q8], then[Q8]) == (TWO, ONE)
    assert stored(stored_run) == by_hand(stored_run)


def test_move_to_no_theme(stored_run: Run, bruno: User) -> None:
    names = passages(stored_run, Q8, ONE)
    before = stored(stored_run)[1][Q8]
    services.move_passages(run=stored_run, question=Q8, passages=names[:3], theme="", by=bruno, seen=0)
    assert (stored(stored_run)[0][ONE][-1], stored(stored_run)[1][Q8]) == (5, before)
    assert stored(stored_run) == by_hand(stored_run)


def test_move_to_where_they_are_is_refused(stored_run: Run, bruno: User) -> None:
    names = passages(stored_run, Q8, ONE)
    with pytest.raises(CorrectionRefused) as refused:
        services.move_passages(run=stored_run, question=Q8, passages=names, theme=ONE, by=bruno, seen=0)
    assert refused.value.code == "nothing changes"


def test_move_between_questions(stored_run: Run, bruno: User) -> None:
    name = passages(stored_run, Q8, ONE)[0]
    services.move_between_questions(
        run=stored_run, passages=[name], source=Q8, target=Q7, theme=f"{Q7}.t2", by=bruno, seen=0
    )
    assert name in passages(stored_run, Q7, f"{Q7}.t2")
    assert name not in passages(stored_run, Q8, None)
    assert stored(stored_run) == by_hand(stored_run)


def test_move_between_questions_takes_only_what_answers_there(stored_run: Run, bruno: User) -> None:
    name = passages(stored_run, Q7, None)[0]
    with pytest.raises(CorrectionRefused) as refused:
        services.move_between_questions(
            run=stored_run, passages=[name], source=Q8, target="IP-09.q3", by=bruno, seen=0
        )
    assert refused.value.code == "other answer"


def test_no_opinion_and_back(stored_run: Run, bruno: User) -> None:
    """Taken back, the passage counts again everywhere, though it was nowhere when that was done."""
    before = snapshot(stored_run)
    name = passages(stored_run, Q8, ONE)[0]
    services.mark_not_opinion(run=stored_run, passages=[name], by=bruno, seen=0)
    assert stored(stored_run)[0][ONE][-1] == 7
    assert stored(stored_run) == by_hand(stored_run)
    services.mark_not_opinion(run=stored_run, passages=[name], value=False, by=bruno, seen=1)
    assert stored(stored_run) == by_hand(stored_run)
    assert stored(stored_run)[0] == {row["theme_id"]: _counts(row) for row in before["themes"]}


def _counts(row: dict[str, int]) -> tuple[int, ...]:
    return tuple(row[name] for name in ("submissions", "messages", "organisations", "states", "passages"))


def test_passage_that_is_no_opinion_is_not_moved(stored_run: Run, bruno: User) -> None:
    name = passages(stored_run, Q8, ONE)[0]
    services.mark_not_opinion(run=stored_run, passages=[name], by=bruno, seen=0)
    with pytest.raises(CorrectionRefused) as refused:
        services.move_passages(run=stored_run, question=Q8, passages=[name], theme=TWO, by=bruno, seen=1)
    assert refused.value.code == "no opinion"


def many_acts(run: Run, by: User) -> None:
    """One act of every kind."""
    names = passages(run, Q8, ONE)
    services.rename_theme(run=run, theme=ONE, label="Renamed", by=by, seen=0)
    services.merge_themes(run=run, themes=["T1", "T2"], into="T1", by=by, seen=1)
    services.split_theme(run=run, theme=ONE, parts=[("Part", names[:3])], by=by, seen=2)
    services.group_themes(run=run, question=Q8, label="Group", themes=[ONE, THREE], by=by, seen=3)
    services.reparent_themes(run=run, question=Q8, themes=[TWO], parent=f"{Q8}.g1", by=by, seen=4)
    services.move_passages(run=run, question=Q8, passages=names[3:5], theme=TWO, by=by, seen=5)
    services.move_between_questions(run=run, passages=names[5:6], source=Q8, target=Q7, by=by, seen=6)
    services.mark_not_opinion(run=run, passages=names[6:7], by=by, seen=7)


def test_every_kind_counts_as_by_hand_and_undone_leaves_no_trace(stored_run: Run, bruno: User) -> None:
    before = snapshot(stored_run)
    many_acts(stored_run, bruno)
    assert stored(stored_run) == by_hand(stored_run)
    for step, number in enumerate((1, 8, 7, 6, 5, 4, 3, 2)):
        services.undo(run=stored_run, number=number, by=bruno, seen=8 + step)
        assert stored(stored_run) == by_hand(stored_run)
    assert snapshot(stored_run) == before
    stored_run.refresh_from_db()
    assert (stored_run.sequence, stored_run.counted_sequence) == (16, 16)
    assert Correction.objects.filter(run=stored_run).count() == 8


def test_everything_counted_anew_gives_the_same(stored_run: Run, bruno: User) -> None:
    many_acts(stored_run, bruno)
    before = snapshot(stored_run)
    ThemeInEffect.objects.filter(run=stored_run).update(submissions=0, label="")
    services.count_themes(stored_run)
    assert snapshot(stored_run) == before


def test_acts_as_they_were_at_an_earlier_moment(stored_run: Run, bruno: User) -> None:
    services.rename_theme(run=stored_run, theme=ONE, label="a", by=bruno, seen=0)
    services.rename_theme(run=stored_run, theme=TWO, label="b", by=bruno, seen=1)
    services.undo(run=stored_run, number=1, by=bruno, seen=2)
    stored_run.refresh_from_db()
    listed = [[act.number for act in acts_of(stored_run, up_to=moment)] for moment in range(4)]
    assert listed == [[], [1], [1, 2], [2]]
    assert [act.number for act in acts_of(stored_run)] == [2]


def test_undo_refuses_while_others_rest_on_it(stored_run: Run, bruno: User) -> None:
    names = passages(stored_run, Q8, ONE)
    services.split_theme(run=stored_run, theme=ONE, parts=[("A", names[:3])], by=bruno, seen=0)
    services.rename_theme(run=stored_run, theme=f"{Q8}.t4", label="B", by=bruno, seen=1)
    services.merge_themes(run=stored_run, themes=[f"{Q8}.t4", TWO], into=TWO, by=bruno, seen=2)
    with pytest.raises(CorrectionRefused) as refused:
        services.undo(run=stored_run, number=1, by=bruno, seen=3)
    assert str(refused.value) == "Later corrections rest on this one. Undo these first: 3, 2."


def test_undo_twice_is_refused(stored_run: Run, bruno: User) -> None:
    services.rename_theme(run=stored_run, theme=ONE, label="a", by=bruno, seen=0)
    services.undo(run=stored_run, number=1, by=bruno, seen=1)
    with pytest.raises(CorrectionRefused) as refused:
        services.undo(run=stored_run, number=1, by=bruno, seen=2)
    assert refused.value.code == "undone already"


def test_restore_makes_the_same_split_with_the_same_ids_once(stored_run: Run, bruno: User) -> None:
    names = passages(stored_run, Q8, ONE)
    services.split_theme(
        run=stored_run, theme=ONE, parts=[("A", names[:3])], by=bruno, seen=0, note="Two matters"
    )
    services.undo(run=stored_run, number=1, by=bruno, seen=1)
    row = services.restore(run=stored_run, number=1, by=bruno, seen=2)
    assert (row.number, row.values["parts"][0]["theme"], row.note) == (3, f"{Q8}.t4", "Two matters")
    with pytest.raises(CorrectionRefused) as refused:
        services.restore(run=stored_run, number=1, by=bruno, seen=3)
    assert refused.value.code == "made again already"


def test_restore_of_a_move_twice_is_refused(stored_run: Run, bruno: User) -> None:
    name = passages(stored_run, Q8, ONE)[0]
    services.move_passages(run=stored_run, question=Q8, passages=[name], theme=TWO, by=bruno, seen=0)
    services.undo(run=stored_run, number=1, by=bruno, seen=1)
    services.restore(run=stored_run, number=1, by=bruno, seen=2)
    for number, code in ((1, "made again already"), (3, "not undone")):
        with pytest.raises(CorrectionRefused) as refused:
            services.restore(run=stored_run, number=number, by=bruno, seen=3)
        assert refused.value.code == code


def test_audit_says_who_what_and_from_where_to_where(stored_run: Run, bruno: User) -> None:
    name = passages(stored_run, Q8, ONE)[0]
    services.move_passages(
        run=stored_run, question=Q8, passages=[name], theme=TWO, by=bruno, seen=0, note=" Misread "
    )
    entry = AuditEntry.objects.filter(verb="consultations.move").get()
    assert (entry.actor, entry.note) == (bruno, "Misread")
    before, after = entry.changes[name]
    assert (before["themes"][Q8], after["themes"][Q8]) == (ONE, TWO)


def test_review_falls_away_and_the_audit_says_so(stored_run: Run, bruno: User) -> None:
    services.review_run(run=stored_run, by=bruno)
    services.rename_theme(run=stored_run, theme=ONE, label="x", by=bruno, seen=0)
    stored_run.refresh_from_db()
    assert (stored_run.status, stored_run.reviewed_by) == ("draft", None)
    entry = AuditEntry.objects.filter(verb="consultations.rename").get()
    assert entry.changes["run"] == ["reviewed", "draft"]


def test_signed_run_is_not_corrected(stored_run: Run, bruno: User, amara: User) -> None:
    services.rename_theme(run=stored_run, theme=ONE, label="x", by=bruno, seen=0)
    services.review_run(run=stored_run, by=amara)
    services.sign_run(run=stored_run, by=bruno, seen_read=0)
    for refused in (
        lambda: services.rename_theme(run=stored_run, theme=ONE, label="y", by=bruno, seen=1),
        lambda: services.undo(run=stored_run, number=1, by=bruno, seen=1),
    ):
        with pytest.raises(CorrectionRefused) as caught:
            refused()
        assert caught.value.code == "signed"


def test_conflict_names_what_others_did_and_writes_nothing(stored_run: Run, bruno: User, amara: User) -> None:
    services.rename_theme(run=stored_run, theme=ONE, label="theirs", by=bruno, seen=0)
    with pytest.raises(CorrectionConflict) as met:
        services.merge_themes(run=stored_run, themes=[ONE, TWO], into=ONE, by=amara, seen=0)
    assert [row.number for row in met.value.corrections] == [1]
    assert Correction.objects.filter(run=stored_run).count() == 1
    row = services.merge_themes(
        run=stored_run, themes=[ONE, TWO], into=ONE, by=amara, seen=met.value.sequence
    )
    assert (row.number, label(stored_run, ONE)) == (2, "theirs")


def test_conflict_with_an_undo(stored_run: Run, bruno: User, amara: User) -> None:
    services.rename_theme(run=stored_run, theme=ONE, label="x", by=amara, seen=0)
    services.undo(run=stored_run, number=1, by=bruno, seen=1)
    with pytest.raises(CorrectionConflict):
        services.rename_theme(run=stored_run, theme=ONE, label="y", by=amara, seen=1)


def test_no_conflict_elsewhere_nor_with_what_came_and_went(stored_run: Run, bruno: User, amara: User) -> None:
    services.rename_theme(run=stored_run, theme=ONE, label="x", by=bruno, seen=0)
    services.undo(run=stored_run, number=1, by=bruno, seen=1)
    services.rename_theme(run=stored_run, theme=TWO, label="z", by=bruno, seen=2)
    assert services.rename_theme(run=stored_run, theme=ONE, label="y", by=amara, seen=0).number == 4


def test_own_acts_are_no_conflict(stored_run: Run, bruno: User) -> None:
    services.rename_theme(run=stored_run, theme=ONE, label="x", by=bruno, seen=0)
    assert services.rename_theme(run=stored_run, theme=ONE, label="y", by=bruno, seen=0).number == 2


@pytest.mark.parametrize("name", ["S-2026-99999.p1", "'; DROP TABLE passages; --", ""])
def test_unknown_passage(stored_run: Run, bruno: User, name: str) -> None:
    with pytest.raises(CorrectionRefused) as refused:
        services.mark_not_opinion(run=stored_run, passages=[name], by=bruno, seen=0)
    assert refused.value.code == "unknown passage"
    assert state_of(stored_run).not_opinion == set()
