"""What the officers' pages of a call have in common."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colloquia.core.components import Link
from colloquia.submissions.models import Call, in_language
from colloquia.submissions.services.refusals import SubmissionRefused


def trail_of(call: Call, last: str) -> tuple[Link, ...]:
    """The way to a page about a call."""
    slug = call.consultation.slug
    title, language = in_language(call.titles, get_language() or "en")
    return (
        Link(_("Calls"), reverse("calls")),
        Link(title or slug, reverse("call", args=[slug]), language),
        Link(last),
    )


def refuse(form: Any, refusal: SubmissionRefused) -> None:
    """Sentences of a service at their fields; those of no field above the form."""
    for name, sentence in refusal.problems.items():
        form.add_error(name if name in form.fields else None, sentence)
