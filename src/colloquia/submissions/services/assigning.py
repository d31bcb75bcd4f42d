"""Who checks which submission: taken, given to somebody, given back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from colloquia.accounts.models import User
from colloquia.core import audit
from colloquia.submissions.models import Call, CheckState, Submission
from colloquia.submissions.queries.checking_queue import in_queue
from colloquia.submissions.rules import can_check
from colloquia.submissions.services.checking import locked
from colloquia.submissions.services.refusals import SubmissionRefused

_UNFINISHED = (CheckState.WAITING, CheckState.CHECKING)


def take(*, submission: Submission, by: Any, over: bool = False) -> Submission:
    """Begin to check a submission. Taken again, nothing changes.

    Raises:
        SubmissionRefused: somebody else checks it, unless ``over`` says to take it from them.
    """
    with transaction.atomic():
        row = locked(submission)
        if row.assigned_to_id not in (None, by.pk) and not over:
            raise SubmissionRefused(
                _("%(name)s is checking %(id)s. Take it over if you agreed on that.")
                % {"name": row.assigned_to, "id": row.identifier}
            )
        _give(row, by, "submissions.take", by=by)
    return row


def take_next(*, call: Call, by: Any) -> Submission | None:
    """The next one to check, taken: what waits longest and nobody has; else what is theirs and unfinished.

    Two who ask at once get two submissions.
    """
    with transaction.atomic():
        free = in_queue(call).filter(assigned_to=None, check_state=CheckState.WAITING)
        row = free.select_for_update(of=("self",), skip_locked=True).first()
        if row is not None:
            _give(row, by, "submissions.take", by=by)
            return row
    return in_queue(call).filter(assigned_to=by, check_state__in=_UNFINISHED).first()


def assign(*, call: Call, identifiers: Iterable[str], to: User | None, by: Any) -> int:
    """Give submissions of a call to somebody, or back to the queue; gives how many changed hands.

    Raises:
        SubmissionRefused: the person may not check submissions.
    """
    if to is not None and not can_check(to):
        raise SubmissionRefused(_("%(name)s may not check submissions.") % {"name": to})
    changed = 0
    wanted = list(identifiers)
    for key in in_queue(call).filter(identifier__in=wanted).values_list("pk", flat=True):
        with transaction.atomic():
            row = Submission.objects.select_for_update(of=("self",)).get(pk=key)
            if row.assigned_to_id != (to.pk if to else None):
                verb = "submissions.assign" if to else "submissions.give_back"
                _give(row, to, verb, by=by)
                changed += 1
    return changed


def _give(row: Submission, to: Any, verb: str, *, by: Any) -> None:
    before = {"assigned_to": str(row.assigned_to) if row.assigned_to_id else None, "check": row.check_state}
    if to is not None and row.check_state == CheckState.WAITING:
        row.check_state = CheckState.CHECKING
    elif to is None and row.check_state == CheckState.CHECKING:
        row.check_state = CheckState.WAITING
    if row.assigned_to_id == (to.pk if to else None) and before["check"] == row.check_state:
        return
    row.assigned_to = to
    row.save(update_fields=["assigned_to", "check_state"])
    after = {"assigned_to": str(to) if to else None, "check": row.check_state}
    audit.record(row, verb, by=by, before=before, after=after)
