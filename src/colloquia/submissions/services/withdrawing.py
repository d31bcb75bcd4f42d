"""What a sender may do until the close: replace a submission by another version, or take it back."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from colloquia.core import audit, ledger, mail
from colloquia.core.mail_languages import message_language
from colloquia.submissions.models import (
    AnswerDraft,
    CallState,
    DraftFile,
    Submission,
    SubmissionFile,
    SubmissionVersion,
)
from colloquia.submissions.queries import receipts as queries
from colloquia.submissions.queries.integrity_receipts import second
from colloquia.submissions.records import Content
from colloquia.submissions.services import drafting, publishing, receipts
from colloquia.submissions.services.refusals import SubmissionRefused

WITHDRAWN = "submission.withdrawn"
LONGEST_REASON = 2000
_SEALED = ("withdrawal_reason", "withheld_reason")


def begin_replacement(*, submission: Submission, by: Any = None, now: datetime | None = None) -> AnswerDraft:
    """A draft filled with the current version, files included; the one under way where there is one.

    Sent, it becomes the next version. Two tabs get the same draft, so that neither overwrites the other.

    Raises:
        SubmissionRefused: withdrawn, destroyed, or the call is closed.
    """
    with transaction.atomic():
        locked = _locked(submission)
        _refuse(locked, now or timezone.now())
        under_way = locked.drafts_to_replace.filter(sent_version=None).order_by("created_at").first()
        if under_way is not None:
            return under_way
        version = locked.versions.get(number=locked.version)
        draft = drafting.begin(
            call=locked.call,
            owner=locked.owner,
            email=version.email,
            interface_language=version.interface_language,
            content=Content.from_json(json.loads(version.document)["content"]),
            replaces=locked,
            confirmed_at=locked.confirmed_at,
        )
        _copy_files(version, draft)
        audit.record(locked, "submissions.begin_replacement", by=by)
    return draft


def withdraw(
    *, submission: Submission, reason: str = "", by: Any = None, now: datetime | None = None
) -> Submission:
    """Take a submission back. What is public of it goes at once; what was received stays sealed.

    ``now`` is when the request reached the server: who waits in the queue at the deadline is in time. Done
    again, it changes nothing.

    Raises:
        SubmissionRefused: the call is closed, or the sealed data were destroyed.
    """
    now = now or timezone.now()
    with transaction.atomic():
        locked = _locked(submission)
        if locked.withdrawn_at is not None:
            return locked
        _refuse(locked, now)
        before = audit.snapshot(locked, without=_SEALED)
        locked.withdrawn_at = now
        locked.withdrawal_reason = reason.strip()[:LONGEST_REASON]
        locked.changed += 1
        locked.save(update_fields=["withdrawn_at", "withdrawal_reason", "changed"])
        publishing.take_back(submission=locked, by=by, note="Its sender withdrew it.")
        after = audit.snapshot(locked, without=_SEALED)
        audit.record(locked, "submissions.withdraw", by=by, before=before, after=after)
        ledger.record(
            WITHDRAWN,
            about=locked,
            content={
                "submission": locked.identifier,
                "version": locked.version,
                "withdrawn": second(now),
            },
        )
        _post(locked)
    return locked


def may_change(submission: Submission, now: datetime | None = None) -> bool:
    """Whether the sender may still replace it or take it back."""
    return (
        submission.withdrawn_at is None
        and submission.destroyed_at is None
        and submission.call.state(now) == CallState.OPEN
    )


def _locked(submission: Submission) -> Submission:
    return (
        Submission.objects.select_for_update(of=("self",))
        .select_related("call__consultation", "owner")
        .get(pk=submission.pk)
    )


def _refuse(submission: Submission, now: datetime) -> None:
    if submission.withdrawn_at is not None:
        raise SubmissionRefused(_("This submission was withdrawn. Begin a new one while the call is open."))
    if submission.destroyed_at is not None:
        raise SubmissionRefused(
            _("What was received was destroyed at the end of its retention; nothing can be changed any more.")
        )
    if submission.call.state(now) != CallState.OPEN:
        raise SubmissionRefused(
            _(
                "This call is closed, so that a submission can no longer be replaced or withdrawn. Yours "
                "stands as it was received. Write to the secretariat, and give the id of the submission."
            )
        )


def _copy_files(version: SubmissionVersion, draft: AnswerDraft) -> None:
    """The same bytes under a new row. The original of a form stays behind: its answers stand in the draft."""
    rows = SubmissionFile.objects.filter(version=version, is_original=False).order_by("position")
    made: dict[int, DraftFile] = {}
    for row in rows:
        made[row.pk] = DraftFile.objects.create(
            draft=draft,
            attachment_id=row.attachment_id,
            title=row.title,
            position=row.position,
            secrecy=row.secrecy,
            secrecy_reason=row.secrecy_reason,
            rights_statement=row.rights_statement,
            mining_reserved=row.mining_reserved,
            language=row.language,
        )
    for row in rows:
        if row.public_version_of_id in made:
            made[row.pk].public_version_of = made[row.public_version_of_id]
            made[row.pk].save(update_fields=["public_version_of"])


def _post(submission: Submission) -> None:
    version = queries.version_of(submission)
    if version is None or not version.email:
        return
    language = message_language(version.interface_language)
    with translation.override(language):
        context = {
            "submission": submission,
            "call": submission.call.title(version.interface_language, language),
            "withdrawn": receipts.moments(submission.withdrawn_at or timezone.now(), submission),
            "address": receipts.page_address(submission),
            "contact": submission.call.contact,
        }
    mail.post(
        "submissions/mail/withdrawn",
        to=version.email,
        language=version.interface_language,
        context=context,
        about=submission,
    )
