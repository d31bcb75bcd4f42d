"""Running calls: drafting, changing, announcing, extending, closing. Who saves over another is told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.consultations.models import Consultation
from colloquia.core import audit, ledger
from colloquia.engines.ledger import canonical
from colloquia.submissions.commitments import TEXTS, of_call
from colloquia.submissions.models import Call, CallState, Extension
from colloquia.submissions.services import in_time
from colloquia.submissions.services.call_checks import changes_refused, reasons_missing, unready
from colloquia.submissions.services.call_rows import (
    CallValues,
    ask,
    follow,
    followed,
    has_received,
    readable,
    save,
    settle,
    values_of,
)
from colloquia.submissions.services.refusals import SubmissionRefused

__all__ = [
    "TEXTS",
    "CallChanged",
    "CallValues",
    "announce_call",
    "change_call",
    "close_call",
    "create_call",
    "extend_call",
    "values_of",
]

ANNOUNCED, CHANGED, EXTENDED, CLOSED = "call.announced", "call.changed", "call.extended", "call.closed"
_PUBLIC = (*TEXTS, "languages", "stakeholders", "opens_at", "contact", "accepts_late", "questions")


class CallChanged(Exception):
    """Somebody else changed the call since the officer looked; ``now`` is what it is. Nothing was written."""

    def __init__(self, call: Call, now: CallValues) -> None:
        self.call, self.now = call, now
        super().__init__("call changed")


def create_call(*, slug: str, values: CallValues, by: Any) -> Call:
    """Draft a call and its consultation at a new address. Only officers see it.

    Raises:
        SubmissionRefused: the address is taken.
    """
    call = Call(created_by=by)
    kept = settle(call, values)
    try:
        with transaction.atomic():
            consultation = call.consultation = Consultation.objects.create(slug=slug, **followed(call))
            call.save()
            ask(call, kept.questions)
            audit.record(call, "submissions.draft_call", by=by, before={}, after=readable(kept))
            audit.record(consultation, "consultations.begin", by=by)
    except IntegrityError as error:
        raise SubmissionRefused(
            {"slug": _("There is a consultation at this address already; choose another address.")}
        ) from error
    return call


def change_call(
    *, call: Call, values: CallValues, seen: int, by: Any, now: datetime | None = None, note: str = ""
) -> Call:
    """Settle everything at once. ``seen`` is the version of the call that the officer was looking at.

    Raises:
        CallChanged: somebody else changed it since.
        SubmissionRefused: what was announced, or answered, can no longer be changed so.
    """
    now = now or timezone.now()
    with _locked(call, seen) as row:
        before = values_of(row)
        refused = changes_refused(row, before, values, received=has_received(row), now=now)
        if refused:
            raise SubmissionRefused(refused)
        was, stood = readable(before), of_call(row, before.questions)
        kept = settle(row, values)
        is_new = readable(kept)
        if was == is_new:
            return row
        in_sight = bool(row.announced_at) and any(
            getattr(before, each) != getattr(kept, each) for each in _PUBLIC
        )
        if in_sight:
            row.changed_at = now
        save(row)
        ask(row, kept.questions)
        follow(row, by)
        audit.record(row, "submissions.change_call", by=by, before=was, after=is_new, note=note.strip())
        content = of_call(row, kept.questions)
        if row.announced_at and content != stood:
            ledger.record(CHANGED, about=row, content=content)
    return row


def announce_call(*, call: Call, seen: int, by: Any, now: datetime | None = None) -> Call:
    """Show a draft to the public; it opens by itself at its time. Announced once, it stays so.

    Raises:
        CallChanged: somebody else changed it since.
        SubmissionRefused: something is missing, with sentences by field.
    """
    now = now or timezone.now()
    with _locked(call, seen) as row:
        if row.announced_at is not None:
            return row
        values = values_of(row)
        missing = unready(values, now)
        if missing:
            raise SubmissionRefused(missing)
        row.announced_at = now
        save(row)
        follow(row, by)
        audit.record(
            row, "submissions.announce_call", by=by, before={"announced_at": None},
            after={"announced_at": now.isoformat()},
        )  # fmt: skip
        ledger.record(ANNOUNCED, about=row, content=of_call(row, values.questions))
    return row


def extend_call(
    *,
    call: Call,
    until: datetime,
    reasons: Mapping[str, str],
    seen: int,
    by: Any,
    now: datetime | None = None,
) -> Call:
    """Move the deadline; the earlier one stays in sight, with the reason. A closed call opens again.

    What came late and before the new deadline counts as in time from then on.

    Raises:
        CallChanged: somebody else changed it since.
        SubmissionRefused: the new deadline is not later, or a reason is missing.
    """
    now = now or timezone.now()
    given = {language: text.strip() for language, text in reasons.items() if text.strip()}
    with _locked(call, seen) as row:
        problems = reasons_missing(row, given)
        if row.announced_at is None:
            problems[""] = _("This call is a draft. Change its deadline instead of extending it.")
        elif until <= row.deadline or until <= now:
            problems["until"] = _("Give a deadline that is later than the present one, and in the future.")
        if problems:
            raise SubmissionRefused(problems)
        was = row.deadline
        before = {"deadline": was.isoformat(), "closed_early_at": audit.readable(row.closed_early_at)}
        row.closes_at, row.closed_early_at = until, None
        save(row)
        follow(row, by)
        Extension.objects.create(call=row, before=was, after=until, reasons=given, at=now, by=by)
        after = {"deadline": until.isoformat(), "closed_early_at": None}
        after |= {f"reason ({language})": text for language, text in given.items()}
        audit.record(row, "submissions.extend_call", by=by, before=before, after=after)
        ledger.record(
            EXTENDED,
            about=row,
            content={
                "call": row.consultation.slug,
                "before": was.isoformat(),
                "after": until.isoformat(),
                "reasons": hashlib.sha256(canonical(given)).hexdigest(),
            },
        )
        in_time.ask(row)
    return row


def close_call(*, call: Call, seen: int, by: Any, note: str = "", now: datetime | None = None) -> Call:
    """Close a call before its deadline. Sent twice, it is closed once.

    Raises:
        CallChanged: somebody else changed it since.
        SubmissionRefused: it is neither announced nor open.
    """
    now = now or timezone.now()
    with _locked(call, seen) as row:
        if row.closed_early_at is not None:
            return row
        if row.state(now) not in (CallState.OPEN, CallState.ANNOUNCED):
            raise SubmissionRefused(_("Only a call that is announced or open can be closed."))
        row.closed_early_at = now
        save(row)
        follow(row, by)
        audit.record(
            row, "submissions.close_call", by=by, before={"closed_early_at": None},
            after={"closed_early_at": now.isoformat()}, note=note.strip(),
        )  # fmt: skip
        ledger.record(
            CLOSED,
            about=row,
            content={"call": row.consultation.slug, "closed": now.isoformat(), "early": True},
        )
    return row


@contextmanager
def _locked(call: Call, seen: int) -> Iterator[Call]:
    """The row alone for one change, in its transaction."""
    with transaction.atomic():
        row = Call.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=call.pk)
        if row.version != seen:
            raise CallChanged(row, values_of(row))
        yield row
