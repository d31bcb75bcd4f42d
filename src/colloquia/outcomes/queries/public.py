"""What of this room is public for a consultation, in one query: it is asked on every page of it.

What was published stays public where the run that it rests on is not shown at present.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from colloquia.consultations.models import Consultation, Run
from colloquia.outcomes.models import OutcomePublication, Revision, Summary
from colloquia.outcomes.queries.outcomes import published_run
from colloquia.outcomes.queries.summaries import signed_summaries

Part = Literal["summary", "outcomes", "revision"]


@dataclass(frozen=True, slots=True)
class Published:
    """When each was published last; None where it never was."""

    summary: datetime | None = None
    outcomes: datetime | None = None
    revision: datetime | None = None

    @property
    def any(self) -> bool:
        """Whether anything is."""
        return bool(self.summary or self.outcomes or self.revision)


def published(*, slug: str = "", pk: int | None = None) -> Published:
    """The same for a consultation by its address or its primary key; nothing where it is not public."""
    rows = Consultation.objects.filter(is_public=True)
    rows = rows.filter(slug=slug) if pk is None else rows.filter(pk=pk)
    found = rows.values_list(
        _last(Summary.objects.filter(run__consultation=OuterRef("pk")), "signed_at"),
        _last(OutcomePublication.objects.filter(run__consultation=OuterRef("pk")), "published_at"),
        _last(Revision.objects.filter(consultation=OuterRef("pk")), "published_at"),
    ).first()
    return Published(*found) if found else Published()


def record_run(consultation: Consultation) -> Run | None:
    """The run that public results speak of: the one that is shown; where none is shown at present, the one of
    which outcomes are public, else a summary. None where there is none of these.
    """
    if not consultation.is_hidden:
        return consultation.shown_run if consultation.is_public else None
    run = published_run(consultation)
    if run is None:
        run = next((row.run for row in signed_summaries(consultation)), None)
    return run


def are_public(part: Part) -> Q:
    """For a query over consultations: those of which this part is public."""
    parts: dict[str, QuerySet[Any]] = {
        "summary": Summary.objects.filter(run__consultation=OuterRef("pk"), signed_at__isnull=False),
        "outcomes": OutcomePublication.objects.filter(
            run__consultation=OuterRef("pk"), published_at__isnull=False
        ),
        "revision": Revision.objects.filter(consultation=OuterRef("pk"), published_at__isnull=False),
    }
    return Q(Exists(parts[part]), is_public=True)


def _last(rows: QuerySet[Summary] | QuerySet[OutcomePublication] | QuerySet[Revision], name: str) -> Subquery:
    return Subquery(rows.order_by(F(name).desc(nulls_last=True)).values(name)[:1])
