"""The questions of a run as a reader sees them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import get_language

from colloquia.consultations.models import Run, RunQuestion
from colloquia.issues.queries import asked_in


@dataclass(frozen=True, slots=True)
class QuestionRead:
    """A question in the reader's language, else as it was asked; ``language`` is "" where it is not known."""

    question_id: str
    text: str
    language: str


def questions_read(run: Run, *, only: Collection[str] | None = None) -> list[QuestionRead]:
    """The questions of a run in the language of the page, in the order of the paper. Three queries."""
    rows = RunQuestion.objects.filter(run=run).order_by("position")
    if only is not None:
        rows = rows.filter(question_id__in=only)
    texts = dict(rows.values_list("question_id", "text"))
    found = asked_in(texts, get_language() or "en")
    return [QuestionRead(name, asked.text, asked.language) for name, asked in found.items()]
