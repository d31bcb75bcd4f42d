"""The end of retention: what is sealed of a call is destroyed when its time is over, unless it is held."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.accounts.rules import is_officer
from colloquia.core import audit, ledger
from colloquia.core.traces import leave_no_trace
from colloquia.submissions.models import AnswerDraft, Call, ImportItem, RetentionHold, RetentionRun
from colloquia.submissions.queries.retention import (
    due_on,
    is_due,
    is_held,
    left_sources,
    schedule,
    sealed_submissions,
)
from colloquia.submissions.services.destroying import Destroyed, destroy, destroy_drafts, destroy_unused
from colloquia.submissions.services.refusals import SubmissionRefused

logger = logging.getLogger("colloquia.retention")
TASK = "submissions.destroy_what_is_due"
DESTROYED = "retention.destroyed"

Report = Callable[[Call, int, int], None]


def destroy_due(*, now: datetime | None = None, report: Report | None = None) -> list[RetentionRun]:
    """Destroy what is due of every call that is not held; gives the runs that came to their end.

    Each submission goes in a short transaction of its own with its part of the counts, so that whoever is
    killed in the middle goes on where it stopped. ``report(call, done, total)`` hears of the progress.
    """
    ended = []
    for line in schedule(now):
        if line.is_due and line.hold is None and (line.remains or _open_run(line.call) is not None):
            run = _destroy_call(line.call, report or (lambda _call, _done, _total: None), now)
            ended += [run] if run else []
    return ended


def place_hold(*, call: Call, reason: str, by: Any) -> RetentionHold:
    """Keep what is sealed of a call; it counts at once, and a second officer confirms it.

    Raises:
        SubmissionRefused: no reason is given, there is a hold, or the person is no officer.
    """
    _refuse_others(by)
    if not reason.strip():
        raise SubmissionRefused({"reason": _("Give the reason, such as the proceedings that need the data.")})
    with transaction.atomic():
        Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
        if is_held(call):
            raise SubmissionRefused(_("There is a hold on this call already."))
        hold: RetentionHold = RetentionHold.objects.create(call=call, reason=reason.strip(), asked_by=by)
        audit.record(hold, "submissions.place_hold", by=by, note=reason.strip())
    return hold


def confirm_hold(*, hold: RetentionHold, by: Any) -> None:
    """A second officer confirms a hold. Raises SubmissionRefused."""
    with transaction.atomic():
        row = _locked(hold, by)
        if row.asked_by_id == by.pk:
            raise SubmissionRefused(_("Another officer has to confirm it."))
        if row.confirmed_at is None:
            row.confirmed_by, row.confirmed_at = by, timezone.now()
            row.save(update_fields=["confirmed_by", "confirmed_at"])
            audit.record(row, "submissions.confirm_hold", by=by)


def ask_end(*, hold: RetentionHold, reason: str, by: Any) -> None:
    """Ask for the end of a hold; a second officer ends it. Raises SubmissionRefused."""
    if not reason.strip():
        raise SubmissionRefused({"reason": _("Give the reason why the data need not be kept any longer.")})
    with transaction.atomic():
        row = _locked(hold, by)
        row.end_reason, row.end_asked_by, row.end_asked_at = reason.strip(), by, timezone.now()
        row.save(update_fields=["end_reason", "end_asked_by", "end_asked_at"])
        audit.record(row, "submissions.ask_end_of_hold", by=by, note=reason.strip())


def end_hold(*, hold: RetentionHold, by: Any) -> None:
    """End a hold whose end another officer asked for. Raises SubmissionRefused."""
    with transaction.atomic():
        row = _locked(hold, by)
        if row.end_asked_by_id is None:
            raise SubmissionRefused(_("Nobody has asked for its end yet. Ask for it, with a reason."))
        if row.end_asked_by_id == by.pk:
            raise SubmissionRefused(_("Another officer has to end it."))
        row.ended_by, row.ended_at = by, timezone.now()
        row.save(update_fields=["ended_by", "ended_at"])
        audit.record(row, "submissions.end_hold", by=by)


def _destroy_call(call: Call, report: Report, now: datetime | None) -> RetentionRun | None:
    """Destroy what is left of a call; None where a hold was placed meanwhile."""
    run, _made = RetentionRun.objects.get_or_create(call=call, ended_at=None)
    total = sealed_submissions(call).count()
    for done, submission in enumerate(sealed_submissions(call).iterator(), start=1):
        with transaction.atomic():
            if not _may_go_on(call, now):
                return None
            counts = destroy(submission, keep_published=True)
            audit.record(submission, "submissions.destroy", note=f"Retention ended on {due_on(call)}.")
            _count(run, counts)
        report(call, done, total)
    for draft in AnswerDraft.objects.filter(call=call):
        with transaction.atomic():
            if not _may_go_on(call, now):
                return None
            _count(run, Destroyed(drafts=destroy_drafts(AnswerDraft.objects.filter(pk=draft.pk))))
    for source in left_sources(call).select_related("attachment"):
        with transaction.atomic():
            if not _may_go_on(call, now):
                return None
            gone = destroy_unused(source.attachment) if source.attachment else 0
            source.folder = ""
            source.save(update_fields=["folder"])
            ImportItem.objects.filter(intake_id=source.intake_id).update(where="", summary={}, problems=[])
            _count(run, Destroyed(files=gone))
    return _end(run)


def _may_go_on(call: Call, now: datetime | None) -> bool:
    """Whether the call is still due and not held, with its row locked: extensions and holds wait for it."""
    row = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    return is_due(row, now) and not is_held(row)


def _count(run: RetentionRun, counts: Destroyed) -> None:
    locked = RetentionRun.objects.select_for_update().get(pk=run.pk)
    held = Destroyed(**locked.counts) if locked.counts else Destroyed()
    RetentionRun.objects.filter(pk=run.pk).update(counts=(held + counts).as_json())


def _end(run: RetentionRun) -> RetentionRun:
    with transaction.atomic():
        row = (
            RetentionRun.objects.select_for_update(of=("self",))
            .select_related("call__consultation")
            .get(pk=run.pk)
        )
        row.ended_at = timezone.now()
        content = {"call": row.call.consultation.slug, "due": due_on(row.call).isoformat(), **row.counts}
        audit.record(row, "submissions.end_retention", before={}, after=row.counts)
        row.ledger_index = ledger.record(DESTROYED, about=row, content=content).index
        row.save(update_fields=["ended_at", "ledger_index"])
    leave_no_trace()
    logger.info("Destroyed what was sealed of %s submissions.", row.counts.get("submissions", 0))
    return row


def _open_run(call: Call) -> RetentionRun | None:
    return RetentionRun.objects.filter(call=call, ended_at=None).first()


def _locked(hold: RetentionHold, by: Any) -> RetentionHold:
    _refuse_others(by)
    row: RetentionHold = RetentionHold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if row.ended_at is not None:
        raise SubmissionRefused(_("This hold was ended meanwhile."))
    return row


def _refuse_others(by: Any) -> None:
    if not is_officer(by):
        raise SubmissionRefused(_("Only an officer does this."))
