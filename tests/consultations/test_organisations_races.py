"""Two officers decide at the same moment: no contradiction gets in, and no count stays behind."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction

from colloquia.consultations import services
from colloquia.consultations.models import Consultation, OrganisationDecision, Run
from colloquia.consultations.models.consultation import new_version
from colloquia.consultations.models.organisations import OrganisationVerdict as Verdict
from colloquia.consultations.queries import bulk_of, settlement_of
from colloquia.consultations.queries.state import decisions_of, settlement_with
from colloquia.consultations.services.organisation_refusals import OrganisationsRefused
from colloquia.consultations.services.organisations import Choice, decide_one, undo_decision
from colloquia.consultations.services.recounting import recount
from tests.consultations.counted import by_hand, stored
from tests.consultations.named import (
    KESTREL,
    KESTREL_SLIP,
    OTTER,
    OTTER_SLIP,
    OTTER_UGANDA,
    fresh,
    named_folder,
    named_run,
)
from tests.consultations.test_correcting_races import at_once

if TYPE_CHECKING:
    from colloquia.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["named_folder", "named_run"]
JOIN = Choice(Verdict.SAME, (OTTER, OTTER_UGANDA), "Otter")
APART = Choice(Verdict.DIFFERENT, (OTTER, OTTER_UGANDA))


@pytest.mark.parametrize("_time", range(3))
def test_of_two_that_contradict_one_is_made_and_the_other_told(
    named_run: Run, bruno: User, amara: User, _time: int
) -> None:
    def act(by: User, choice: Choice) -> Any:
        def work(barrier: threading.Barrier) -> OrganisationDecision:
            barrier.wait()
            return decide_one(run=named_run, choice=choice, by=by, seen=0)

        return work

    came = at_once(act(bruno, JOIN), act(amara, APART))
    assert sorted(type(item).__name__ for item in came) == ["OrganisationDecision", "OrganisationsRefused"]
    told = next(item for item in came if isinstance(item, OrganisationsRefused))
    assert told.code in {"contradiction", "joined"}
    assert settlement_of(fresh(named_run)).contradictions == ()
    assert OrganisationDecision.objects.count() == 1


def test_three_that_contradict_only_together_never_all_get_in(
    named_run: Run, bruno: User, amara: User, chen: User
) -> None:
    choices = [
        Choice(Verdict.SAME, (OTTER, OTTER_SLIP), "One"),
        Choice(Verdict.SAME, (OTTER_SLIP, OTTER_UGANDA), "Two"),
        APART,
    ]

    def act(by: User, choice: Choice) -> Any:
        def work(barrier: threading.Barrier) -> OrganisationDecision:
            barrier.wait()
            return decide_one(run=named_run, choice=choice, by=by, seen=1000)

        return work

    came = at_once(*(act(by, choice) for by, choice in zip((bruno, amara, chen), choices, strict=True)))
    assert sum(isinstance(item, OrganisationsRefused) for item in came) == 1
    assert sorted(OrganisationDecision.objects.values_list("number", flat=True)) == [1, 2]
    assert settlement_of(fresh(named_run)).contradictions == ()


def test_without_the_lock_a_contradiction_gets_in(named_run: Run, bruno: User, amara: User) -> None:
    """The control: look first, write later, and it goes wrong; so the tests above say something."""

    def act(by: User, choice: Choice) -> Any:
        def careless(barrier: threading.Barrier) -> None:
            run = fresh(named_run)
            held = settlement_with(run, decisions_of(run))
            barrier.wait()
            assert held.of(OTTER) != held.of(OTTER_UGANDA)
            assert held.apart() == set()
            with transaction.atomic():
                row = Consultation.objects.select_for_update().get(pk=run.consultation_id)
                OrganisationDecision.objects.create(
                    consultation=row, verdict=choice.verdict, keys=list(choice.keys), by=by,
                    number=row.organisations_sequence + 1,
                )  # fmt: skip
                row.organisations_version = new_version()
                row.organisations_sequence += 1
                row.save()

        return careless

    assert at_once(act(bruno, JOIN), act(amara, APART)) == [None, None]
    assert len(settlement_of(fresh(named_run)).contradictions) == 1


def test_counting_beside_decisions_never_leaves_older_counts(named_run: Run, bruno: User) -> None:
    def counter(barrier: threading.Barrier) -> None:
        barrier.wait()
        for _ in range(8):
            services.count_themes(named_run)

    def decider(barrier: threading.Barrier) -> None:
        barrier.wait()
        for _ in range(4):
            made = decide_one(
                run=named_run,
                choice=Choice(Verdict.SAME, (KESTREL, KESTREL_SLIP), "K"),
                by=bruno,
                seen=1000,
            )
            undo_decision(run=named_run, number=made.number, by=bruno)
        decide_one(
            run=named_run, choice=Choice(Verdict.SAME, (KESTREL, KESTREL_SLIP), "K"), by=bruno, seen=1000
        )

    assert at_once(counter, decider) == [None, None]
    run = fresh(named_run)
    if run.counted_sequence == run.sequence:
        assert stored(run) == by_hand(run)
    recount(run.consultation_id)
    assert stored(fresh(run)) == by_hand(fresh(run))


def test_a_run_signed_beside_a_decision_keeps_the_counts_it_was_signed_with(
    named_run: Run, bruno: User, amara: User
) -> None:
    services.review_run(run=named_run, by=bruno)

    def signer(barrier: threading.Barrier) -> Run:
        barrier.wait()
        return services.sign_run(run=named_run, by=amara, seen_read=0)

    def decider(barrier: threading.Barrier) -> OrganisationDecision:
        barrier.wait()
        return decide_one(run=named_run, choice=JOIN, by=bruno, seen=0)

    signed, decided = at_once(signer, decider)
    run = fresh(named_run)
    if isinstance(signed, Run):
        assert isinstance(decided, OrganisationsRefused)
        assert run.signed_with["organisations"] == 0
    else:
        assert isinstance(signed, services.SigningRefused)
        assert isinstance(decided, OrganisationDecision)
        recount(run.consultation_id)
    assert stored(fresh(run)) == by_hand(fresh(run))
    assert bulk_of(fresh(run)).total().organisations == len(bulk_of(fresh(run)).organisations())
