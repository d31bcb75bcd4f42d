"""Publishing what passed the check, taking it back, and that nothing slips through in between."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from colloquia.accounts.models import User
from colloquia.core import ledger
from colloquia.core.models import AuditEntry, LedgerEntry
from colloquia.submissions import services
from colloquia.submissions.models import (
    AnswerDraft,
    PublicAddress,
    PublishedPart,
    PublishedSubmission,
    Submission,
)
from colloquia.submissions.queries import published as reads
from colloquia.submissions.records import AnswerIn, FileIn, PartyIn
from colloquia.submissions.services import publishing
from colloquia.submissions.services.checking import make_ready
from colloquia.submissions.services.preparing import prepare
from colloquia.submissions.services.refusals import SubmissionRefused
from colloquia.submissions.services.withdrawing import withdraw
from tests.consultations.together import at_once
from tests.submissions.conftest import NAMED
from tests.submissions.made_public import checked, made_public

Receive = Callable[..., Submission]


def test_what_passed_the_check_is_public_with_its_hashes_in_the_ledger(
    receive: Receive, bruno: User, attach: Callable[..., Any]
) -> None:
    file = attach()
    row = made_public(receive(files=(FileIn(file, title="Annex"),)), bruno)
    parts = list(row.parts.values_list("question_id", "is_file", "title", "sha256"))
    answer = PublishedPart.objects.get(position=1)
    assert parts == [("XX-01.q1", False, "", answer.text_version.sha256), ("", True, "Annex", file.sha256)]
    assert Submission.objects.get().check_state == "published"
    entry = ledger.entry_of(row.submission, "submission.published")
    assert entry is not None
    assert [each["file"] for each in entry.opening.content["parts"]] == ["", file.sha256]
    assert AuditEntry.objects.filter(verb="submissions.publish").get().changes == {
        "check_state": ["ready", "published"],
        "published version": [None, 1],
    }


def test_nothing_tells_who_an_anonymous_sender_is(receive: Receive, bruno: User) -> None:
    content = replace(
        NAMED, publication="anonymous", on_behalf_of="A Ministry", parties=(PartyIn("state", "Kenya", "KE"),)
    )
    row = made_public(receive(content), bruno)
    assert (row.name, row.organisation, row.on_behalf_of, row.territory_id, row.parties) == (
        *("", "", "", None), [],
    )  # fmt: skip
    for word in ("ada", "example publishers", "ministry", "kenya", "ch"):
        assert word not in row.search_text.split("\n")
    assert "ministry" not in row.search_text


@pytest.mark.parametrize(
    "unfit",
    [
        {"check_state": "waiting"},
        {"check_state": "withheld"},
        {"confirmed_at": None},
        {"withdrawn_at": timezone.now()},
        {"destroyed_at": timezone.now()},
    ],
    ids=lambda unfit: next(iter(unfit)),
)
def test_what_may_not_be_public_is_refused(receive: Receive, bruno: User, unfit: dict[str, Any]) -> None:
    submission = checked(receive(), bruno)
    Submission.objects.update(**unfit)
    with pytest.raises(SubmissionRefused):
        publishing.publish(submission=submission, by=bruno)
    assert PublishedSubmission.objects.count() == 0
    assert not LedgerEntry.objects.filter(kind="submission.published").exists()


def test_a_confidential_one_is_never_public_and_does_not_keep_back_the_others(
    receive: Receive, bruno: User
) -> None:
    rows = [checked(receive(replace(NAMED, publication=wish)), bruno) for wish in ("confidential", "named")]
    outcomes = publishing.publish_several(submissions=rows, by=bruno)
    assert [bool(each.problem) for each in outcomes] == [True, False]
    assert list(PublishedSubmission.objects.values_list("identifier", flat=True)) == [rows[1].identifier]


def test_taken_back_it_leaves_its_address_alone(receive: Receive, bruno: User) -> None:
    row = made_public(receive(), bruno)
    with pytest.raises(SubmissionRefused) as refusal:
        publishing.unpublish(submission=row.submission, by=bruno, reason=" ")
    assert list(refusal.value.problems) == ["reason"]
    publishing.unpublish(submission=row.submission, by=bruno, reason="A name stood in it.")
    assert (PublishedSubmission.objects.count(), PublishedPart.objects.count()) == (0, 0)
    assert Submission.objects.get().check_state == "checking"
    assert PublicAddress.objects.get().identifier == row.identifier
    with pytest.raises(reads.TakenBack):
        reads.published_submission(row.identifier)
    assert AuditEntry.objects.get(verb="submissions.unpublish").note == "A name stood in it."
    kinds = list(LedgerEntry.objects.values_list("kind", flat=True))
    assert kinds == ["submission.received", "submission.published", "submission.unpublished"]


def test_published_again_it_takes_the_place_of_what_was(receive: Receive, bruno: User) -> None:
    first = made_public(receive(), bruno)
    again = publishing.publish(submission=first.submission, by=bruno)
    assert (again.published_at, again.changed_at > first.changed_at) == (first.published_at, True)
    assert LedgerEntry.objects.order_by("-index")[0].kind == "submission.republished"
    assert PublishedPart.objects.count() == 1


def test_a_button_pressed_twice_publishes_once(receive: Receive, bruno: User) -> None:
    row = made_public(receive(), bruno)
    submission = row.submission
    assert publishing.publish_several(submissions=[submission, submission], by=bruno) == [
        publishing.Outcome(submission.identifier),
        publishing.Outcome(submission.identifier),
    ]
    kinds = list(LedgerEntry.objects.values_list("kind", flat=True))
    assert kinds == ["submission.received", "submission.published"]
    assert PublishedSubmission.objects.get().changed_at == row.changed_at


def test_a_replacement_is_public_only_after_its_own_check(
    receive: Receive, bruno: User, make_draft: Callable[..., AnswerDraft]
) -> None:
    submission = made_public(receive(), bruno).submission
    draft = make_draft(replace(NAMED, answers=(AnswerIn("XX-01.q2", "New."),)), replaces=submission)
    services.send(draft=draft)
    assert PublishedSubmission.objects.count() == 0
    with pytest.raises(SubmissionRefused):
        publishing.publish(submission=submission, by=bruno)
    prepare(submission.pk)
    make_ready(submission=Submission.objects.get(), by=bruno)
    row = publishing.publish(submission=submission, by=bruno)
    assert (row.version, row.parts.get().text_version.text) == (2, "New.")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("guarded", [True, False], ids=["as it is", "without the lock and its check"])
def test_published_while_its_sender_withdraws_it_never_stays_public(
    receive: Receive, bruno: User, monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    """The sender's act arrives between the preparation of texts and the writing."""
    submission = checked(receive(), bruno)

    def folded_late(text: str) -> str:
        if Submission.objects.get().withdrawn_at is None:
            withdraw(submission=submission, reason="")
        return text

    monkeypatch.setattr(publishing, "folded", folded_late)
    if not guarded:
        stale = Submission.objects.select_related("call__consultation").get()
        monkeypatch.setattr(publishing, "_locked", lambda _given: stale)
    with contextlib.suppress(SubmissionRefused):
        publishing.publish(submission=submission, by=bruno)
    public = PublishedSubmission.objects.filter(submission__withdrawn_at__isnull=False).count()
    assert public == (0 if guarded else 1)


@pytest.mark.django_db(transaction=True)
def test_publishing_and_withdrawing_at_once_ends_not_public(receive: Receive, bruno: User) -> None:
    submission = checked(receive(), bruno)

    def publish(barrier: threading.Barrier) -> None:
        barrier.wait()
        publishing.publish(submission=submission, by=bruno)

    def take(barrier: threading.Barrier) -> None:
        barrier.wait()
        withdraw(submission=submission, reason="")

    came = at_once(publish, take)
    assert [type(each) for each in came if each is not None] in ([], [SubmissionRefused])
    assert PublishedSubmission.objects.count() == 0


def test_why_submissions_are_not_public_is_told_only_in_parts_that_tell_of_nobody(
    receive: Receive, bruno: User
) -> None:
    call = made_public(receive(), bruno).call
    receive(replace(NAMED, publication="confidential"))
    receive()
    withdraw(submission=receive(), reason="")
    counts = reads.counts_of(call)
    assert counts == reads.Counts(3, 1, checking=1, confidential=1)
    assert (counts.not_public, counts.tells_reasons) == (2, False)
    for _time in range(reads.FEWEST - 1):
        receive(replace(NAMED, publication="confidential"))
    assert reads.counts_of(call).tells_reasons is True
