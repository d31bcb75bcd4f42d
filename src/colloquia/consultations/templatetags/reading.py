"""What people read, for templates that are shown on pages of others: marks, and the summary of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template

from colloquia.consultations.models import ReadMark
from colloquia.consultations.presentation import reading as shown
from colloquia.consultations.presentation.agreement import sample_facts
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries import reading
from colloquia.core.components import Coverage, Fact
from colloquia.core.tables import Table

register = template.Library()


@dataclass(frozen=True, slots=True)
class Marks:
    """Who read a submission whole, whether the one who looks did, and which passages they marked alone."""

    whole: list[ReadMark]
    is_mine: bool
    passages: list[ReadMark]


@dataclass(frozen=True, slots=True)
class Summary:
    """What the method page shows of reading."""

    bar: Coverage
    tables: list[Table]
    samples: list[tuple[int, list[Fact], list[Table]]]


@register.simple_tag
def marks_of(visit: Visit, submission_id: str) -> Marks:
    """The marks on a submission. One query."""
    rows = reading.marks_on(visit.run, submission_id)
    whole = [row for row in rows if not row.passage_id]
    return Marks(
        whole,
        any(row.reader_id == visit.request.user.pk for row in whole),
        [row for row in rows if row.passage_id],
    )


@register.simple_tag
def reading_summary(visit: Visit) -> Any:
    """Coverage and agreement of the run; names of coders for officers only."""
    found = reading.reading_summary(visit.run)
    tables = shown.summary_tables(visit, found)
    samples = [
        (
            item.sample.number,
            sample_facts(visit, item.sample),
            [table for name, table in tables.items() if _belongs(name, item.sample.number)],
        )
        for item in found.samples
    ]
    coverage = [table for name, table in tables.items() if name.startswith("read")]
    return Summary(shown.bar(found.coverage), coverage, samples)


def _belongs(name: str, number: int) -> bool:
    return name in {f"agreement-{number}", f"agreement-{number}-themes"}
