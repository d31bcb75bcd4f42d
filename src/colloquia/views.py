"""The home page, the pages for what went wrong, and the state of health."""

# ruff: noqa: ARG001 -- the signatures are those of Django and allauth

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.defaults import bad_request

from colloquia import health as checks
from colloquia.api.methods import refusal
from colloquia.consultations.queries import visible_consultations
from colloquia.submissions.presentation.calls_list import card
from colloquia.submissions.queries.calls import open_calls
from colloquia.unread import read_to_end

API = "/api/"
LATEST = 5
"""Consultations and open calls on the home page."""
_TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
_ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /accounts/
Disallow: /patterns
Disallow: /*?table=
Disallow: /*&table=
"""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What Colloquia is, the open calls, and the latest consultations."""
    language = get_language() or "en"
    listed = [
        {"row": row, "title": row.title(language), "note": row.note(language), "run": row.shown_run}
        for row in visible_consultations(request.user)[:LATEST]
    ]
    calls = [card(call, request) for call in open_calls()[:LATEST]]
    return render(request, "home.html", {"listed": listed, "open_calls": calls})


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 where all is well, 503 where something is not; names what, reveals nothing."""
    report = checks.report()
    return JsonResponse(report, status=200 if report["ok"] else 503)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines leave alone: doors, samples, and tables as files."""
    return HttpResponse(_ROBOTS, content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """The icon, for browsers that ask for it under its old name."""
    return redirect(static("colloquia/icon.svg"))


def unusable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for a request that cannot be used; of a form that is too large it says so and what to do.

    What was typed is still in the sender's browser: the page says how to get back to it.
    """
    if not isinstance(exception, _TOO_MUCH):
        return bad_request(request, exception or BadRequest())
    read_to_end(request)
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE / 1_000_000
    if "application/json" in request.headers.get("Accept", ""):
        error = gettext(
            "This holds more than %(number)s MB of text, and was not saved. Shorten it, or send the longest "
            "texts as files."
        ) % {"number": number_format(most, 1)}
        return JsonResponse({"ok": False, "error": error, "errors": [error], "status": 413}, status=413)
    return render(request, "413.html", {"most": most}, status=413)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for what this visitor may not see or do."""
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form that came without its token, for instance because cookies are off."""
    return render(request, "403_form.html", status=403)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for an address where nothing is; programs are told in JSON."""
    if request.path.startswith(API):
        return refusal(404, "There is nothing public at this address.")
    return render(request, "404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """The page for our own failure; it uses nothing that may have failed. Programs are told in JSON."""
    if request.path.startswith(API):
        return refusal(500, "The site failed to answer; the failure was noted. Try again later.")
    return render(request, "500.html", status=500)
