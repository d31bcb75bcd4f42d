"""What priorities and considerations add to places that may not know them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from colloquia.core import registry
from colloquia.outcomes.services import priority_personal


def register() -> None:
    """Register everything, once, when the application starts."""
    title = cast("str", _("Preliminary considerations"))
    registry.register_question_section(
        registry.QuestionSection("outcomes.considerations", title, considerations_section, order=90)
    )
    registry.register_leak_surface(registry.LeakSurface("outcomes.priorities", _addresses))
    registry.register_personal_data(priority_personal.SOURCE)


def considerations_section(request: Any, question_id: str) -> str:
    """Considerations on the issue of a question that two officers signed off; nothing otherwise."""
    from colloquia.outcomes.queries.considerations import of_question

    shown, language = of_question(question_id), get_language() or "en"
    if not shown:
        return ""
    items = []
    for each in shown:
        code = next((code for code in (language, "en", *each.texts) if each.texts.get(code)), "")
        items.append({"row": each.row, "text": each.texts.get(code, ""), "language": code})
    return render_to_string("outcomes/considerations_section.html", {"items": items}, request=request)


def _addresses() -> Iterator[str]:
    from colloquia.outcomes.models import Consideration
    from colloquia.outcomes.queries.priorities import published_rounds

    for row in published_rounds():
        slug = row.consultation.slug
        yield reverse("priorities", args=[slug])
        yield reverse("priorities_json", args=[slug])
        yield reverse("priority_round", args=[slug, row.pk])
    public = Consideration.objects.exclude(published_version=None)
    for slug in public.values_list("consultation__slug", flat=True).distinct():
        yield reverse("considerations", args=[slug])
        yield reverse("considerations_json", args=[slug])
