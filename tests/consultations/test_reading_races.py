"""Two marks and two makers of batches at the same moment: nothing twice, nothing lost, nothing uncounted."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from colloquia.accounts.models import User
from colloquia.consultations.models import Batch, BatchItem, Consultation, ReadMark, Run, Sample
from colloquia.consultations.queries.coverage import coverage_of
from colloquia.consultations.services.batches import Draw, Made, make_batches
from colloquia.consultations.services.double_coding import code, draw_sample, finish
from colloquia.consultations.services.reading import ReadingRefused, mark_read, withdraw_mark
from colloquia.engines.bulk.readers import Wish
from tests.consultations.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)

ONE = "S-2026-00001"


def marking(run: Run, by: User, submission: str = ONE) -> Callable[[threading.Barrier], ReadMark]:
    def act(barrier: threading.Barrier) -> ReadMark:
        barrier.wait()
        return mark_read(run=run, submission_id=submission, by=by)

    return act


def test_one_person_marking_twice_at_once_makes_one_mark(stored_run: Run, bruno: User) -> None:
    first, second = at_once(marking(stored_run, bruno), marking(stored_run, bruno))
    assert first.pk == second.pk
    assert (ReadMark.objects.count(), coverage_of(stored_run).read) == (1, 1)


def test_two_people_marking_at_once_make_two_marks(stored_run: Run, bruno: User, olga: User) -> None:
    coverage_of(stored_run)
    at_once(marking(stored_run, bruno), marking(stored_run, olga))
    assert ReadMark.objects.count() == 2
    coverage = coverage_of(stored_run)
    assert (coverage.read, coverage.read_by_two) == (1, 1)


def test_looking_first_and_marking_later_goes_wrong(stored_run: Run, bruno: User) -> None:
    """The control: without the lock one of the two fails."""

    def careless(barrier: threading.Barrier) -> ReadMark:
        marks = ReadMark.objects.filter(submission_id=ONE, reader=bruno, withdrawn_at=None)
        found = marks.first()
        barrier.wait()
        return found or ReadMark.objects.create(
            consultation=stored_run.consultation, submission_id=ONE, reader=bruno
        )

    came = at_once(careless, careless)
    assert sorted(type(item).__name__ for item in came) == ["IntegrityError", "ReadMark"]
    assert any(isinstance(item, IntegrityError) for item in came)


def test_what_is_counted_beside_marks_adds_up(stored_run: Run, bruno: User, olga: User) -> None:
    """Two people mark and take back while a third counts; at the end nothing is missed."""
    names = [f"S-2026-{number:05d}" for number in range(1, 13)]

    def marker(by: User) -> Callable[[threading.Barrier], int]:
        def act(barrier: threading.Barrier) -> int:
            barrier.wait()
            for place, name in enumerate(names):
                mark_read(run=stored_run, submission_id=name, by=by)
                if place % 3 == 0:
                    withdraw_mark(run=stored_run, submission_id=name, by=by)
            return 1

        return act

    def counter(barrier: threading.Barrier) -> int:
        barrier.wait()
        for _ in range(40):
            coverage_of(stored_run)
        return 1

    assert at_once(marker(bruno), marker(olga), counter) == [1, 1, 1]
    coverage = coverage_of(stored_run)
    assert (coverage.read, coverage.read_by_two) == (8, 8)
    assert sorted(ReadMark.objects.values_list("sequence", flat=True)) == sorted(
        set(ReadMark.objects.values_list("sequence", flat=True))
    )


def making(run: Run, by: User, readers: list[User]) -> Callable[[threading.Barrier], Made]:
    def act(barrier: threading.Barrier) -> Made:
        barrier.wait()
        draw = Draw(Wish(), size=4, order="received")
        return make_batches(run=run, draw=draw, readers=readers, by=by)

    return act


def twice() -> int:
    """Submissions that stand twice in open batches."""
    names = list(BatchItem.objects.filter(batch__withdrawn_at=None).values_list("submission_id", flat=True))
    return len(names) - len(set(names))


@pytest.mark.parametrize("_time", range(3))
def test_two_makers_at_once_give_nothing_twice(stored_run: Run, bruno: User, olga: User, _time: int) -> None:
    came = at_once(making(stored_run, bruno, [bruno]), making(stored_run, olga, [bruno]))
    made = [item for item in came if isinstance(item, Made)]
    assert all(isinstance(item, Made | ReadingRefused) for item in came)
    assert sum(item.submissions for item in made) == 28
    assert (BatchItem.objects.count(), twice()) == (28, 0)
    numbers = sorted(Batch.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_choosing_first_and_writing_later_gives_submissions_twice(
    stored_run: Run, bruno: User, olga: User
) -> None:
    """The control: both see that nothing is assigned, and both assign it."""

    def careless(number: int, by: User) -> Callable[[threading.Barrier], None]:
        def act(barrier: threading.Barrier) -> None:
            taken = set(BatchItem.objects.values_list("submission_id", flat=True))
            rest = [name for name in (ONE, "S-2026-00002") if name not in taken]
            barrier.wait()
            with transaction.atomic():
                batch = Batch.objects.create(
                    consultation=stored_run.consultation, number=number, reader=bruno, made_by=by
                )
                BatchItem.objects.bulk_create(
                    BatchItem(batch=batch, submission_id=name, position=place)
                    for place, name in enumerate(rest, start=1)
                )

        return act

    assert at_once(careless(1, bruno), careless(2, olga)) == [None, None]
    assert twice() == 2


def test_the_last_two_coders_finishing_at_once_close_the_sample(
    stored_run: Run, bruno: User, olga: User
) -> None:
    sample = draw_sample(
        run=stored_run, question_id="IP-07.q1", size=2, seed=1, coders=[bruno, olga], by=bruno
    )
    for person in (bruno, olga):
        for name in sample.passages:
            code(sample=sample, by=person, passage_id=name, themes=[])

    def finishing(by: User) -> Callable[[threading.Barrier], Sample]:
        def act(barrier: threading.Barrier) -> Sample:
            barrier.wait()
            return finish(sample=sample, by=by)

        return act

    at_once(finishing(bruno), finishing(olga))
    sample.refresh_from_db()
    assert sample.finished == sorted([bruno.pk, olga.pk])
    assert sample.closed_at is not None
    assert sample.result["alpha"]["note"] == "no variation"


def test_writing_the_list_of_the_finished_without_a_lock_loses_one(
    stored_run: Run, bruno: User, olga: User
) -> None:
    """The control: each reads the list, adds themselves, and writes it."""
    sample = draw_sample(
        run=stored_run, question_id="IP-07.q1", size=2, seed=1, coders=[bruno, olga], by=bruno
    )

    def careless(by: User) -> Callable[[threading.Barrier], None]:
        def act(barrier: threading.Barrier) -> None:
            row = Sample.objects.get(pk=sample.pk)
            barrier.wait()
            row.finished = [*row.finished, by.pk]
            row.save(update_fields=["finished"])

        return act

    at_once(careless(bruno), careless(olga))
    sample.refresh_from_db()
    assert len(sample.finished) == 1


def test_a_batch_cut_short_leaves_whole_batches_and_the_rest_is_made_again(
    stored_run: Run, bruno: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program is stopped in the middle of the third batch."""
    written = BatchItem.objects.bulk_create
    calls = []

    def stopped(rows: list[BatchItem], *args: Any, **kwargs: Any) -> Any:
        calls.append(rows)
        found = written(rows, *args, **kwargs)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return found

    monkeypatch.setattr(BatchItem.objects, "bulk_create", stopped)
    draw = Draw(Wish(), size=10, order="received")
    with pytest.raises(KeyboardInterrupt):
        make_batches(run=stored_run, draw=draw, readers=[bruno], by=bruno)
    monkeypatch.undo()
    assert [batch.items.count() for batch in Batch.objects.order_by("number")] == [10, 10]
    made = make_batches(run=stored_run, draw=draw, readers=[bruno], by=bruno)
    assert (made.submissions, twice(), BatchItem.objects.count()) == (8, 0, 28)
    assert Consultation.objects.get().batches.count() == 3
    assert timezone.now() >= Batch.objects.get(number=3).made_at
