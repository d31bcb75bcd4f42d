"""Batches: chosen, dealt out evenly, no submission twice, withdrawn, and given to somebody else."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from colloquia.accounts.models import User
from colloquia.consultations.models import Batch, BatchItem, Run
from colloquia.consultations.queries.reading import items_of, with_progress
from colloquia.consultations.services.batches import (
    Draw,
    Made,
    make_batches,
    reassign_batch,
    withdraw_batch,
)
from colloquia.consultations.services.reading import ReadingRefused, mark_read
from colloquia.core.models import AuditEntry
from colloquia.engines.bulk import Filters
from colloquia.engines.bulk.readers import Wish

pytestmark = pytest.mark.django_db


def make(run: Run, readers: list[User], **draw: Any) -> Made:
    values: dict[str, Any] = {"wish": Wish(), "order": "received"} | draw
    return make_batches(run=run, draw=Draw(**values), readers=readers, by=readers[0])


def given(reader: User) -> list[str]:
    rows = BatchItem.objects.filter(batch__reader=reader, batch__withdrawn_at=None)
    return list(rows.order_by("batch__number", "position").values_list("submission_id", flat=True))


def named(*numbers: int) -> list[str]:
    return [f"S-2026-{number:05d}" for number in numbers]


def test_all_are_dealt_out_evenly_in_batches(stored_run: Run, bruno: User, olga: User) -> None:
    made = make(stored_run, [bruno, olga], size=5)
    assert (made.submissions, made.left, made.met) == (28, 0, 0)
    assert given(bruno) == named(*range(1, 28, 2))
    assert given(olga) == named(*range(2, 29, 2))
    assert [(batch.number, batch.reader, batch.items.count()) for batch in made.batches] == [
        (1, bruno, 5),
        (2, bruno, 5),
        (3, bruno, 4),
        (4, olga, 5),
        (5, olga, 5),
        (6, olga, 4),
    ]
    assert list(made.batches[1].items.values_list("position", flat=True)) == [1, 2, 3, 4, 5]
    assert AuditEntry.objects.filter(verb="consultations.make_batch").count() == 6


def test_by_lot_the_seed_decides(stored_run: Run, bruno: User) -> None:
    orders = []
    for seed in (1, 1, 2):
        (batch,) = make(stored_run, [bruno], order="lot", seed=seed).batches
        orders.append([item.submission_id for item in items_of(batch)])
        withdraw_batch(batch=batch, by=bruno)
    assert sorted(orders[0]) == named(*range(1, 29))
    assert orders[0] == orders[1] != orders[2]
    assert Batch.objects.get(number=3).chosen == {
        "unread": True,
        "unassigned": True,
        "order": "lot",
        "seed": 2,
    }


def test_each_reader_gets_so_many_and_the_rest_is_left(stored_run: Run, bruno: User, olga: User) -> None:
    made = make(stored_run, [bruno, olga], each=3)
    assert (made.submissions, made.left) == (6, 22)
    made = make(stored_run, [bruno], each=2)
    assert (given(bruno), made.left) == (named(1, 3, 5, 7, 8), 20)


def test_filters_questions_and_states_of_reading_choose(stored_run: Run, bruno: User) -> None:
    cases = [
        (Wish(Filters(languages=("fr",))), named(6, 7)),
        (Wish(Filters(stakeholders=("Member state",))), named(1, 2)),
        (Wish(question="IP-07.q1", filters=Filters(languages=("de", "ja"))), named(24, 25)),
        (Wish(in_languages=("sw",)), named(11)),
        (Wish(unreadable=True), named(26)),
        (Wish(Filters(search="lullabies")), named(16)),
    ]
    for wish, expected in cases:
        (batch,) = make(stored_run, [bruno], wish=wish).batches
        assert [item.submission_id for item in items_of(batch)] == expected
        withdraw_batch(batch=batch, by=bruno)


def test_one_of_each_shared_text_and_what_each_added(stored_run: Run, bruno: User) -> None:
    english = Filters(search="require permission before any song")
    (batch,) = make(stored_run, [bruno], wish=Wish(english, one_of_each=True)).batches
    assert [item.submission_id for item in items_of(batch)] == named(12, 15, 16)
    withdraw_batch(batch=batch, by=bruno)
    mark_read(run=stored_run, submission_id="S-2026-00014", by=bruno)
    (batch,) = make(stored_run, [bruno], wish=Wish(english, one_of_each=True)).batches
    assert [item.submission_id for item in items_of(batch)] == named(15, 16)


def test_what_was_read_is_left_out_unless_asked_for(stored_run: Run, bruno: User, olga: User) -> None:
    mark_read(run=stored_run, submission_id="S-2026-00001", by=olga)
    assert make(stored_run, [bruno]).submissions == 27
    assert make(stored_run, [olga], unread=False, unassigned=False).submissions == 28


def test_never_twice_in_one_readers_open_batches(stored_run: Run, bruno: User, olga: User) -> None:
    make(stored_run, [bruno], each=10)
    made = make(stored_run, [bruno, olga], unassigned=False)
    assert made.submissions == 28
    assert max(Counter(given(bruno)).values()) == 1
    assert max(Counter(given(olga)).values()) == 1
    # What only Bruno has already went to Olga; of the rest each got as even a part as was left.
    assert set(named(*range(1, 11))) <= set(given(olga))
    with pytest.raises(ReadingRefused, match="No submission is left"):
        make(stored_run, [bruno])


def test_a_withdrawn_batch_frees_its_submissions(stored_run: Run, bruno: User) -> None:
    (batch,) = make(stored_run, [bruno]).batches
    mark_read(run=stored_run, submission_id="S-2026-00001", by=bruno)
    withdrawn = withdraw_batch(batch=batch, by=bruno)
    assert withdraw_batch(batch=batch, by=bruno).withdrawn_at == withdrawn.withdrawn_at
    assert make(stored_run, [bruno]).submissions == 27
    assert AuditEntry.objects.filter(verb="consultations.withdraw_batch").count() == 1


def test_what_is_unread_goes_to_another_reader(stored_run: Run, bruno: User, olga: User) -> None:
    (batch,) = make(stored_run, [bruno], each=6).batches
    make(stored_run, [olga], wish=Wish(Filters(languages=("es",))), unassigned=False)  # 2 and 23
    mark_read(run=stored_run, submission_id="S-2026-00001", by=bruno)
    mark_read(run=stored_run, submission_id="S-2026-00003", by=olga)
    made = reassign_batch(batch=batch, to=olga, by=bruno)
    assert [item.submission_id for item in items_of(made)] == named(4, 5, 6)
    assert (made.reader, made.chosen["from_batch"]) == (olga, 1)
    batch.refresh_from_db()
    assert batch.withdrawn_at is not None
    with pytest.raises(ReadingRefused, match="withdrawn"):
        reassign_batch(batch=batch, to=olga, by=bruno)


def test_a_batch_is_given_to_officers_only(stored_run: Run, bruno: User, olga: User, chen: User) -> None:
    (batch,) = make(stored_run, [bruno]).batches
    for person in (chen, bruno):
        with pytest.raises(ReadingRefused, match="another officer"):
            reassign_batch(batch=batch, to=person, by=bruno)
    with pytest.raises(ReadingRefused, match="readers are officers"):
        make(stored_run, [bruno, chen])
    with pytest.raises(ReadingRefused, match="at least one reader"):
        make_batches(run=stored_run, draw=Draw(Wish()), readers=[], by=bruno)
    for name in named(*range(1, 29)):
        mark_read(run=stored_run, submission_id=name, by=bruno)
    with pytest.raises(ReadingRefused, match="Nothing is left"):
        reassign_batch(batch=batch, to=olga, by=bruno)


@pytest.mark.parametrize("draw", [{"size": 0}, {"size": 201}, {"each": 0}])
def test_numbers_out_of_range_are_refused(stored_run: Run, bruno: User, draw: dict[str, int]) -> None:
    with pytest.raises(ReadingRefused, match="between 1 and 200"):
        make(stored_run, [bruno], **draw)


def test_progress_is_what_the_reader_marked(stored_run: Run, bruno: User, olga: User) -> None:
    (batch,) = make(stored_run, [bruno], each=2).batches
    mark_read(run=stored_run, submission_id="S-2026-00001", by=olga)
    mark_read(run=stored_run, submission_id="S-2026-00002", by=bruno)
    (progress,) = with_progress([batch])
    assert (progress.read, progress.total, progress.is_done) == (1, 2, False)
    assert [item.is_read for item in items_of(batch)] == [False, True]
