"""Calls in lists: a table for pages and files, and what stands about one in a card."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colloquia.core.tables import Column, Table
from colloquia.submissions.models import Call, CallState, in_language
from colloquia.submissions.presentation.call_languages import text_language
from colloquia.submissions.presentation.calls import Clock, clock, state_sentence, takes_answers


@dataclass(frozen=True, slots=True)
class CallCard:
    """One call in short."""

    slug: str
    url: str
    title: str
    language: str
    state: str
    sentence: str
    opens: Clock
    deadline: Clock
    takes_answers: bool


def card(call: Call, request: HttpRequest | None = None) -> CallCard:
    """A call in short, for the reader: its title in the language in which they read texts of calls."""
    interface = get_language() or "en"
    title, code = in_language(call.titles, text_language(request, call) if request else interface, interface)
    slug = call.consultation.slug
    return CallCard(
        slug=slug,
        url=reverse("call", args=[slug]),
        title=title or slug,
        language=code,
        state=str(call.state()),
        sentence=state_sentence(call),
        opens=clock(call.opens_at, call.zone),
        deadline=clock(call.deadline, call.zone),
        takes_answers=takes_answers(call),
    )


def calls_table(calls: Iterable[Any], request: HttpRequest, total: int | None = None) -> Table:
    """Calls with their times; ``calls`` as ``queries.calls.announced_calls`` gives them."""
    return Table(
        "calls",
        _("Calls for answers"),
        (
            Column("title", _("Call"), link="url", language="language", note="sentence"),
            Column("state", _("State")),
            Column("opens", _("Opens")),
            Column("deadline", _("Deadline")),
            Column("questions", _("Questions"), "number"),
            Column("slug", _("Address"), "identifier", shown=False),
            Column("opens_at", _("Opens (UTC)"), "date", shown=False),
            Column("closes_at", _("Deadline (UTC)"), "date", shown=False),
            Column("time_zone", _("Time zone of the venue"), "identifier", shown=False),
            Column("languages", _("Languages"), "identifier", shown=False),
            Column("paper", _("Paper"), "identifier", shown=False),
            Column("paper_version", _("Version of the paper"), "identifier", shown=False),
        ),
        [_row(call, request) for call in calls],
        empty=_("No call has been announced here yet."),
        total=total,
    )


def _row(call: Any, request: HttpRequest) -> dict[str, Any]:
    shown = card(call, request)
    version = call.paper_version
    return {
        "title": shown.title,
        "url": shown.url,
        "language": shown.language,
        "sentence": shown.sentence,
        "state": _("Closed early") if call.closed_early_at else str(CallState(shown.state).label),
        "opens": f"{shown.opens.time} ({shown.opens.zone})",
        "deadline": f"{shown.deadline.time} ({shown.deadline.zone})",
        "questions": call.asked,
        "slug": shown.slug,
        "opens_at": call.opens_at,
        "closes_at": call.deadline,
        "time_zone": call.time_zone,
        "languages": ", ".join(call.languages),
        "paper": version.paper.slug if version else None,
        "paper_version": version.key if version else None,
    }
