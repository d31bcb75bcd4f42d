"""What came late counts as in time once the call is extended beyond the moment at which it came."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from colloquia.accounts.models import User
from colloquia.core.models import AuditEntry, LedgerEntry
from colloquia.submissions.models import Call, PublishedSubmission, Submission
from colloquia.submissions.queries.integrity_acts import act_findings
from colloquia.submissions.queries.integrity_published import published_findings
from colloquia.submissions.queries.integrity_receipts import receipt_findings
from colloquia.submissions.services import in_time, private_token
from colloquia.submissions.services.calls import extend_call
from colloquia.submissions.tasks import prepare
from tests.submissions.made_public import made_public

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def closed(make_call: Callable[..., Call]) -> Call:
    """A call that closed three hours ago."""
    now = timezone.now()
    return make_call("closed-call", opens_at=now - 9 * HOUR, closes_at=now - 3 * HOUR)


def differences() -> list[object]:
    return [*receipt_findings(int), *act_findings(int), *published_findings(int)]


def extended(call: Call, by: User) -> None:
    extend_call(
        call=call, until=timezone.now() + HOUR, reasons={"en": "The site was down."}, seen=call.version, by=by
    )


def test_an_extension_makes_what_came_before_its_deadline_come_in_time(
    closed: Call, receive: Callable[..., Submission], bruno: User, client: Client
) -> None:
    now = timezone.now()
    late = receive(call=closed, received_at=now - 2 * HOUR)
    timely = receive(call=closed, received_at=now - 4 * HOUR)
    made_public(late, bruno)
    assert PublishedSubmission.objects.get().is_late is True
    page = f"/receipts/{private_token(late)}/"
    assert "Late: kept and marked as late" in client.get(page).content.decode()
    extended(closed, bruno)
    in_time.count_all_in_time(closed.pk)
    in_time.count_all_in_time(closed.pk)
    assert list(Submission.objects.order_by("pk").values_list("is_late", flat=True)) == [False, False]
    assert PublishedSubmission.objects.get().is_late is False
    text = re.sub(r"<[^>]+>", " ", client.get(page).content.decode())
    assert "it came after the deadline that held then, and the call was extended since" in text
    assert "held then" not in client.get(f"/receipts/{private_token(timely)}/").content.decode()
    entry = AuditEntry.objects.get(verb="submissions.count_in_time")
    assert (entry.object_id, entry.actor, entry.changes) == (str(late.pk), bruno, {"is_late": [True, False]})
    kinds = LedgerEntry.objects.filter(kind__in=("submission.counted_in_time", "submission.republished"))
    assert sorted(kinds.values_list("kind", flat=True)) == [
        "submission.counted_in_time",
        "submission.republished",
    ]
    assert differences() == []
    Submission.objects.filter(pk=late.pk).update(is_late=True)
    assert differences() != []


def test_what_came_after_the_new_deadline_too_stays_late(
    closed: Call, receive: Callable[..., Submission], bruno: User
) -> None:
    late = receive(call=closed, received_at=timezone.now() + 2 * HOUR)
    extended(closed, bruno)
    in_time.count_all_in_time(closed.pk)
    late.refresh_from_db()
    assert (late.is_late, LedgerEntry.objects.filter(kind=in_time.COUNTED).count()) == (True, 0)


def test_what_is_received_while_the_call_is_extended_is_counted_when_it_is_prepared(
    closed: Call, receive: Callable[..., Submission], bruno: User
) -> None:
    seen_before = Call.objects.get(pk=closed.pk)
    extended(closed, bruno)
    submission = receive(call=seen_before, received_at=timezone.now())
    assert submission.is_late is True
    prepare(submission.pk)
    submission.refresh_from_db()
    assert (submission.is_late, differences()) == (False, [])


@pytest.mark.parametrize(("hours", "tasks"), [(2, 1), (4, 0)])
def test_the_extension_asks_for_it_where_something_is_late(
    closed: Call, receive: Callable[..., Submission], bruno: User, hours: int, tasks: int
) -> None:
    receive(call=closed, received_at=timezone.now() - hours * HOUR)
    extended(closed, bruno)
    names = [row.args_kwargs["args"][0] for row in DBTaskResult.objects.all()]
    assert names.count(in_time.TASK) == tasks
