"""Sealed data are destroyed, and what is published, the hashes and the ledger stay whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from colloquia.accounts.models import User
from colloquia.core import ledger
from colloquia.core.models import Attachment, LedgerEntry, LedgerHead
from colloquia.submissions.models import (
    AnswerDraft,
    PublishedPart,
    PublishedSubmission,
    Submission,
    SubmissionVersion,
    TextVersion,
)
from colloquia.submissions.records import FileIn
from colloquia.submissions.services.destroying import Destroyed, destroy

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(
    receive: Callable[..., Submission], attach: Callable[..., Attachment], bruno: User
) -> Submission:
    """A submission with a public answer and a public file, and with a confidential file."""
    files = (
        FileIn(attach("open.txt", b"An open annex.\n")),
        FileIn(attach("Ada-secret.txt", b"A shut annex.\n"), secrecy="confidential", secrecy_reason="Trade"),
    )
    submission = receive(files=files)
    version = submission.versions.get()
    answer = version.answers.get()
    raw = TextVersion.objects.create(
        version=version, answer=answer, kind="received", text=answer.text, sha256="a" * 64, tool="test"
    )
    text = TextVersion.objects.create(
        version=version, answer=answer, kind="redacted", based_on=raw, text="█ need a register.",
        sha256="b" * 64, tool="test",
    )  # fmt: skip
    row = PublishedSubmission.objects.create(
        submission=submission, identifier=submission.identifier, call=submission.call, version=1,
        kind="organisation", organisation="Example Publishers", channel="web",
        received_on=timezone.now().date(), published_by=bruno,
    )  # fmt: skip
    PublishedPart.objects.create(published=row, position=1, question_id="XX-01.q1", text_version=text)
    PublishedPart.objects.create(published=row, position=2, is_file=True, attachment=files[0].attachment)
    ledger.record("submission.published", about=submission, content={"submission": submission.identifier})
    return submission


def test_what_is_sealed_goes_and_what_is_published_stays(
    published: Submission, django_capture_on_commit_callbacks: Any
) -> None:
    files = [row.attachment for row in published.versions.get().files.order_by("position")]
    heads = list(LedgerHead.objects.values_list("size", "root"))
    with django_capture_on_commit_callbacks(execute=True):
        done = destroy(published, keep_published=True)
    assert done == Destroyed(
        submissions=1, documents=1, answers=1, texts=1, files=1, drafts=0, mails=1, openings=1
    )
    version = SubmissionVersion.objects.get()
    assert (version.document, version.email, version.name) == ("", "", "")
    assert (version.organisation, len(version.sha256)) == ("Example Publishers", 64)
    assert sorted(TextVersion.objects.values_list("text", "sha256")) == [
        ("", "a" * 64),
        ("█ need a register.", "b" * 64),
    ]
    assert [each.path.exists() for each in files] == [True, False]
    assert Attachment.objects.filter(name__contains="Ada").count() == 0
    assert Attachment.objects.get(pk=files[1].pk).sha256 == files[1].sha256
    assert PublishedPart.objects.count() == 2
    assert list(LedgerHead.objects.values_list("size", "root")) == heads
    assert [(entry.kind, hasattr(entry, "opening")) for entry in LedgerEntry.objects.order_by("index")] == [
        ("submission.received", False),
        ("submission.published", True),
    ]


def test_done_again_it_counts_nothing(published: Submission) -> None:
    destroy(published, keep_published=True)
    assert destroy(published, keep_published=True) == Destroyed()


def test_two_people_destroy_what_is_published_too(
    published: Submission, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        destroy(published, keep_published=True)
        destroy(published, keep_published=False)
    assert PublishedSubmission.objects.count() == 0
    assert set(TextVersion.objects.values_list("text", flat=True)) == {""}
    assert [row.path.exists() for row in Attachment.objects.all()] == [False, False]
    assert LedgerEntry.objects.filter(opening__isnull=False).count() == 0


def test_bytes_that_another_submission_needs_stay(
    receive: Callable[..., Submission],
    attach: Callable[..., Attachment],
    django_capture_on_commit_callbacks: Any,
) -> None:
    first, second = attach("a.txt", b"The same annex.\n"), attach("b.txt", b"The same annex.\n")
    one, other = receive(files=(FileIn(first),)), receive(files=(FileIn(second),), email="b@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        destroy(one, keep_published=True)
    assert second.path.exists() is True
    with django_capture_on_commit_callbacks(execute=True):
        destroy(other, keep_published=True)
    assert second.path.exists() is False


def test_the_draft_that_it_was_sent_from_goes(draft: AnswerDraft) -> None:
    from colloquia.submissions.services import send

    submission = send(draft=draft)
    assert destroy(submission, keep_published=True).drafts == 1
    assert AnswerDraft.objects.count() == 0
