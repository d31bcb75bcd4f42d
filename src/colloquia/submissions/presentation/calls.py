"""A call as the public sees it: times on two clocks, notices, questions, the history of its deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colloquia.core.components import Link
from colloquia.issues.records import IssueIn
from colloquia.submissions.call_times import on_clock, until, zone_named, zone_words
from colloquia.submissions.models import Call, CallState, Extension, in_language
from colloquia.submissions.presentation.call_languages import TextLink, text_language, text_links
from colloquia.submissions.queries.calls import asked_of


@dataclass(frozen=True, slots=True)
class Clock:
    """A moment on the clocks of one zone: the time, and the name and offset of the zone."""

    moment: datetime
    time: str
    zone: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A text of the call under a heading of ours; ``language`` is that of the text."""

    heading: str
    paragraphs: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A deadline that was moved."""

    before: Clock
    after: Clock
    at: Clock
    reason: str
    language: str


@dataclass(frozen=True, slots=True)
class CallPage:
    """Everything on the page of a call."""

    call: Call
    slug: str
    title: str
    title_language: str
    introduction: Notice
    state: str
    closed_early: bool
    sentence: str
    opens: Clock
    deadline: Clock
    reader: Clock | None
    notices: tuple[Notice, ...]
    issues: list[IssueIn]
    moved: tuple[Moved, ...]
    texts: tuple[TextLink, ...]
    forms: tuple[Link, ...]
    form_url: str
    answer_url: str
    takes_answers: bool
    changed: Clock | None

    @property
    def asked(self) -> int:
        """The number of questions."""
        return sum(len(issue.questions) for issue in self.issues)


def clock(moment: datetime, zone: ZoneInfo) -> Clock:
    """A moment on the clocks of a zone."""
    return Clock(moment, on_clock(moment, zone), zone_words(moment, zone))


def reader_zone(request: HttpRequest) -> ZoneInfo | None:
    """The reader's own zone: chosen on a page and kept in a cookie, or in the account; None where unknown."""
    name = zone_named(request.COOKIES.get(settings.TIME_ZONE_COOKIE_NAME, "")[:60])
    if not name:
        name = zone_named(str(getattr(request.user, "time_zone", "") or ""))
    return ZoneInfo(name) if name else None


def state_sentence(call: Call, now: datetime | None = None) -> str:
    """How things stand, with the time left or the day on which it closed."""
    now = now or timezone.now()
    state = call.state(now)
    if state == CallState.DRAFT:
        return _("A draft, seen by officers only.")
    if state == CallState.ANNOUNCED:
        return _("Opens in %(time)s.") % {"time": until(call.opens_at, now)}
    if state == CallState.OPEN:
        return _("Closes in %(time)s.") % {"time": until(call.deadline, now)}
    closed = {"time": on_clock(call.deadline, call.zone), "zone": zone_words(call.deadline, call.zone)}
    if call.closed_early_at:
        return _("Closed before its deadline, on %(time)s (%(zone)s).") % closed
    return _("Closed on %(time)s (%(zone)s).") % closed


def takes_answers(call: Call, now: datetime | None = None) -> bool:
    """Whether an answer can be sent at the moment, in time or late."""
    state = call.state(now)
    return state == CallState.OPEN or (state == CallState.CLOSED and call.accepts_late)


def answer_url(call: Call) -> str:
    """Where an answer is begun; blank where there is no such page."""
    try:
        return reverse("answer_begin", args=[call.consultation.slug])
    except NoReverseMatch:
        return ""


def form_url(call: Call, language: str) -> str:
    """The answer form in a language; in the first of the call where it has not that one."""
    chosen = language if language in call.languages else (call.languages or ["en"])[0]
    return f"{reverse('call_form', args=[call.consultation.slug])}?lang={chosen}"


