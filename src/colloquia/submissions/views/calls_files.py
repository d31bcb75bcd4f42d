"""What leaves the pages of calls: the answer form, the deadline for a calendar, the feed."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colloquia.core.written import showable
from colloquia.submissions.call_calendar import deadline_calendar
from colloquia.submissions.call_form import form_of
from colloquia.submissions.models import in_language
from colloquia.submissions.presentation.call_languages import text_language
from colloquia.submissions.presentation.calls import permanent
from colloquia.submissions.presentation.calls_list import card
from colloquia.submissions.queries.calls import announced_calls
from colloquia.submissions.views.calls import announced, call_of

LATEST = 50
"""Entries of the feed."""
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def call_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The answer form as a Word document; ``?lang=`` one of the call's languages. Officers try a draft's."""
    from colloquia.engines.answer_forms.writing import write

    found = call_of(request, slug)
    asked = request.GET.get("lang", "")
    language = next(
        (code for code in (asked, get_language() or "en", *found.languages) if code in found.languages), "en"
    )
    made = write(form_of(found, language))
    etag = f'"{hashlib.sha256(made).hexdigest()}"'
    response = get_conditional_response(request, etag=etag)
    if response is None or response.status_code != 304:
        response = HttpResponse(made, content_type=WORD)
        response["Content-Disposition"] = f'attachment; filename="{slug}-{language}.docx"'
        response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response


@require_safe
def call_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The deadline as an entry for a calendar."""
    found = announced(request, slug)
    title = showable(in_language(found.titles, text_language(request, found))[0])
    made = deadline_calendar(
        identifier=f"call-{slug}@{request.get_host().partition(':')[0]}",
        at=found.deadline,
        stamped=found.changed_at or found.announced_at or found.created_at,
        sequence=found.version,
        summary=_("Deadline: %(title)s") % {"title": title},
        address=permanent(reverse("call", args=[slug])),
    )
    response = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}.ics"'
    return response


@require_safe
def calls_feed(_request: HttpRequest) -> HttpResponse:
    """The calls announced or changed last, as Atom."""
    language = get_language() or "en"
    page, here = permanent(reverse("calls")), permanent(reverse("calls_feed"))
    made = Atom1Feed(
        title=_("Calls for answers"),
        link=page,
        description=None,
        language=language,
        author_name=settings.SITE_NAME,
        feed_url=here,
        feed_guid=page,
    )
    rows: list[Any] = list(announced_calls().prefetch_related("extensions"))
    stamped = [(max(filter(None, _stamps(row))), row) for row in rows]
    for changed, row in sorted(stamped, key=lambda pair: (pair[0], pair[1].pk), reverse=True)[:LATEST]:
        shown = card(row)
        made.add_item(
            title=showable(shown.title),
            link=permanent(shown.url),
            unique_id=permanent(shown.url),
            description=_("Opens %(opens)s (%(opens_zone)s). Deadline %(closes)s (%(closes_zone)s).")
            % {
                "opens": shown.opens.time,
                "opens_zone": shown.opens.zone,
                "closes": shown.deadline.time,
                "closes_zone": shown.deadline.zone,
            },
            pubdate=row.announced_at,
            updateddate=changed,
        )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    made.write(response, "utf-8")
    return response


def _stamps(row: Any) -> list[Any]:
    return [
        row.announced_at,
        row.changed_at,
        row.closed_early_at,
        *(each.at for each in row.extensions.all()),
    ]
