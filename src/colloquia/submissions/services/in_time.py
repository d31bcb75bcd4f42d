"""Late submissions that an extension of their call made come in time: the deadline that holds decides."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from django.db import transaction
from django.utils import timezone

from colloquia.core import audit, ledger
from colloquia.core.jobs import enqueue
from colloquia.submissions.models import Call, PublishedSubmission, Submission
from colloquia.submissions.queries.integrity_published import committed
from colloquia.submissions.services.publishing import REPUBLISHED

TASK = "submissions.count_in_time"
COUNTED = "submission.counted_in_time"


def ask(call: Call) -> None:
    """Have them counted anew in the background, within the transaction that moves the deadline."""
    if Submission.objects.filter(call=call, is_late=True, received_at__lt=call.deadline).exists():
        enqueue(TASK, call.pk)


def count_all_in_time(call_id: int) -> None:
    """Each in a short transaction of its own. Done again after a crash, it goes on."""
    call = Call.objects.filter(pk=call_id).first()
    if call is None:
        return
    rows = Submission.objects.filter(call=call, is_late=True, received_at__lt=call.deadline)
    for key in list(rows.order_by("pk").values_list("pk", flat=True)):
        count_in_time(key)


def count_in_time(submission_id: int) -> bool:
    """Take the mark of being late from a submission that came before the deadline that holds now.

    Also for one that was received while its call was being extended. What is public of it says the same.
    Gives whether anything changed; what is late still, in time or destroyed stays as it is.
    """
    with transaction.atomic():
        row = (
            Submission.objects.select_for_update(of=("self",))
            .select_related("call")
            .filter(pk=submission_id, is_late=True, destroyed_at=None)
            .first()
        )
        if row is None or row.received_at >= row.call.deadline:
            return False
        row.is_late = False
        row.changed += 1
        row.save(update_fields=["is_late", "changed"])
        audit.record(
            row, "submissions.count_in_time", by=_extended_by(row.call), before={"is_late": True},
            after={"is_late": False}, note="Its call was extended.",
        )  # fmt: skip
        deadline = row.call.deadline.astimezone(UTC).isoformat()
        content = {"submission": row.identifier, "late": False, "deadline": deadline}
        ledger.record(COUNTED, about=row, content=content)
        if PublishedSubmission.objects.filter(pk=row.pk).update(is_late=False, changed_at=timezone.now()):
            ledger.record(REPUBLISHED, about=row, content=committed(row.pk))
    return True


def _extended_by(call: Call) -> Any:
    latest = call.extensions.select_related("by").order_by("-at", "-pk").first()
    return latest.by if latest else None
