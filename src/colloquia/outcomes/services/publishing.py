"""Outcomes made public: one officer proposes them, another publishes exactly what was proposed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.consultations.models import Run
from colloquia.core import audit, ledger
from colloquia.core.jobs import enqueue
from colloquia.outcomes import commitments
from colloquia.outcomes.models import Outcome, OutcomePublication
from colloquia.outcomes.queries.outcomes import publishable
from colloquia.outcomes.services.refusals import OutcomeRefused
from colloquia.outcomes.services.terms import state_term

PUBLISHED = "outcomes.published"
TASK_TELL = "outcomes.tell_senders"


@transaction.atomic
def propose_publication(*, run: Run, by: Any) -> OutcomePublication:
    """Propose all outcomes in force that are not public. Raises OutcomeRefused."""
    locked = Run.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=run.pk)
    if not locked.is_signed:
        raise OutcomeRefused(
            _("Run %(number)s is not signed, so its themes may still change. Sign the run first.")
            % {"number": locked.number}
        )
    if OutcomePublication.objects.filter(run=locked, published_at=None, withdrawn_at=None).exists():
        raise OutcomeRefused(_("These outcomes are proposed already and wait for a second officer."))
    found = publishable(locked)
    if not found:
        raise OutcomeRefused(_("There is no outcome that is not public. Give one first."))
    row = OutcomePublication.objects.create(run=locked, outcomes=[each.pk for each in found], proposed_by=by)
    audit.record(row, "outcomes.propose_publication", by=by, before={})
    return row


@transaction.atomic
def withdraw_proposal(*, proposal: OutcomePublication, by: Any) -> OutcomePublication:
    """Take a proposal back, so that outcomes can be changed and proposed anew. Raises OutcomeRefused."""
    row = _open(proposal.pk)
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])
    audit.record(row, "outcomes.withdraw_proposal", by=by)
    return row


@transaction.atomic
def publish_outcomes(*, proposal: OutcomePublication, by: Any) -> OutcomePublication:
    """Publish what was proposed, and have the senders told.

    Raises:
        OutcomeRefused: the one who proposed it publishes, or outcomes were changed since.
    """
    run = (
        Run.objects.select_for_update(of=("self",))
        .select_related("consultation")
        .get(pk=OutcomePublication.objects.values("run").get(pk=proposal.pk)["run"])
    )
    row = _open(proposal.pk)
    if row.proposed_by_id == by.pk:
        raise OutcomeRefused(_("Who proposed these outcomes cannot publish them; a second officer must."))
    found = publishable(run)
    if [each.pk for each in found] != row.outcomes:
        raise OutcomeRefused(
            _("Outcomes were changed since they were proposed. Withdraw the proposal and propose them anew.")
        )
    now = timezone.now()
    Outcome.objects.filter(pk__in=row.outcomes).update(published_at=now)
    row.published_by, row.published_at = by, now
    row.save(update_fields=["published_by", "published_at"])
    audit.record(row, "outcomes.publish", by=by, note=f"{len(found)} outcomes")
    for term in {each.term for each in found}:
        state_term(term)
    enqueue(TASK_TELL, row.pk)
    ledger.record(
        PUBLISHED,
        about=row,
        at=now,
        content={
            "consultation": run.consultation.slug,
            "run": run.number,
            "outcomes": {str(each.pk): commitments.of_outcome(each) for each in found},
        },
    )
    return row


def _open(pk: int) -> OutcomePublication:
    row = OutcomePublication.objects.select_for_update(of=("self",)).select_related("run").get(pk=pk)
    if row.published_at or row.withdrawn_at:
        raise OutcomeRefused(_("This proposal is over. Look at the list of outcomes again."))
    return row
