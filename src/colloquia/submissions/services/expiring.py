"""Removing drafts that were never sent, some time after their call closed."""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from colloquia.core import audit
from colloquia.core.models import OutgoingMail
from colloquia.submissions.models import AnswerDraft, Call
from colloquia.submissions.services.drafting import is_sent
from colloquia.submissions.services.drafting_files import forget

logger = logging.getLogger("colloquia.submissions")
TASK = "submissions.expire_drafts"
KEPT_AFTER_CLOSE = timedelta(days=60)
"""How long a draft that was not sent stays after the deadline."""


def removed_on(call: Call) -> date:
    """The day after which drafts of a call that were never sent are removed, at the venue."""
    return (call.deadline + KEPT_AFTER_CLOSE).astimezone(call.zone).date()


def expire_drafts(*, now: datetime | None = None) -> int:
    """Remove what is due, each draft in a transaction of its own; gives their number."""
    limit = (now or timezone.now()) - KEPT_AFTER_CLOSE
    waiting = AnswerDraft.objects.filter(submission=None, sent_version=None, call__opens_at__lt=limit)
    removed = 0
    for draft in waiting.select_related("call").iterator():
        if draft.call.deadline < limit:
            removed += remove_draft(draft=draft)
    if removed:
        logger.info("Removed %s drafts that were never sent.", removed)
    return removed


def remove_draft(*, draft: AnswerDraft) -> bool:
    """Remove a draft with its files and messages; False where it was sent or is gone."""
    with transaction.atomic():
        row = AnswerDraft.objects.select_for_update(of=("self",)).filter(pk=draft.pk).first()
        if row is None or is_sent(row):
            return False
        attachments = [each.attachment for each in row.files.select_related("attachment")]
        audit.record(row, "submissions.remove_draft")
        OutgoingMail.objects.filter(about=f"{row._meta.label_lower} {row.pk}").delete()
        row.delete()
        for attachment in attachments:
            forget(attachment)
    return True
