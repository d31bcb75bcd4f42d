"""Sending from two tabs, and a file that comes in the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from colloquia.core.models import LedgerEntry
from colloquia.submissions import services
from colloquia.submissions.models import AnswerDraft, DraftFile, Submission, SubmissionFile
from colloquia.submissions.records import Content
from colloquia.submissions.services import DraftSent, receiving
from colloquia.submissions.services.drafting_files import add_file
from colloquia.submissions.services.expiring import expire_drafts
from colloquia.submissions.services.sending import incoming_of
from tests.consultations.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def sending(draft: AnswerDraft) -> Callable[[threading.Barrier], Submission]:
    def act(barrier: threading.Barrier) -> Submission:
        barrier.wait()
        return services.send(draft=draft)

    return act


def test_four_tabs_make_one_submission(draft: AnswerDraft) -> None:
    came = at_once(*[sending(draft)] * 4)
    assert [each.identifier for each in came] == [Submission.objects.get().identifier] * 4
    assert LedgerEntry.objects.count() == 1


def test_looking_first_and_sealing_later_makes_two(draft: AnswerDraft) -> None:
    """The control: without the lock both tabs see a draft that was not sent."""

    def careless(barrier: threading.Barrier) -> Submission:
        row = AnswerDraft.objects.select_related("call__consultation", "owner").get(pk=draft.pk)
        assert row.submission_id is None
        barrier.wait()
        return receiving.receive(call=row.call, incoming=incoming_of(row), received_at=timezone.now())

    at_once(careless, careless)
    assert Submission.objects.count() == 2


def test_a_file_that_comes_while_sending_is_in_it_or_told(draft: AnswerDraft) -> None:
    def adding(barrier: threading.Barrier) -> DraftFile:
        barrier.wait()
        return add_file(draft=draft, stream=BytesIO(b"An annex"), name="annex.txt")

    submission, added = at_once(sending(draft), adding)
    assert isinstance(submission, Submission)
    sealed = SubmissionFile.objects.filter(version__submission=submission).count()
    assert sealed == (0 if isinstance(added, DraftSent) else 1)
    assert DraftFile.objects.count() == 0


def test_a_file_added_without_looking_stays_behind(draft: AnswerDraft, attach: Callable[..., object]) -> None:
    """The control: the row is made beside a draft that was sent, so that the file is in no submission."""
    attachment = attach()
    submission = services.send(draft=draft)
    DraftFile.objects.create(draft=draft, attachment=attachment, position=1)
    assert (SubmissionFile.objects.count(), DraftFile.objects.count()) == (0, 1)
    assert submission.versions.get().files.count() == 0


def test_what_changed_after_the_check_is_checked_again(draft: AnswerDraft) -> None:
    """The check is made before the lock; a draft that was emptied in between is refused."""
    first = AnswerDraft.objects.get(pk=draft.pk)
    AnswerDraft.objects.filter(pk=draft.pk).update(content=Content().as_json(), version=first.version + 1)
    with pytest.raises(services.SubmissionRefused):
        services.send(draft=first)
    assert Submission.objects.count() == 0


def test_sending_asks_the_database_seldom(make_draft: Callable[..., AnswerDraft]) -> None:
    """Senders wait for one another from the first statement of the transaction to its last."""
    services.send(draft=make_draft())
    draft = make_draft()
    with CaptureQueriesContext(connection) as found:
        services.send(draft=draft)
    statements = [each["sql"] for each in found.captured_queries]
    begins = statements.index(next(sql for sql in statements if sql.startswith(("BEGIN", "SAVEPOINT"))))
    waited = [sql for sql in statements[begins:] if sql.startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))]
    assert (begins, len(waited)) == (4, 27)


def test_drafts_that_were_never_sent_are_removed_sixty_days_after_the_close(
    make_draft: Callable[..., AnswerDraft], attach: Callable[..., object]
) -> None:
    waiting, sent = make_draft(), make_draft()
    DraftFile.objects.create(draft=waiting, attachment=attach("a.txt"), position=1)
    services.send(draft=sent)
    close = waiting.call.deadline
    assert expire_drafts(now=close + timedelta(days=59)) == 0
    assert expire_drafts(now=close + timedelta(days=61)) == 1
    assert list(AnswerDraft.objects.all()) == [sent]
    assert DraftFile.objects.count() == 0
