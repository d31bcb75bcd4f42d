"""A draft is sent once, sealed as it is, and stands in the ledger."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from colloquia.core import ledger
from colloquia.core.models import AuditEntry, LedgerEntry
from colloquia.engines.ledger import verify_receipt
from colloquia.submissions import services
from colloquia.submissions.models import AnswerDraft, Call, Submission
from colloquia.submissions.records import AnswerIn
from tests.submissions.conftest import NAMED

pytestmark = pytest.mark.django_db


def test_sent_twice_it_is_one_submission_under_one_id(draft: AnswerDraft) -> None:
    """Whoever presses twice, or sends again over a bad line, gets the same id."""
    first, again = services.send(draft=draft), services.send(draft=draft)
    assert first == again
    assert [row.identifier for row in Submission.objects.all()] == [f"S-{timezone.now().year}-00001"]
    assert LedgerEntry.objects.count() == 1


def test_the_document_is_sealed_with_its_hash_and_the_receipt_holds(draft: AnswerDraft) -> None:
    """What was typed stands in the document; the receipt opens the entry that commits to its hash."""
    submission = services.send(draft=draft)
    version = submission.versions.get()
    document = json.loads(version.document)
    assert document["content"]["answers"][0]["text"] == NAMED.answers[0].text
    assert hashlib.sha256(version.document.encode()).hexdigest() == version.sha256
    entry = ledger.entry_of(submission, "submission.received")
    assert entry is not None
    receipt = ledger.receipt(entry)
    assert receipt.content["document"] == version.sha256
    verify_receipt(receipt, ledger.public_keys()[receipt.head.key])


def test_nothing_of_the_sender_stands_in_the_entry_itself(draft: AnswerDraft) -> None:
    """Entries are public; name, address, id and hash are only committed to."""
    submission = services.send(draft=draft)
    entry = LedgerEntry.objects.get()
    said = json.dumps([entry.kind, entry.at, entry.commitment])
    for word in ("Ada", "example", submission.identifier, submission.versions.get().sha256):
        assert word not in said


def test_a_draft_that_says_nothing_is_refused_and_kept(make_draft: Callable[..., AnswerDraft]) -> None:
    """The refusal names what is missing; the draft stays as it was."""
    draft = make_draft(replace(NAMED, answers=(), organisation=""))
    with pytest.raises(services.SubmissionRefused) as refusal:
        services.send(draft=draft)
    assert sorted(refusal.value.problems) == ["", "organisation"]
    draft.refresh_from_db()
    assert draft.content["name"] == "Ada Example"
    assert Submission.objects.count() == 0


def test_at_the_second_of_the_deadline_it_is_late(draft: AnswerDraft, call: Call) -> None:
    """The deadline itself is outside; a second before is in time."""
    assert services.send(draft=draft, now=call.deadline).is_late is True


def test_before_the_deadline_it_is_in_time(draft: AnswerDraft, call: Call) -> None:
    """The time counts at which the request arrived."""
    assert services.send(draft=draft, now=call.deadline - timedelta(seconds=1)).is_late is False


def test_a_call_that_takes_nothing_late_refuses(make_draft: Callable[..., AnswerDraft], call: Call) -> None:
    """Nothing is lost: the draft stays."""
    Call.objects.filter(pk=call.pk).update(accepts_late=False)
    with pytest.raises(services.SubmissionRefused):
        services.send(draft=make_draft(), now=call.deadline)
    assert Submission.objects.count() == 0


def test_replacing_seals_a_second_version_beside_the_first(
    draft: AnswerDraft, make_draft: Callable[..., AnswerDraft]
) -> None:
    """The earlier version stays as it was received."""
    submission = services.send(draft=draft)
    again = make_draft(
        replace(NAMED, answers=(AnswerIn("XX-01.q2", "Another answer."),)), replaces=submission
    )
    assert services.send(draft=again) == submission
    assert services.send(draft=again) == submission
    first, second = submission.versions.order_by("number")
    assert "register of training data" in first.document
    assert "Another answer." in second.document
    assert [row.kind for row in LedgerEntry.objects.all()] == ["submission.received", "submission.replaced"]


def test_every_sending_is_audited(draft: AnswerDraft) -> None:
    """The audit names the acts, and holds no answer."""
    services.send(draft=draft)
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["submissions.receive", "submissions.send_draft"]
