"""Two officers at one moment: one decision, one submission each, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier
from typing import Any

import pytest
from django.utils import timezone

from colloquia.accounts.models import User
from colloquia.core.models import LedgerEntry
from colloquia.submissions.models import Call, SealRequest, Submission
from colloquia.submissions.services import assigning, sealing
from colloquia.submissions.services.refusals import SubmissionRefused
from tests.consultations.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_officers_who_grant_at_once_open_it_once(
    receive: Callable[..., Submission], bruno: User, olga: User
) -> None:
    other = User.objects.create_user("pia@secretariat.example", name="Pia", is_officer=True)
    asked = sealing.ask(submission=receive(), act="unseal", reason="A complaint.", by=bruno)

    def grant(person: User) -> Callable[[Barrier], Any]:
        def act(barrier: Barrier) -> Any:
            barrier.wait()
            return sealing.grant(request=asked, by=person)

        return act

    came = at_once(grant(olga), grant(other))
    assert sorted(type(each).__name__ for each in came) == ["SealRequest", "SubmissionRefused"]
    assert LedgerEntry.objects.filter(kind="submission.unsealed").count() == 1


def test_negative_control_without_the_lock_both_would_grant(
    receive: Callable[..., Submission], bruno: User, olga: User
) -> None:
    other = User.objects.create_user("pia@secretariat.example", name="Pia", is_officer=True)
    asked = sealing.ask(submission=receive(), act="unseal", reason="A complaint.", by=bruno)

    def grant(person: User) -> Callable[[Barrier], Any]:
        def act(barrier: Barrier) -> Any:
            row = SealRequest.objects.get(pk=asked.pk)
            barrier.wait()
            if row.decided_at is not None:
                raise SubmissionRefused("decided")
            row.granted, row.decided_by, row.decided_at = True, person, timezone.now()
            row.save()
            return row

        return act

    came = at_once(grant(olga), grant(other))
    assert [type(each).__name__ for each in came] == ["SealRequest", "SealRequest"]


def test_two_who_ask_for_the_next_one_get_two(
    call: Call, receive: Callable[..., Submission], bruno: User, olga: User
) -> None:
    listed = {receive().pk, receive().pk}

    def take(person: User) -> Callable[[Barrier], Any]:
        def act(barrier: Barrier) -> Any:
            barrier.wait()
            return assigning.take_next(call=call, by=person)

        return act

    came = at_once(take(bruno), take(olga))
    assert {each.pk for each in came} == listed
