"""Steps of the check: taken up, ready, withheld, taken up again, asked."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from colloquia.core import audit, ledger
from colloquia.submissions.models import CheckState, Publication, Submission
from colloquia.submissions.queries.checking_texts import latest_version, open_units
from colloquia.submissions.services.redacting import make_redacted
from colloquia.submissions.services.refusals import SubmissionRefused

WITHHELD = "submission.withheld"
_SEALED_FIELDS = ("link_digest", "key", "source", "withheld_reason")


def locked(submission: Submission, changed: int | None = None) -> Submission:
    """The row under lock, within the caller's transaction.

    Raises:
        SubmissionRefused: it was destroyed or withdrawn; or, where ``changed`` is given, somebody changed it
            since the page with this number was shown.
    """
    row = (
        Submission.objects.select_for_update(of=("self",))
        .select_related("call__consultation")
        .get(pk=submission.pk)
    )
    if row.destroyed_at is not None:
        raise SubmissionRefused(
            _("What was sealed of this submission was destroyed; there is nothing left to check.")
        )
    if row.withdrawn_at is not None:
        raise SubmissionRefused(_("Its sender withdrew this submission; it is not checked any further."))
    if changed is not None and row.changed != changed:
        raise SubmissionRefused(
            {
                "changed": _(
                    "Somebody else changed this submission meanwhile. Look at it as it is now; send again."
                )
            }
        )
    return row


def make_ready(*, submission: Submission, by: Any, changed: int | None = None) -> Submission:
    """Say that what is left of a submission may be published, and make its redacted texts.

    ``changed`` is the number of the page that was looked at.

    Raises:
        SubmissionRefused: files are not read yet, findings wait for a decision, nobody confirmed the address,
            or somebody changed it meanwhile.
    """
    with transaction.atomic():
        row = locked(submission, changed)
        version = latest_version(row)
        if row.confirmed_at is None and row.entered_by_id is None:
            raise SubmissionRefused(
                _("Its sender has not confirmed the e-mail address yet; till then it is counted nowhere.")
            )
        if version.publication != Publication.CONFIDENTIAL:
            units = open_units(version)
            if any(
                each.text is None or each.text.searched_at is None
                for each in units
                if not each.is_quarantined
            ):
                raise SubmissionRefused(_("Its texts are still being prepared. Wait a moment and try again."))
            waiting = sum(len(each.undecided) for each in units if not each.is_quarantined)
            if waiting:
                raise SubmissionRefused(
                    _("Findings that wait for a decision: %(number)s. Redact or keep each of them.")
                    % {"number": waiting}
                )
            for unit in units:
                make_redacted(unit, by=by)
        step(row, CheckState.READY, "submissions.make_ready", by=by, withheld_reason="")
    return row


def withhold(*, submission: Submission, reason: str, by: Any, changed: int | None = None) -> Submission:
    """Keep a submission from publication, with the reason; what is public of it is taken back.

    Raises:
        SubmissionRefused: no reason, or somebody changed it meanwhile.
    """
    if not reason.strip():
        raise SubmissionRefused({"reason": _("Say why it is withheld.")})
    with transaction.atomic():
        row = locked(submission, changed)
        step(row, CheckState.WITHHELD, "submissions.withhold", by=by, withheld_reason=reason.strip())
        ledger.record(WITHHELD, about=row, content={"submission": row.identifier, "version": row.version})
    return row


def step(row: Submission, state: CheckState, verb: str, *, by: Any, **fields: Any) -> None:
    """Write a step of the check with its audit entry, which holds no sealed text."""
    before = audit.snapshot(row, without=_SEALED_FIELDS)
    row.check_state = state
    row.changed += 1
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=["check_state", "changed", *fields])
    audit.record(row, verb, by=by, before=before, after=audit.snapshot(row, without=_SEALED_FIELDS))
