"""What programs follow: the Atom feed of a call, and the list of files whose mining is reserved."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colloquia.core.queries import profile
from colloquia.core.written import showable
from colloquia.submissions.presentation import published as shape
from colloquia.submissions.queries import published as reads
from colloquia.submissions.views.published_doors import TDM_HEADER, call_of

LATEST = 50
"""Entries of a feed."""


@require_safe
def feed(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The submissions of a call that were published or changed last, as Atom."""
    call = call_of(slug)
    language = get_language() or "en"
    etag = f'W/"{reads.state_of(call)}-{language}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    reader = shape.Reader(profile(), language)
    page = shape.permanent(reverse("submissions", args=[slug]))
    here = shape.permanent(reverse("submissions_feed", args=[slug]))
    rows = list(reads.published_in(call).order_by("-changed_at", "identifier")[:LATEST])
    known = reads.answered(rows)
    made = Atom1Feed(
        title=showable(_("Submissions: %(call)s") % {"call": call.title(language)}),
        link=page,
        description=None,
        language=language,
        author_name=settings.SITE_NAME,
        feed_url=here,
        feed_guid=page,
    )
    for row in rows:
        questions = " ".join(known[row.pk][0])
        made.add_item(
            title=showable(f"{row.identifier}: {shape.sender(row, reader)}"),
            link=shape.permanent(shape.address(row)),
            unique_id=shape.permanent(shape.address(row)),
            description=_("Answers %(questions)s.") % {"questions": questions} if questions else "",
            pubdate=row.published_at,
            updateddate=row.changed_at,
        )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    if not rows:
        made.latest_post_date = lambda: call.opens_at  # type: ignore[method-assign]
    made.write(response, "utf-8")
    response["ETag"] = etag
    return response


@require_safe
def tdmrep(_request: HttpRequest) -> HttpResponse:
    """Where text and data mining is reserved: the file of the TDM Reservation Protocol at its known place."""
    entries = []
    for part in reads.reserved_parts():
        row = part.published
        entries.append({"location": shape.file_address(row, part), TDM_HEADER: 1})
        entries.append({"location": shape.text_address(row, part), TDM_HEADER: 1})
        twin = reverse("submission_text_json", args=[row.identifier, part.position])
        entries.append({"location": twin, TDM_HEADER: 1})
    return JsonResponse(entries, safe=False)
