"""What calls add to places that may not know them: the question's page, stages, feeds, the leak test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Case
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy, gettext_noop

from colloquia.accounts.rules import is_officer
from colloquia.consultations.queries.stages import route_where
from colloquia.core.registry import (
    Feed,
    LeakSurface,
    QuestionSection,
    Stage,
    register_feed,
    register_leak_surface,
    register_question_section,
    register_stage,
)
from colloquia.submissions.models import Call
from colloquia.submissions.presentation.call_languages import text_language
from colloquia.submissions.presentation.calls import answer_url, clock, form_url, reader_zone
from colloquia.submissions.presentation.calls_list import card
from colloquia.submissions.queries.calls import announced_calls, calls_asking, has_call


def register() -> None:
    """Register everything, once, when the application starts."""
    register_question_section(
        QuestionSection(
            "submissions.calls",
            gettext_lazy("Calls for answers"),  # type: ignore[arg-type]  # words that become a string where shown
            open_section,
            order=10,
            place="open",
        )
    )
    register_stage(Stage("call", gettext_lazy("Call"), stage_route, order=10))  # type: ignore[arg-type]  # as above
    register_feed(Feed("submissions.calls", gettext_noop("Calls for answers"), "calls_feed"))
    register_leak_surface(LeakSurface("submissions.calls", public_addresses))


def stage_route(user: Any) -> Case:
    """The page of the call; officers see drafts too."""
    return route_where("call", has_call(drafts=is_officer(user)))


def open_section(request: Any, question_id: str) -> str:
    """The calls in which a question can be answered, now or soon; an empty string for none."""
    calls = calls_asking(question_id)
    if not calls:
        return ""
    zone = reader_zone(request)
    shown = [
        {
            "card": card(call, request),
            "reader": clock(call.deadline, zone) if zone else None,
            "answer_url": answer_url(call),
            "form_url": form_url(call, text_language(request, call)),
        }
        for call in calls
    ]
    return render_to_string("submissions/call_question.html", {"calls": shown}, request=request)


def public_addresses() -> Iterator[str]:
    """Every address of calls that a stranger can fetch."""
    yield from (reverse("calls"), reverse("calls_json"), reverse("calls_feed"))
    for chosen in ("csv", "json"):
        yield f"{reverse('calls')}?table=calls&format={chosen}"
    rows: Any = announced_calls()
    for call in rows:
        yield from _addresses(call)


def _addresses(call: Call) -> Iterator[str]:
    slug = call.consultation.slug
    for name in ("call", "call_json", "call_calendar", "call_form"):
        yield reverse(name, args=[slug])
    for language in call.languages:
        yield form_url(call, language)
