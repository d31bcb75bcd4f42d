"""When retention ends, what is sealed goes, call by call; holds stop it, and whoever is killed goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from colloquia.accounts.models import User
from colloquia.core import ledger
from colloquia.core.models import AuditEntry, LedgerEntry
from colloquia.engines.ledger import verify_receipt
from colloquia.submissions.models import (
    AnswerDraft,
    Call,
    RetentionHold,
    RetentionRun,
    Submission,
    TextVersion,
)
from colloquia.submissions.queries.integrity import text_findings
from colloquia.submissions.queries.retention import due_on, schedule
from colloquia.submissions.services import destroying
from colloquia.submissions.services.destroying import Destroyed, destroy
from colloquia.submissions.services.refusals import SubmissionRefused
from colloquia.submissions.services.retention import (
    ask_end,
    confirm_hold,
    destroy_due,
    end_hold,
    place_hold,
)
from tests.submissions.made_public import made_public

pytestmark = pytest.mark.django_db


@pytest.fixture
def over(call: Call, receive: Callable[..., Submission], make_draft: Callable[..., AnswerDraft]) -> Call:
    """A call whose retention ended yesterday, with three submissions and a draft."""
    for number in range(3):
        receive(email=f"ada{number}@example.org")
    make_draft()
    closed = timezone.now() - timedelta(days=400)
    Call.objects.filter(pk=call.pk).update(
        opens_at=closed - timedelta(days=30), closes_at=closed, retention_months=13
    )
    call.refresh_from_db()
    return call


def test_what_is_due_is_destroyed_once_with_its_counts_in_the_ledger(over: Call) -> None:
    (run,) = destroy_due()
    expected = Destroyed(submissions=3, documents=3, answers=3, drafts=1, mails=3, openings=3)
    assert run.counts == expected.as_json()
    entry = LedgerEntry.objects.get(index=run.ledger_index)
    assert (entry.kind, entry.opening.content["submissions"]) == ("retention.destroyed", 3)
    assert destroy_due() == []
    assert LedgerEntry.objects.filter(kind="retention.destroyed").count() == 1


def test_what_stays_public_after_retention_differs_from_nothing(
    over: Call, receive: Callable[..., Submission], bruno: User
) -> None:
    made_public(receive(email="eve@example.org"), bruno)
    Call.objects.update(closes_at=over.closes_at)
    destroy_due()
    assert TextVersion.objects.exclude(text="").exists()
    found = [each.what for each in text_findings(lambda _done: None) if each.is_difference]
    assert found == []


def test_the_ledger_stays_whole_and_receipts_that_were_given_still_hold(
    over: Call, receive: Callable[..., Submission]
) -> None:
    entry = LedgerEntry.objects.order_by("index").first()
    assert entry is not None
    given = ledger.receipt(entry)
    destroy_due()
    with pytest.raises(LookupError):
        ledger.receipt(LedgerEntry.objects.get(index=entry.index))
    verify_receipt(given, ledger.public_keys()[given.head.key])


def test_nothing_goes_before_its_day_nor_from_a_draft_of_a_call(over: Call) -> None:
    assert destroy_due(now=timezone.now() - timedelta(days=60)) == []
    Call.objects.update(announced_at=None)
    assert destroy_due() == []
    assert Submission.objects.filter(destroyed_at=None).count() == 3


def test_the_day_is_the_same_day_of_a_later_month_at_the_venue() -> None:
    moment = datetime(2026, 8, 31, 22, 30, tzinfo=UTC)
    call = Call(closes_at=moment, opens_at=moment, retention_months=6, time_zone="UTC")
    assert due_on(call) == date(2027, 2, 28)
    call.time_zone = "Asia/Tokyo"
    assert due_on(call) == date(2027, 3, 1)


def test_killed_in_the_middle_it_goes_on_and_counts_each_once(
    over: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed_at = Submission.objects.order_by("pk")[1].pk

    def kill(submission: Submission) -> None:
        if submission.pk == killed_at:
            raise KeyboardInterrupt

    monkeypatch.setattr(destroying, "_destroyers", [kill])
    with pytest.raises(KeyboardInterrupt):
        destroy_due()
    assert Submission.objects.filter(destroyed_at=None).count() == 2
    assert RetentionRun.objects.get().counts["submissions"] == 1
    monkeypatch.setattr(destroying, "_destroyers", [])
    (run,) = destroy_due()
    assert run.counts["submissions"] == 3


def test_counts_kept_in_memory_are_wrong_after_it_was_killed(
    over: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: what counts at the end alone forgets what was done before."""

    def careless(stop_after: int) -> int:
        counts = Destroyed()
        for done, submission in enumerate(Submission.objects.filter(destroyed_at=None).order_by("pk")):
            if done == stop_after:
                raise KeyboardInterrupt
            counts += destroy(submission, keep_published=True)
        return counts.submissions

    with pytest.raises(KeyboardInterrupt):
        careless(1)
    assert careless(9) == 2