def call_page(request: HttpRequest, call: Call) -> CallPage:
    """The page for the reader's language and zone. Six queries."""
    language = text_language(request, call)
    # The wordings of questions too, where that is not the language in which they are shown anyhow.
    read_in = "" if language == get_language() else language
    zone, now = reader_zone(request), timezone.now()
    title, title_language = _text(call.titles, language)
    state = call.state(now)
    turning = call.opens_at if state == CallState.ANNOUNCED else call.deadline
    return CallPage(
        call=call,
        slug=call.consultation.slug,
        title=title or call.consultation.slug,
        title_language=title_language,
        introduction=_notice("", call.introductions, language),
        state=str(state),
        closed_early=call.closed_early_at is not None,
        sentence=state_sentence(call, now),
        opens=clock(call.opens_at, call.zone),
        deadline=clock(call.deadline, call.zone),
        reader=clock(turning, zone) if zone else None,
        notices=tuple(each for each in _notices(call, language) if each.paragraphs),
        issues=[each.read_in(read_in) for each in asked_of(call)],
        moved=tuple(_moved(call, each, language) for each in call.extensions.order_by("at", "pk")),
        texts=text_links(request, call),
        forms=tuple(Link("", form_url(call, code), code) for code in call.languages),
        form_url=form_url(call, language),
        answer_url=answer_url(call),
        takes_answers=takes_answers(call, now),
        changed=clock(call.changed_at, call.zone) if call.changed_at else None,
    )


def _text(texts: dict[str, str], language: str) -> tuple[str, str]:
    """In a language of the call, else in that of the interface."""
    return in_language(texts, language, get_language() or "en")


def _notices(call: Call, language: str) -> tuple[Notice, ...]:
    return (
        _notice(_("What is published"), call.publication_notices, language),
        _notice(_("How long data are kept"), call.retention_notices, language),
        _notice(_("How we use your data"), call.privacy_notices, language),
    )


def _notice(heading: str, texts: dict[str, str], language: str) -> Notice:
    text, code = _text(texts, language)
    return Notice(heading, tuple(line.strip() for line in text.split("\n") if line.strip()), code)


def _moved(call: Call, row: Extension, language: str) -> Moved:
    reason, code = _text(row.reasons, language)
    zone = call.zone
    return Moved(clock(row.before, zone), clock(row.after, zone), clock(row.at, zone), reason, code)


def permanent(path: str) -> str:
    """An address with the site's name in it."""
    return f"{settings.PUBLIC_URL}{path}"


def call_json(call: Call) -> dict[str, Any]:
    """The facts of the list; times in UTC beside the venue's zone."""
    slug = call.consultation.slug
    version = call.paper_version
    return {
        "slug": slug,
        "url": permanent(reverse("call", args=[slug])),
        "titles": call.titles,
        "state": str(call.state()),
        "closed_early": call.closed_early_at is not None,
        "opens_at": call.opens_at.isoformat(),
        "deadline": call.deadline.isoformat(),
        "time_zone": call.time_zone,
        "languages": call.languages,
        "paper": version.paper.slug if version else None,
        "paper_version": version.key if version else None,
        "takes_late_answers": call.accepts_late,
        "announced_at": call.announced_at.isoformat() if call.announced_at else None,
        "changed_at": call.changed_at.isoformat() if call.changed_at else None,
    }


def page_json(page: CallPage) -> dict[str, Any]:
    """The page of a call, with every text in every language."""
    from colloquia.issues.presentation.as_json import issue_in_json

    call = page.call
    return {
        "ok": True,
        **call_json(call),
        "introductions": call.introductions,
        "privacy_notices": call.privacy_notices,
        "publication_notices": call.publication_notices,
        "retention_notices": call.retention_notices,
        "retention_months": call.retention_months,
        "stakeholders": call.stakeholders,
        "contact": call.contact or None,
        "answer_url": permanent(page.answer_url) if page.answer_url and page.takes_answers else None,
        "forms": {each.language: permanent(each.url) for each in page.forms},
        "calendar": permanent(reverse("call_calendar", args=[page.slug])),
        "issues": [issue_in_json(each) for each in page.issues],
        "extensions": [
            {
                "before": row.before.isoformat(),
                "after": row.after.isoformat(),
                "decided_at": row.at.isoformat(),
                "reasons": row.reasons,
            }
            for row in call.extensions.order_by("at", "pk")
        ],
    }


def linked_data(page: CallPage) -> dict[str, Any]:
    """The call for programs that know schema.org."""
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": permanent(reverse("call", args=[page.slug])),
        "url": permanent(reverse("call", args=[page.slug])),
        "name": page.title,
        "inLanguage": page.title_language,
        "description": " ".join(page.introduction.paragraphs) or page.title,
        "startDate": page.call.opens_at.isoformat(),
        "endDate": page.call.deadline.isoformat(),
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "organizer": {"@type": "Organization", "name": settings.SITE_NAME, "url": settings.PUBLIC_URL},
        "about": [
            permanent(reverse("question", args=[each.id])) for i in page.issues for each in i.questions
        ],
    }
