"""Sending a draft: once, whatever the line does, and whoever presses twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.core import audit
from colloquia.submissions.models import AnswerDraft, Call, CallState, Submission
from colloquia.submissions.records import Content, Incoming
from colloquia.submissions.services import receiving
from colloquia.submissions.services.completeness import problems_of
from colloquia.submissions.services.refusals import SubmissionRefused


def send(*, draft: AnswerDraft, by: Any = None, now: datetime | None = None) -> Submission:
    """Make the draft a submission, or the next version of the one it replaces. Sent again, it gives the same.

    The time of receipt is the moment at which the request reached the server (``now``), not the one at which
    its turn came: whoever waits in the queue at the deadline is in time.

    What can be read beforehand is read before the transaction, since senders wait for one another in it.

    Raises:
        SubmissionRefused: something is missing, or the call takes nothing (any more).
    """
    now = now or timezone.now()
    known = _rows().get(pk=draft.pk)
    checked = None if _sent(known) else incoming_of(known)
    if checked is not None:
        refuse(known, checked, now)
    with transaction.atomic():
        locked = AnswerDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
        if checked is None or locked.version != known.version or locked.sent_version is not None:
            known = _rows().get(pk=draft.pk)
            done = _sent(known)
            if done is not None:
                return done
            checked = incoming_of(known)
            refuse(known, checked, now)
        locked.call, locked.owner, locked.replaces = known.call, known.owner, known.replaces
        if locked.replaces is not None:
            return _replace(locked, locked.replaces.pk, checked, by, now)
        submission = receiving.receive(
            call=locked.call,
            incoming=checked,
            received_at=now,
            owner=locked.owner,
            confirmed_at=locked.confirmed_at or (now if locked.owner else None),
        )
        locked.submission, locked.sent_version = submission, 1
        _close(locked)
    return submission


def incoming_of(draft: AnswerDraft) -> Incoming:
    """The draft as it would be sealed now."""
    return Incoming(
        content=Content.from_json(draft.content).without_empty(),
        files=receiving.files_of(draft),
        email=draft.owner.email if draft.owner else draft.email,
        interface_language=draft.interface_language,
    )


def closed_sentence(call: Call, *, replaces: bool, now: datetime) -> str:
    """Why nothing can be sent at a moment; empty where it can."""
    state = call.state(now)
    if state in (CallState.DRAFT, CallState.ANNOUNCED):
        return _("This call is not open yet. Your draft is kept.")
    if state == CallState.CLOSED and replaces:
        return _(
            "This call is closed, so that a submission can no longer be replaced. Yours stands as it was."
        )
    if state == CallState.CLOSED and not call.accepts_late:
        return _("This call is closed. Your draft is kept; write to the secretariat.")
    return ""


def refuse(draft: AnswerDraft, incoming: Incoming, now: datetime) -> None:
    """Raise SubmissionRefused where it cannot be sealed."""
    _refuse_closed(draft, now)
    found = problems_of(draft.call, incoming)
    if found:
        raise SubmissionRefused(found)


def _rows() -> Any:
    return AnswerDraft.objects.select_related("call__consultation", "submission", "replaces", "owner")


def _sent(draft: AnswerDraft) -> Submission | None:
    if draft.submission is not None:
        return draft.submission
    return draft.replaces if draft.sent_version is not None else None


def _refuse_closed(draft: AnswerDraft, now: datetime) -> None:
    sentence = closed_sentence(draft.call, replaces=draft.replaces is not None, now=now)
    if sentence:
        raise SubmissionRefused(sentence)


def _replace(draft: AnswerDraft, replaced: int, incoming: Incoming, by: Any, now: datetime) -> Submission:
    submission = (
        Submission.objects.select_for_update(of=("self",))
        .select_related("call__consultation")
        .get(pk=replaced)
    )
    if submission.withdrawn_at is not None:
        raise SubmissionRefused(_("This submission was withdrawn. Begin a new one."))
    version = receiving.replace(submission=submission, incoming=incoming, at=now, by=by or draft.owner)
    draft.sent_version = version.number
    _close(draft)
    return submission


def _close(draft: AnswerDraft) -> None:
    """The sealed version holds everything now; the draft keeps nothing of it."""
    draft.content = {}
    draft.save(update_fields=["submission", "sent_version", "content"])
    draft.uploads.all().delete()
    draft.files.all().delete()
    draft.clearances.all().delete()
    audit.record(draft, "submissions.send_draft", by=draft.owner)
