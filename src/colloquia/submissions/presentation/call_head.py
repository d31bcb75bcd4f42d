"""What stands above every page about one call: its title, and its deadline on two clocks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from colloquia.core.components import Link
from colloquia.submissions.models import Call, in_language
from colloquia.submissions.presentation.call_languages import text_language
from colloquia.submissions.presentation.calls import clock, reader_zone


def call_head(request: HttpRequest, call: Call) -> dict[str, Any]:
    """For a template: ``call_title`` with its language, ``deadline`` and ``reader_deadline`` (None where the
    reader's zone is not known; a script fills it in).
    """
    title, language = in_language(call.titles, text_language(request, call))
    zone = reader_zone(request)
    return {
        "call_title": title or call.consultation.slug,
        "call_title_language": language,
        "deadline": clock(call.deadline, call.zone),
        "reader_deadline": clock(call.deadline, zone) if zone else None,
    }


def call_link(request: HttpRequest, call: Call) -> Link:
    """The way back to the page of the call, in the language of its title."""
    title, language = in_language(call.titles, text_language(request, call))
    slug = call.consultation.slug
    return Link(title or slug, reverse("call", args=[slug]), language)
