"""How much of a consultation people have read, for the funnel and before anything is signed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from colloquia.consultations.models import Consultation, ReadMark, Run


@dataclass(frozen=True, slots=True)
class Coverage:
    """Submissions received, and of these how many a person read, and more than one person."""

    received: int
    read: int
    read_by_two: int

    @property
    def share(self) -> float:
        """Read of received, 0 where nothing was received."""
        return self.read / self.received if self.received else 0.0


def coverage_of(run: Run) -> Coverage:
    """Whole submissions marked as read by now. Two queries."""
    return Coverage(int(run.funnel.get("received", 0)), *_read(run.consultation))


def _read(consultation: Consultation) -> tuple[int, int]:
    marks = ReadMark.objects.filter(consultation=consultation, passage_id="", withdrawn_at=None)
    return (
        marks.values("submission_id").distinct().count(),
        marks.values("submission_id")
        .annotate(readers=Count("reader", distinct=True))
        .filter(readers__gt=1)
        .count(),
    )
