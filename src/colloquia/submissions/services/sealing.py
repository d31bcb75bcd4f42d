"""Opening and destroying what is sealed: one officer asks, another decides."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.accounts.rules import is_officer
from colloquia.core import audit, ledger
from colloquia.core.traces import leave_no_trace
from colloquia.submissions.models import SealAct, SealRequest, Submission
from colloquia.submissions.queries.checking_queue import SEAL_REQUESTS_STAND
from colloquia.submissions.services.destroying import destroy
from colloquia.submissions.services.publishing import take_back
from colloquia.submissions.services.refusals import SubmissionRefused

UNSEALED = "submission.unsealed"
DESTROYED = "submission.destroyed"
OPEN_FOR = timedelta(hours=24)
LONGEST_REASON = 2000


def ask(*, submission: Submission, act: str, reason: str, by: Any) -> SealRequest:
    """Ask another officer to open or destroy what is sealed of a submission.

    Raises:
        SubmissionRefused: no reason, no officer, destroyed already, or the same was asked and is undecided.
    """
    _officers_only(by)
    words = reason.strip()
    if act not in SealAct.values:
        raise SubmissionRefused({"act": _("Choose whether to open or to destroy.")})
    if not words or len(words) > LONGEST_REASON:
        raise SubmissionRefused(
            {
                "reason": _("Say why, in at most %(n)s characters. The other officer reads it.")
                % {"n": LONGEST_REASON}
            }
        )
    with transaction.atomic():
        row = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
        if row.destroyed_at is not None:
            raise SubmissionRefused(_("What was sealed of it is destroyed already."))
        since = timezone.now() - SEAL_REQUESTS_STAND
        if row.seal_requests.filter(
            act=act, decided_at=None, asked_at__gt=since, version=row.version
        ).exists():
            raise SubmissionRefused(_("The same was asked already and waits for another officer."))
        asked = SealRequest.objects.create(
            submission=row, act=act, reason=words, version=row.version, asked_by=by
        )
        audit.record(
            row, "submissions.ask_seal", by=by, before={}, after={"request": asked.pk, "act": act}, note=words
        )
    return asked


def grant(*, request: SealRequest, by: Any, note: str = "") -> SealRequest:
    """Grant a request: it is open to who asked for a day, or destroyed at once.

    Raises:
        SubmissionRefused: who asked decides, it is decided already, it has expired, or the submission was
            replaced since.
    """
    with transaction.atomic():
        row, asked = _locked(request, by)
        if row.version != asked.version:
            raise SubmissionRefused(
                _("Its sender replaced the submission since. Refuse this request; ask anew for what came.")
            )
        now = timezone.now()
        asked.granted = True
        asked.open_until = now + OPEN_FOR if asked.act == SealAct.UNSEAL else None
        _decided(row, asked, now, note, by=by)
        content: dict[str, Any] = {"submission": row.identifier, "version": row.version, "request": asked.pk}
        if asked.act == SealAct.UNSEAL:
            ledger.record(UNSEALED, about=row, content=content)
        else:
            take_back(submission=row, by=by)
            done = destroy(row, keep_published=False, by=by)
            leave_no_trace()
            audit.record(row, "submissions.destroy", by=by, before={}, after=done.as_json())
            ledger.record(DESTROYED, about=row, content={**content, "destroyed": done.as_json()})
    return asked


def refuse(*, request: SealRequest, by: Any, note: str) -> SealRequest:
    """Refuse a request, with the reason that who asked reads.

    Raises:
        SubmissionRefused: no reason, or it is decided already.
    """
    if not note.strip():
        raise SubmissionRefused({"note": _("Say why it is refused.")})
    with transaction.atomic():
        row, asked = _locked(request, by)
        asked.granted = False
        _decided(row, asked, timezone.now(), note.strip(), by=by)
    return asked


def look(*, submission: Submission, what: str, by: Any) -> None:
    """Record that somebody looked at what two people opened. ``what`` is a place, never content."""
    audit.record(submission, "submissions.look_at_sealed", by=by, before={}, after={"looked at": what})


def standing(request: SealRequest) -> str:
    """``waiting``, ``expired``, ``refused``, ``open``, ``over`` or ``destroyed``."""
    now = timezone.now()
    if request.decided_at is None:
        return "waiting" if request.asked_at > now - SEAL_REQUESTS_STAND else "expired"
    if not request.granted:
        return "refused"
    if request.act == SealAct.DELETE:
        return "destroyed"
    return "open" if request.open_until and request.open_until > now else "over"


def _locked(request: SealRequest, by: Any) -> tuple[Submission, SealRequest]:
    """The submission first, then the request: everybody takes these locks in this order."""
    _officers_only(by)
    row = Submission.objects.select_for_update(of=("self",)).get(pk=request.submission_id)
    asked = SealRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if asked.decided_at is not None:
        raise SubmissionRefused(_("%(name)s decided on this request already.") % {"name": asked.decided_by})
    if asked.asked_by_id == by.pk:
        raise SubmissionRefused(_("Another officer than the one who asked decides."))
    if standing(asked) == "expired":
        raise SubmissionRefused(_("This request has expired. It can be asked again."))
    if row.destroyed_at is not None:
        raise SubmissionRefused(_("What was sealed of it is destroyed already."))
    return row, asked


def _decided(row: Submission, asked: SealRequest, at: Any, note: str, *, by: Any) -> None:
    asked.decided_by, asked.decided_at, asked.decision_note = by, at, note.strip()[:LONGEST_REASON]
    asked.save(update_fields=["granted", "open_until", "decided_by", "decided_at", "decision_note"])
    verb = "submissions.grant_seal" if asked.granted else "submissions.refuse_seal"
    after = {"request": asked.pk, "act": asked.act, "granted": asked.granted}
    audit.record(row, verb, by=by, before={"request": asked.pk, "act": asked.act}, after=after, note=note)


def _officers_only(by: Any) -> None:
    if not is_officer(by):
        raise SubmissionRefused(_("Only officers of the secretariat ask for this and decide on it."))
