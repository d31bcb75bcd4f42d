"""What follows where organisations or states were decided upon: reviews fall away, counts are made again."""

from __future__ import annotations

from typing import Any

from colloquia.consultations.models import Consultation, Run
from colloquia.consultations.models.consultation import RunStatus
from colloquia.consultations.services.counting import count_themes
from colloquia.core import audit
from colloquia.core.jobs import enqueue

TASK = "consultations.recount"
NOT_COUNTED = -1


def counts_changed(consultation: Consultation, *, by: Any) -> None:
    """Have every run that is not signed counted again. Within the caller's transaction, which holds the lock
    on the consultation.

    What was reviewed is no longer what stands: the review falls away.
    """
    # Those too that are being stored: they may have been counted just before.
    runs = Run.objects.select_for_update().filter(consultation=consultation)
    for run in runs.exclude(status=RunStatus.SIGNED).order_by("pk"):
        run.counted_sequence = NOT_COUNTED
        if run.status == RunStatus.REVIEWED:
            before = audit.snapshot(run)
            run.status, run.reviewed_by, run.reviewed_at = RunStatus.DRAFT, None, None
            run.save(update_fields=["counted_sequence", "status", "reviewed_by", "reviewed_at"])
            audit.record(run, "consultations.review_again", by=by, before=before)
        else:
            run.save(update_fields=["counted_sequence"])
    enqueue(TASK, consultation.pk)


def recount(consultation_id: int) -> None:
    """Count runs whose counts are not those of what stands, the latest first. Safe to call at any time."""
    for run in Run.objects.filter(consultation=consultation_id, is_complete=True).order_by("-number"):
        if run.counted_sequence != run.sequence and not run.is_signed:
            count_themes(run)
