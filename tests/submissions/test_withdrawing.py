"""Until the close a sender replaces or takes back what was sent; afterwards it stands."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from colloquia.accounts.models import User
from colloquia.core import ledger
from colloquia.core.models import AuditEntry, LedgerEntry, OutgoingMail
from colloquia.submissions import services
from colloquia.submissions.models import (
    AnswerDraft,
    Call,
    CheckState,
    DraftFile,
    PublishedSubmission,
    Submission,
)
from colloquia.submissions.records import Content
from colloquia.submissions.services import drafting, publishing, withdrawing
from colloquia.waiting_room import ARRIVED
from tests.consultations.together import at_once
from tests.submissions.conftest import NAMED

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(draft: AnswerDraft, attach: Callable[..., Any]) -> Submission:
    """A submission with a confidential file and its public version."""
    whole = DraftFile.objects.create(
        draft=draft,
        attachment=attach("whole.txt"),
        position=1,
        secrecy="confidential",
        secrecy_reason="trade",
    )
    DraftFile.objects.create(
        draft=draft, attachment=attach("public.txt", b"Less.\n"), position=2, public_version_of=whole
    )
    return services.send(draft=draft)


def publish(submission: Submission, by: User) -> None:
    """A public row as publishing makes it."""
    PublishedSubmission.objects.create(
        submission=submission,
        identifier=submission.identifier,
        call=submission.call,
        version=submission.version,
        kind="organisation",
        channel="web",
        received_on=submission.received_at.date(),
        published_by=by,
    )


def at(name: str, submission: Submission) -> str:
    return reverse(name, args=[services.private_token(submission)])


def test_the_draft_that_replaces_holds_the_version_with_its_files(sent: Submission) -> None:
    draft = withdrawing.begin_replacement(submission=sent)
    sealed = json.loads(sent.versions.get().document)["content"]
    assert Content.from_json(draft.content) == Content.from_json(sealed)
    assert [row.attachment.name for row in draft.files.order_by("position")] == ["whole.txt", "public.txt"]
    assert draft.files.get(position=2).public_version_of == draft.files.get(position=1)
    assert (draft.email, draft.replaces) == ("ada@example.org", sent)


def test_two_tabs_get_the_same_draft_and_make_one_version(sent: Submission) -> None:
    first, second = (withdrawing.begin_replacement(submission=sent) for _tab in range(2))
    assert first == second
    services.send(draft=first)
    services.send(draft=second)
    sent.refresh_from_db()
    assert sent.version == 2
    again = withdrawing.begin_replacement(submission=sent)
    assert again.pk != first.pk


def test_replacing_takes_back_what_was_public(sent: Submission, bruno: User) -> None:
    publish(sent, bruno)
    services.send(draft=withdrawing.begin_replacement(submission=sent))
    assert PublishedSubmission.objects.count() == 0
    assert [row.template for row in OutgoingMail.objects.order_by("pk")] == ["submissions/mail/receipt"] * 2


def test_withdrawing_takes_down_what_is_public_and_stands_in_ledger_audit_and_mail(
    sent: Submission, bruno: User
) -> None:
    publish(sent, bruno)
    withdrawing.withdraw(submission=sent, reason="We were wrong.")
    sent.refresh_from_db()
    assert PublishedSubmission.objects.count() == 0
    assert sent.withdrawn_at is not None
    assert sent.versions.get().document != ""
    entry = ledger.entry_of(sent, withdrawing.WITHDRAWN)
    assert entry is not None
    assert (entry.opening.content["submission"], entry.opening.content["version"]) == (sent.identifier, 1)
    assert OutgoingMail.objects.order_by("-pk")[0].template == "submissions/mail/withdrawn"
    said = json.dumps(
        list(AuditEntry.objects.values_list("verb", "changes", "note", "object_label")), default=str
    )
    assert "We were wrong." not in said


def test_the_page_says_what_happens_before_and_what_stands_after_the_close(
    sent: Submission, call: Call, client: Client, bruno: User
) -> None:
    def page() -> str:
        return client.get(at("receipt_withdraw", sent)).content.decode()

    before = page()
    assert "Nothing of it is public now" in before
    assert "stay sealed, byte for byte" in before
    assert "You get a message" in before
    assert "can no longer be sent" not in before
    publish(sent, bruno)
    withdrawing.begin_replacement(submission=sent)
    public = page()
    assert "taken down at once" in public
    assert "The draft that you began to replace it is kept, and can no longer be sent." in public
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now())
    closed = page()
    assert "can no longer be replaced or withdrawn" in closed
    assert "It is published, and stays so" in closed
    assert '<button class="button danger"' not in closed
    PublishedSubmission.objects.all().delete()
    assert "it is published as you wished once the secretariat has checked it" in page()


def test_withdrawn_twice_is_once(sent: Submission) -> None:
    first = withdrawing.withdraw(submission=sent)
    assert withdrawing.withdraw(submission=sent).withdrawn_at == first.withdrawn_at
    assert LedgerEntry.objects.filter(kind=withdrawing.WITHDRAWN).count() == 1


@pytest.mark.parametrize("act", [withdrawing.withdraw, withdrawing.begin_replacement])
def test_at_the_second_of_the_deadline_it_is_refused(
    act: Callable[..., Any], sent: Submission, call: Call
) -> None:
    with pytest.raises(services.SubmissionRefused, match="Write to the secretariat"):
        act(submission=sent, now=call.deadline)
    sent.refresh_from_db()
    assert (sent.withdrawn_at, sent.drafts_to_replace.count()) == (None, 0)


@pytest.mark.parametrize("act", [withdrawing.withdraw, withdrawing.begin_replacement])
def test_a_second_before_the_deadline_it_is_done(
    act: Callable[..., Any], sent: Submission, call: Call
) -> None:
    act(submission=sent, now=call.deadline - timedelta(seconds=1))


def test_who_arrived_before_the_deadline_takes_it_back_however_long_the_queue(
    sent: Submission, call: Call, client: Client
) -> None:
    deadline = timezone.now()
    Call.objects.filter(pk=call.pk).update(closes_at=deadline)
    where = reverse("receipt_withdraw", args=[services.private_token(sent)])
    assert client.post(where, {"reason": "Late."}, **{ARRIVED: deadline}).status_code == 409
    moment = deadline - timedelta(seconds=1)
    assert client.post(where, {"reason": "In time."}, **{ARRIVED: moment}).status_code == 302
    sent.refresh_from_db()
    assert sent.withdrawn_at == moment


def test_a_draft_begun_in_time_is_refused_after_the_deadline_and_kept(sent: Submission, call: Call) -> None:
    draft = withdrawing.begin_replacement(submission=sent)
    with pytest.raises(services.SubmissionRefused):
        services.send(draft=draft, now=call.deadline)
    draft.refresh_from_db()
    assert (draft.sent_version, Content.from_json(draft.content).organisation) == (None, "Example Publishers")


def test_a_draft_to_replace_what_was_withdrawn_is_refused_and_kept(sent: Submission) -> None:
    draft = withdrawing.begin_replacement(submission=sent)
    withdrawing.withdraw(submission=sent)
    with pytest.raises(services.SubmissionRefused):
        services.send(draft=draft)
    draft.refresh_from_db()
    assert draft.content["organisation"] == "Example Publishers"


def test_an_officer_still_reads_a_file_that_also_lies_in_the_draft(
    draft: AnswerDraft, attach: Callable[..., Any], bruno: User
) -> None:
    attachment = attach("open.txt")
    DraftFile.objects.create(draft=draft, attachment=attachment, position=1)
    submission = services.send(draft=draft)
    withdrawing.begin_replacement(submission=submission)
    assert bruno.has_perm("core.read_attachment", attachment) is True


def test_two_clicks_withdraw_and_the_first_changes_nothing(client: Client, sent: Submission) -> None:
    page = client.get(at("receipt", sent)).content.decode()
    assert at("receipt_withdraw", sent) in page
    assert "Withdraw" in client.get(at("receipt_withdraw", sent)).content.decode()
    sent.refresh_from_db()
    assert sent.withdrawn_at is None
    client.post(at("receipt_withdraw", sent), {"reason": "Sent by mistake."})
    sent.refresh_from_db()
    assert sent.withdrawal_reason == "Sent by mistake."
    assert "You withdrew this submission" in client.get(at("receipt", sent)).content.decode()


def test_after_the_close_the_page_says_what_to_do_and_keeps_what_was_typed(
    client: Client, sent: Submission
) -> None:
    Call.objects.update(closed_early_at=timezone.now(), contact="desk@secretariat.example")
    assert "desk@secretariat.example" in client.get(at("receipt_withdraw", sent)).content.decode()
    response = client.post(at("receipt_withdraw", sent), {"reason": "A long reason."})
    assert (response.status_code, "A long reason." in response.content.decode()) == (409, True)


def test_replacing_leads_to_the_draft(client: Client, sent: Submission) -> None:
    response = client.post(at("receipt_replace", sent))
    assert response.status_code == 302
    assert response["Location"].startswith("/drafts/")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("checked_under_lock", [True, False])
def test_publishing_that_waits_for_a_withdrawal_publishes_nothing(
    receive: Callable[..., Submission], bruno: User, checked_under_lock: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control publishes by what it read before its turn came, and puts a withdrawn one up."""
    if connection.vendor == "sqlite":
        connection.close()
    submission = receive(content=replace(NAMED))
    Submission.objects.update(check_state=CheckState.READY)
    started, withdrawn = threading.Event(), threading.Event()
    before = Submission.objects.select_related("call").get()

    def officer() -> None:
        started.set()
        withdrawn.wait(10)
        try:
            if checked_under_lock:
                publishing.publish(submission=before, by=bruno)
            elif before.withdrawn_at is None:
                publish(before, bruno)
        except services.SubmissionRefused:
            pass
        finally:
            connection.close()

    thread = threading.Thread(target=officer)
    thread.start()
    started.wait(10)
    withdrawing.withdraw(submission=submission)
    withdrawn.set()
    thread.join()
    assert PublishedSubmission.objects.count() == (0 if checked_under_lock else 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("looked_under_lock", [True, False])
def test_two_tabs_at_one_moment_get_one_draft(
    receive: Callable[..., Submission], looked_under_lock: bool
) -> None:
    """The negative control looks for a draft before it takes its turn, and makes two."""
    submission = receive()

    def tab(barrier: threading.Barrier) -> AnswerDraft:
        under_way = submission.drafts_to_replace.first()
        barrier.wait()
        if looked_under_lock:
            return withdrawing.begin_replacement(submission=submission)
        return under_way or drafting.begin(call=submission.call, email="ada@example.org", replaces=submission)

    came = at_once(tab, tab)
    assert [type(each) for each in came] == [AnswerDraft, AnswerDraft]
    assert submission.drafts_to_replace.count() == (1 if looked_under_lock else 2)