def test_a_hold_takes_two_officers_and_so_does_its_end(
    over: Call, bruno: User, olga: User, chen: User
) -> None:
    with pytest.raises(SubmissionRefused, match="Only an officer"):
        place_hold(call=over, reason="A court", by=chen)
    with pytest.raises(SubmissionRefused, match="Give the reason"):
        place_hold(call=over, reason=" ", by=bruno)
    hold = place_hold(call=over, reason="Proceedings before a court", by=bruno)
    assert destroy_due() == []
    with pytest.raises(SubmissionRefused, match="Another officer"):
        confirm_hold(hold=hold, by=bruno)
    confirm_hold(hold=hold, by=olga)
    with pytest.raises(SubmissionRefused, match="Nobody has asked"):
        end_hold(hold=hold, by=bruno)
    ask_end(hold=hold, reason="The proceedings are over", by=olga)
    with pytest.raises(SubmissionRefused, match="Another officer"):
        end_hold(hold=hold, by=olga)
    assert destroy_due() == []
    end_hold(hold=hold, by=bruno)
    assert len(destroy_due()) == 1
    entries = AuditEntry.objects.filter(object_type="submissions.retentionhold").order_by("pk")
    assert [entry.verb.partition(".")[2] for entry in entries] == [
        "place_hold",
        "confirm_hold",
        "ask_end_of_hold",
        "end_hold",
    ]


def test_a_hold_that_nobody_confirms_lapses(over: Call, bruno: User) -> None:
    place_hold(call=over, reason="A court", by=bruno)
    RetentionHold.objects.update(asked_at=timezone.now() - timedelta(days=15))
    assert len(destroy_due()) == 1


def test_a_hold_placed_in_the_middle_stops_it(
    over: Call, bruno: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hold(call: Call, done: int, _total: int) -> None:
        if done == 1:
            place_hold(call=call, reason="A court", by=bruno)

    assert destroy_due(report=hold) == []
    assert Submission.objects.filter(destroyed_at=None).count() == 2


def test_the_page_is_for_officers_and_asks_the_same_of_one_call_and_of_three(
    over: Call,
    make_call: Callable[..., Call],
    client: Client,
    bruno: User,
    chen: User,
    django_assert_num_queries: Any,
) -> None:
    client.force_login(chen)
    assert client.get("/retention/").status_code == 403
    assert client.get("/retention/small-call/").status_code == 403
    client.force_login(bruno)
    assert "A small call" in client.get("/retention/").content.decode()
    with django_assert_num_queries(5):
        assert len(schedule()) == 1
    make_call("second")
    make_call("third")
    with django_assert_num_queries(5):
        assert len(schedule()) == 3


def test_a_refused_hold_keeps_what_was_typed(over: Call, client: Client, bruno: User) -> None:
    client.force_login(bruno)
    client.post("/retention/small-call/", {"act": "place", "reason": "A court"})
    page = client.post("/retention/small-call/", {"act": "ask-end", "reason": ""})
    assert page.status_code == 409
    assert client.post("/retention/small-call/", {"act": "confirm"}).status_code == 409
    assert RetentionHold.objects.get().confirmed_at is None


def test_the_command_says_what_it_would_do_and_does_it(
    over: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    from colloquia.cli import main

    assert main(["retention", "--dry-run"]) == 0
    assert "due        small-call: 3 submissions, 1 drafts, 0 sources" in capsys.readouterr().out
    assert Submission.objects.filter(destroyed_at=None).count() == 3
    assert main(["retention"]) == 0
    assert "small-call: destroyed 3 submissions" in capsys.readouterr().out
