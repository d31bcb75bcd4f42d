"""A summary reviewed by one officer and signed by another, who thereby publishes it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from colloquia.core import audit, ledger
from colloquia.outcomes import commitments
from colloquia.outcomes.models import Summary, SummaryStatus
from colloquia.outcomes.queries.summaries import Part, faults_in, parts_of, said_of
from colloquia.outcomes.services.refusals import OutcomeRefused
from colloquia.outcomes.services.summaries import open_summary

SIGNED = "summary.signed"


def review_summary(*, summary: Summary, seen: int, by: Any) -> Summary:
    """Say that every sentence was gone through. ``seen`` is the version that the officer had before them.

    Raises OutcomeRefused: a sentence rests on nothing, or somebody changed the summary meanwhile.
    """
    _refuse_faults(parts_of(summary))
    with transaction.atomic():
        locked = open_summary(summary.pk)
        _same(locked, seen, summary.version)
        before = audit.snapshot(locked)
        locked.status, locked.reviewed_by, locked.reviewed_at = SummaryStatus.REVIEWED, by, timezone.now()
        locked.save(update_fields=["status", "reviewed_by", "reviewed_at"])
        audit.record(locked, "outcomes.review_summary", by=by, before=before)
    return locked


def sign_summary(*, summary: Summary, seen: int, by: Any) -> Summary:
    """Sign a reviewed summary of a signed run, freeze it and publish it with what was so at that moment.

    Raises:
        OutcomeRefused: the run is not signed, nobody or only the one who signs reviewed the summary, a
            sentence rests on nothing, or somebody changed it meanwhile.
    """
    run = summary.run
    if not run.is_signed:
        raise OutcomeRefused(
            _("Run %(number)s is not signed yet. Sign the run first, then its summary.")
            % {"number": run.number}
        )
    parts = parts_of(summary)
    _refuse_faults(parts)
    said = said_of(run)
    content = commitments.of_summary(summary)
    with transaction.atomic():
        locked = open_summary(summary.pk)
        _same(locked, seen, summary.version)
        if locked.status != SummaryStatus.REVIEWED:
            raise OutcomeRefused(_("An officer must review the summary before another signs it."))
        if locked.reviewed_by_id == by.pk:
            raise OutcomeRefused(_("Who reviewed the summary cannot sign it; a second officer must."))
        before = audit.snapshot(locked, without=("said",))
        locked.status, locked.signed_by, locked.signed_at = SummaryStatus.SIGNED, by, timezone.now()
        locked.said = said | {"sha256": content["summary"]}
        locked.save(update_fields=["status", "signed_by", "signed_at", "said"])
        audit.record(
            locked,
            "outcomes.sign_summary",
            by=by,
            before=before,
            after=audit.snapshot(locked, without=("said",)),
        )
        ledger.record(SIGNED, about=locked, content=content)
    return locked


def _refuse_faults(parts: list[Part]) -> None:
    if not any(part.sentences for part in parts):
        raise OutcomeRefused(_("The summary has no sentence yet. Write at least one."))
    reasons = []
    for said in faults_in(parts):
        words = {"number": said.number, "text": Truncator(said.sentence.text).chars(80)}
        if said.citations:
            reasons.append(
                _("Sentence %(number)s quotes words that do not stand in their passage: “%(text)s”") % words
            )
        else:
            reasons.append(_("Sentence %(number)s cites no passage: “%(text)s”") % words)
    if reasons:
        raise OutcomeRefused(*reasons)


def _same(locked: Summary, *versions: int) -> None:
    if any(locked.version != version for version in versions):
        raise OutcomeRefused(
            _("The summary was changed since this page was opened. Look at it again, then go on.")
        )
