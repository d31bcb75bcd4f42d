"""Questions in a reader's language, as far as the paper has them beside the text that was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max

from colloquia.issues.models import IssuePlacement, QuestionPlacement, QuestionWording
from colloquia.issues.queries.contents import _issues, _questions
from colloquia.issues.records import Held, best


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
        held = _beside(each.wordings, "text", texts[each.id], language)
        if held and (each.id not in found or (held.language == language != found[each.id].language)):
            found[each.id] = held
    return {
        name: Asked(found[name].text, found[name].language, found[name].grade)
        if name in found
        else Asked(text)
        for name, text in texts.items()
    }


def issue_asked(issue_id: str, title: str, language: str) -> Asked:
    """The title under which something was asked, in ``language`` by the same rule. At most two queries."""
    rows = (
        IssuePlacement.objects.filter(issue=issue_id)
        .select_related("section", "version__paper")
        .order_by("-version__position", "pk")
    )
    found = [held for each in _issues(rows) if (held := _beside(each.wordings, "title", title, language))]
    found.sort(key=lambda held: held.language != language)
    return Asked(found[0].title, found[0].language, found[0].grade) if found else Asked(title)


def wordings_state() -> tuple[object, ...]:
    """Other after each change of a wording, for the names of pages that show some. One query."""
    found = QuestionWording.objects.aggregate(last=Max("pk"), number=Count("pk"))
    return found["last"], found["number"]


def _beside(wordings: Sequence[Held], name: str, asked_as: str, language: str) -> Held | None:
    """The wording to show of those of one version; None where none of them is what was asked."""
    asked = next((held for held in wordings if getattr(held, name).split() == asked_as.split()), None)
    if asked is None:
        return None
    shown = best([held for held in wordings if not held.is_stale], language, asked.language)
    return shown if shown and shown.language == language else asked
