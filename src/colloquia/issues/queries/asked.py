"""Questions in a reader's language, as far as the paper has them beside the text that was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Max

from colloquia.issues.models import QuestionPlacement, QuestionWording
from colloquia.issues.queries.contents import _questions
from colloquia.issues.records import Held, QuestionIn, best


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for a reader. ``language`` and ``grade`` are "" where no version holds what was asked."""

    text: str
    language: str = ""
    grade: str = ""


def asked_in(texts: Mapping[str, str], language: str) -> dict[str, Asked]:
    """Questions in ``language`` where a version that holds the text that was asked holds that too, else as
    they were asked. ``texts`` are those that were asked, by id. Two queries.

    A translation whose original has changed since is left out, and nothing stands in for an official text.
    """
    rows = (
        QuestionPlacement.objects.filter(question__in=list(texts))
        .select_related("question", "version__paper")
        .order_by("-version__position", "pk")
    )
    found: dict[str, Held] = {}
    for each in _questions(rows):
        held = _beside(each, texts[each.id], language)
        if held and (each.id not in found or (held.language == language != found[each.id].language)):
            found[each.id] = held
    return {
        name: Asked(found[name].text, found[name].language, found[name].grade)
        if name in found
        else Asked(text)
        for name, text in texts.items()
    }


def wordings_state() -> tuple[object, ...]:
    """Other after each change of a wording, for the names of pages that show some. One query."""
    found = QuestionWording.objects.aggregate(last=Max("pk"), number=Count("pk"))
    return found["last"], found["number"]


def _beside(question: QuestionIn, text: str, language: str) -> Held | None:
    """What to show of a question where one version has it; None where it was asked in other words."""
    asked = next((held for held in question.wordings if _same(held.text, text)), None)
    if asked is None:
        return None
    shown = best([held for held in question.wordings if not held.is_stale], language, asked.language)
    return shown if shown and shown.language == language else asked


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()
