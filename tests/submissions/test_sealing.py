"""What is sealed stays shut for everybody, until two officers open or destroy it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from colloquia.accounts.models import User
from colloquia.core import ledger
from colloquia.core.models import Attachment, AuditEntry, LedgerEntry, LedgerOpening, OutgoingMail
from colloquia.submissions.models import (
    Answer,
    CheckNote,
    FileScan,
    PersonalDataFinding,
    PublishedSubmission,
    SealRequest,
    Submission,
    SubmissionFile,
    TextFingerprint,
    TextVersion,
)
from colloquia.submissions.records import AnswerIn, FileIn, Incoming
from colloquia.submissions.services import checking, receiving, sealing
from colloquia.submissions.services.preparing import prepare
from colloquia.submissions.services.publishing import publish
from colloquia.submissions.services.refusals import SubmissionRefused
from tests.submissions.conftest import NAMED

SECRET = "Canary of the sealed answer"
BYTES = b"Canary of the sealed file\n"
CONTENT = replace(
    NAMED,
    answers=(
        AnswerIn("XX-01.q1", "Write to ada@example.org about the register, as we told you before.", "en"),
        AnswerIn("XX-01.q2", SECRET, "en", "confidential", "Trade secret"),
    ),
)


@pytest.fixture
def submission(receive: Callable[..., Submission], attach: Callable[..., Attachment]) -> Submission:
    """One with an open and a sealed answer, and a sealed file."""
    file = FileIn(attach("secret.txt", BYTES), secrecy="confidential", secrecy_reason="Trade secret")
    received = receive(CONTENT, files=(file,))
    prepare(received.pk)
    return received


def address(submission: Submission, name: str, *more: Any) -> str:
    return reverse(name, args=[submission.call.consultation.slug, submission.identifier, *more])


def unseal(submission: Submission, asker: User, other: User) -> SealRequest:
    asked = sealing.ask(submission=submission, act="unseal", reason="A complaint.", by=asker)
    return sealing.grant(request=asked, by=other)


def doors(submission: Submission) -> list[str]:
    """Every address that could give out the sealed file or answer."""
    file = SubmissionFile.objects.get(version__submission=submission)
    return [
        reverse("attachment", args=[file.attachment_id]),
        address(submission, "check_file", 1),
        address(submission, "seal_opened"),
    ]


def statuses(client: Client, submission: Submission) -> list[int]:
    return [client.get(door).status_code for door in doors(submission)]


def test_no_door_gives_sealed_material_to_anybody(
    client: Client, submission: Submission, bruno: User, rui: User, chen: User
) -> None:
    for person in (bruno, rui, chen):
        client.force_login(person)
        assert statuses(client, submission) == [404, 403, 403]
        for name in ("check", "check_preview"):
            page = client.get(address(submission, name)).content
            assert SECRET.encode() not in page
            assert BYTES.strip() not in page
    assert TextVersion.objects.filter(text__contains="Canary").count() == 0


def test_another_officer_opens_it_for_a_day_and_each_look_is_recorded(
    client: Client, submission: Submission, bruno: User, olga: User, rui: User
) -> None:
    asked = unseal(submission, bruno, olga)
    client.force_login(bruno)
    assert SECRET in client.get(address(submission, "seal_opened")).content.decode()
    assert client.get(address(submission, "check_file", 1)).getvalue() == BYTES
    # The general door records no look, and stays shut.
    assert client.get(reverse("attachment", args=[Attachment.objects.get().pk])).status_code == 404
    looks = AuditEntry.objects.filter(verb="submissions.look_at_sealed")
    assert [entry.changes for entry in looks.order_by("pk")] == [
        {"looked at": [None, "page"]},
        {"looked at": [None, "file 1"]},
    ]
    assert list(LedgerEntry.objects.filter(kind="submission.unsealed")) == [
        ledger.entry_of(submission, "submission.unsealed")
    ]
    for person in (olga, rui):
        client.force_login(person)
        assert statuses(client, submission) == [404, 403, 403]
    SealRequest.objects.filter(pk=asked.pk).update(open_until=timezone.now() - timedelta(seconds=1))
    client.force_login(bruno)
    assert statuses(client, submission) == [404, 403, 403]


def test_nobody_decides_alone(submission: Submission, bruno: User, olga: User, rui: User) -> None:
    asked = sealing.ask(submission=submission, act="delete", reason="The sender asks for it.", by=bruno)
    with pytest.raises(SubmissionRefused, match="Another officer"):
        sealing.grant(request=asked, by=bruno)
    with pytest.raises(SubmissionRefused, match="Only officers"):
        sealing.grant(request=asked, by=rui)
    with pytest.raises(SubmissionRefused, match="Only officers"):
        sealing.ask(submission=submission, act="unseal", reason="Curious.", by=rui)
    with pytest.raises(IntegrityError), transaction.atomic():
        SealRequest.objects.filter(pk=asked.pk).update(decided_by=bruno, granted=True)
    with pytest.raises(SubmissionRefused, match="asked already"):
        sealing.ask(submission=submission, act="delete", reason="Again.", by=olga)
    sealing.grant(request=asked, by=olga)
    with pytest.raises(SubmissionRefused, match="Olga decided on this request already"):
        sealing.refuse(request=asked, by=olga, note="Too late.")
    submission.refresh_from_db()
    assert submission.destroyed_at is not None


def test_a_request_expires_and_a_replaced_submission_needs_another(
    submission: Submission, bruno: User, olga: User
) -> None:
    old = sealing.ask(submission=submission, act="unseal", reason="A complaint.", by=bruno)
    SealRequest.objects.filter(pk=old.pk).update(asked_at=timezone.now() - timedelta(days=8))
    with pytest.raises(SubmissionRefused, match="expired"):
        sealing.grant(request=old, by=olga)
    asked = sealing.ask(submission=submission, act="unseal", reason="A complaint.", by=bruno)
    granted = sealing.ask(submission=submission, act="delete", reason="The sender asks.", by=bruno)
    receiving.replace(submission=submission, incoming=Incoming(content=CONTENT), at=timezone.now())
    for each in (asked, granted):
        with pytest.raises(SubmissionRefused, match="replaced the submission since"):
            sealing.grant(request=each, by=olga)
    refused = sealing.refuse(request=asked, by=olga, note="Replaced.")
    assert sealing.standing(refused) == "refused"
    assert Submission.objects.get().destroyed_at is None


def test_what_was_opened_is_shut_again_by_a_new_version(
    client: Client, submission: Submission, bruno: User, olga: User
) -> None:
    unseal(submission, bruno, olga)
    receiving.replace(submission=submission, incoming=Incoming(content=CONTENT), at=timezone.now())
    client.force_login(bruno)
    assert client.get(address(submission, "seal_opened")).status_code == 403


def test_destroying_leaves_hashes_ledger_and_counts_and_nothing_else(
    submission: Submission,
    bruno: User,
    olga: User,
    attach: Callable[..., Attachment],
    django_capture_on_commit_callbacks: Any,
) -> None:
    kept = attach("the same bytes elsewhere.txt", BYTES)
    checking.add_note(submission=submission, text="A note on Ada", by=bruno)
    checking.ask_sender(submission=submission, question="Which?", by=bruno)
    from colloquia.submissions.services.redaction_decisions import decide_kind

    decide_kind(submission=submission, position=1, category="", redact=True, by=bruno)
    checking.make_ready(submission=submission, by=bruno)
    submission.refresh_from_db()
    publish(submission=submission, by=bruno)
    before = LedgerEntry.objects.count()
    asked = sealing.ask(submission=submission, act="delete", reason="The sender asks for it.", by=bruno)
    with django_capture_on_commit_callbacks(execute=True):
        sealing.grant(request=asked, by=olga)
    submission.refresh_from_db()
    version = submission.versions.get()
    assert submission.destroyed_at is not None
    assert (version.document, version.name, version.organisation, version.email) == ("", "", "", "")
    assert len(version.sha256) == 64
    assert list(Answer.objects.values_list("text", "public_text", "secrecy_reason")) == [("", "", "")] * 2
    assert set(TextVersion.objects.values_list("text", flat=True)) == {""}
    assert all(TextVersion.objects.values_list("sha256", flat=True))
    counts = [PersonalDataFinding.objects.count(), PublishedSubmission.objects.count()]
    assert counts == [TextFingerprint.objects.count(), OutgoingMail.objects.count()] == [0, 0]
    assert list(CheckNote.objects.values_list("text", flat=True)) == ["", ""]
    openings = LedgerOpening.objects.filter(about_type="submissions.submission")
    assert list(openings.values_list("entry__kind", flat=True)) == ["submission.destroyed"]
    assert "Canary" not in str(list(openings.values_list("content", flat=True)))
    assert LedgerEntry.objects.count() == before + 2
    # The other receipt of the same bytes keeps them.
    assert kept.path.read_bytes() == BYTES
    assert Attachment.objects.exclude(pk=kept.pk).get().destroyed_at is not None


def test_infected_files_are_given_to_nobody(
    client: Client, receive: Callable[..., Submission], attach: Callable[..., Attachment], bruno: User
) -> None:
    file = attach()
    submission = receive(replace(NAMED, answers=()), files=(FileIn(file),))
    client.force_login(bruno)
    door = reverse("attachment", args=[file.pk])
    response = client.get(door)
    assert response.getvalue() == b"An annex of one line.\n"
    FileScan.objects.create(sha256=file.sha256, result="infected", signature="Eicar", tool="test")
    prepare(submission.pk)
    assert client.get(door).status_code == 404
    assert client.get(address(submission, "check_file", 1)).status_code == 403
    assert TextVersion.objects.count() == 0
    assert submission.hints.get().kind == "malware"
    assert file.path.is_file()
    page = client.get(address(submission, "check")).content.decode()
    assert "quarantined" in page


def test_pages_ask_decide_and_keep_what_was_typed(
    client: Client, submission: Submission, bruno: User, olga: User, chen: User
) -> None:
    client.force_login(bruno)
    page = address(submission, "seal")
    assert client.post(page, {"act": "unseal", "reason": " "}).status_code == 422
    assert client.post(page, {"act": "unseal", "reason": "A complaint."}).status_code == 302
    refused = client.post(page, {"act": "unseal", "reason": "Asked twice."})
    assert refused.status_code == 422
    assert ">Asked twice.</textarea>" in refused.content.decode()
    asked = SealRequest.objects.get()
    decide = address(submission, "seal_decide", asked.pk)
    assert client.post(decide, {"decision": "grant"}).status_code == 422
    client.force_login(chen)
    assert client.post(decide, {"decision": "grant"}).status_code == 403
    client.force_login(olga)
    assert client.post(decide, {"decision": "refuse", "note": ""}).status_code == 422
    assert client.post(decide, {"decision": "grant"}).status_code == 302
    asked.refresh_from_db()
    assert (asked.granted, asked.decided_by) == (True, olga)
