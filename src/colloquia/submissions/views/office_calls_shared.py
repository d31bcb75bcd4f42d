"""What the officers' pages of a call have in common."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
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


def seen_by(request: HttpRequest) -> int:
    """The version of the call that the officer was looking at; 0 where none was sent."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
