"""Officers who act at the same moment: nobody's correction is lost, and the second one is told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction

from colloquia.consultations import services
from colloquia.consultations.models import Correction, Run
from colloquia.consultations.queries import bulk_of
from colloquia.consultations.services import CorrectionConflict
from tests.consultations.counted import by_hand, snapshot, stored
from tests.consultations.together import at_once

if TYPE_CHECKING:
    from colloquia.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)

Q8 = "IP-08.q1"
ONE, TWO, THREE = f"{Q8}.t1", f"{Q8}.t2", f"{Q8}.t3"


@pytest.mark.parametrize("_time", range(3))
def test_of_two_who_saw_the_same_one_is_told(stored_run: Run, bruno: User, amara: User, _time: int) -> None:
    def act(by: User) -> Callable[[threading.Barrier], Any]:
        def rename(barrier: threading.Barrier) -> Correction:
            barrier.wait()
            return services.rename_theme(run=stored_run, theme=ONE, label=f"of {by}", by=by, seen=0)

        return rename

    came = at_once(act(bruno), act(amara))
    kinds = sorted(type(item).__name__ for item in came)
    assert kinds == ["Correction", "CorrectionConflict"]
    told = next(item for item in came if isinstance(item, CorrectionConflict))
    assert [row.number for row in told.corrections] == [1]
    assert list(Correction.objects.values_list("number", flat=True)) == [1]


def test_without_the_lock_the_second_is_not_told_and_an_act_is_lost(
    stored_run: Run, bruno: User, amara: User
) -> None:
    """The control: look first, write later, and it goes wrong; so the test above says something."""

    def act(by: User) -> Callable[[threading.Barrier], Any]:
        def careless(barrier: threading.Barrier) -> Correction:
            run = Run.objects.get(pk=stored_run.pk)
            since = Correction.objects.filter(run=run, number__gt=0).exclude(by=by).exists()
            barrier.wait()
            if since:
                raise CorrectionConflict([], run.sequence)
            with transaction.atomic():
                values = {"theme": ONE, "label": f"of {by}"}
                return Correction.objects.create(
                    run=run, number=run.sequence + 1, kind="rename", values=values, question_id=Q8, by=by
                )

        return careless

    came = at_once(act(bruno), act(amara))
    assert sorted(type(item).__name__ for item in came) == ["Correction", "IntegrityError"]
    assert any(isinstance(item, IntegrityError) for item in came)


def test_many_acts_of_four_officers_are_all_kept_and_counted(
    stored_run: Run, bruno: User, amara: User, chen: User
) -> None:
    """Moves, renames, merges and undos at once; at the end everything is there and adds up."""
    names = [row.passage_id for row in bulk_of(stored_run).passages(question=Q8, theme=ONE, limit=0)[0]]

    def until_done(do: Callable[[int], Any]) -> None:
        seen = 0
        while True:
            try:
                do(seen)
            except CorrectionConflict as conflict:
                seen = conflict.sequence
            else:
                return

    def mover(barrier: threading.Barrier) -> int:
        barrier.wait()
        for place, name in enumerate(names):
            until_done(
                lambda seen, name=name, to=(TWO, THREE, "")[place % 3]: services.move_passages(
                    run=stored_run, question=Q8, passages=[name], theme=to, by=bruno, seen=seen
                )
            )
        return len(names)

    def renamer(barrier: threading.Barrier) -> int:
        barrier.wait()
        for number in range(6):
            until_done(
                lambda seen, number=number: services.rename_theme(
                    run=stored_run, theme=TWO, label=f"label {number}", by=amara, seen=seen
                )
            )
        return 6

    def merger(barrier: threading.Barrier) -> int:
        barrier.wait()
        for _ in range(3):
            made: list[Correction] = []
            until_done(
                lambda seen, made=made: made.append(
                    services.merge_themes(run=stored_run, themes=["T1", "T2"], into="T1", by=chen, seen=seen)
                )
            )
            until_done(
                lambda seen, made=made: services.undo(
                    run=stored_run, number=made[0].number, by=chen, seen=seen
                )
            )
        return 6

    came = at_once(mover, renamer, merger)
    assert came == [len(names), 6, 6]
    stored_run.refresh_from_db()
    assert (stored_run.sequence, stored_run.counted_sequence) == (len(names) + 12,) * 2
    assert Correction.objects.filter(run=stored_run).count() == len(names) + 9
    assert stored(stored_run) == by_hand(stored_run)
    before = snapshot(stored_run)
    services.count_themes(stored_run)
    assert snapshot(stored_run) == before


def test_counting_beside_acts_never_leaves_older_counts(stored_run: Run, bruno: User) -> None:
    """Counting all themes takes longer than an act; what it found before the act must not overwrite it."""
    names = [row.passage_id for row in bulk_of(stored_run).passages(question=Q8, theme=ONE, limit=0)[0]]

    def counter(barrier: threading.Barrier) -> None:
        barrier.wait()
        for _ in range(6):
            services.count_themes(stored_run)

    def mover(barrier: threading.Barrier) -> None:
        barrier.wait()
        for name in names[:6]:
            services.move_passages(run=stored_run, question=Q8, passages=[name], theme=TWO, by=bruno, seen=99)

    assert at_once(counter, mover) == [None, None]
    assert stored(stored_run) == by_hand(stored_run)
