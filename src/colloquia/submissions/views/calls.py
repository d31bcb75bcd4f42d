"""The public pages of calls: the list, one call, their twins, and the choice of a time zone."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colloquia.accounts.rules import is_officer
from colloquia.core.components import Link
from colloquia.core.table_files import download
from colloquia.submissions.call_times import zone_named, zone_names
from colloquia.submissions.models import Call
from colloquia.submissions.presentation.call_languages import remember
from colloquia.submissions.presentation.calls import call_json, call_page, linked_data, page_json, permanent
from colloquia.submissions.presentation.calls_list import calls_table, card
from colloquia.submissions.queries.calls import announced_calls, call_for, drafts_of_calls

PAGE_SIZE = 50


def call_of(request: HttpRequest, slug: str) -> Call:
    """A call that this person may see. Raises Http404."""
    found = call_for(request.user, slug)
    if found is None:
        raise Http404(_("There is no such call here."))
    return found


def announced(request: HttpRequest, slug: str) -> Call:
    """A call that is announced, whoever asks. Raises Http404."""
    found = call_of(request, slug)
    if found.announced_at is None:
        raise Http404(_("There is no such call here."))
    return found


@require_safe
def calls(request: HttpRequest) -> HttpResponseBase:
    """Every call: open first, then announced, then closed."""
    rows = announced_calls()
    file = download(request, {"calls": lambda: calls_table(rows, request)}, stem="colloquia")
    if file is not None:
        return file
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    officer = is_officer(request.user)
    return render(
        request,
        "submissions/calls.html",
        {
            "page": page,
            "table": calls_table(page.object_list, request, total=page.paginator.count),
            "drafts": [card(call, request) for call in drafts_of_calls()] if officer else (),
            "officer": officer,
            "trail": (Link(_("Calls")),),
            "canonical": permanent(reverse("calls")),
            "twin": reverse("calls_json"),
        },
    )


@require_safe
def calls_json(request: HttpRequest) -> HttpResponse:
    """The list as JSON, fifty a page."""
    page = Paginator(announced_calls(), PAGE_SIZE).get_page(request.GET.get("page"))
    following = f"{reverse('calls_json')}?page={page.next_page_number()}" if page.has_next() else ""
    rows = [call_json(call) | {"questions": call.asked} for call in page.object_list]
    return _open_json(
        {
            "ok": True,
            "calls": rows,
            "count": page.paginator.count,
            "next": permanent(following) if following else None,
        }
    )


@require_safe
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """One call. Officers see a draft here exactly as the public will, marked as a preview."""
    found = call_of(request, slug)
    page = call_page(request, found)
    preview = found.announced_at is None
    response = render(
        request,
        "submissions/call.html",
        {
            "call": found,
            "page": page,
            "preview": preview,
            "officer": is_officer(request.user),
            "slug": slug,
            "stage": "call",
            "zones": (),
            "data": None if preview else linked_data(page),
            "trail": (Link(_("Calls"), reverse("calls")), Link(page.title, language=page.title_language)),
            "canonical": "" if preview else permanent(reverse("call", args=[slug])),
            "twin": "" if preview else reverse("call_json", args=[slug]),
        },
    )
    remember(request, response, found)
    if preview:
        response["X-Robots-Tag"] = "noindex"
        patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
def call_twin(request: HttpRequest, slug: str) -> HttpResponse:
    """One call as JSON. Drafts have none."""
    try:
        found = announced(request, slug)
    except Http404:
        error = _("There is no such call here.")
        return JsonResponse({"ok": False, "error": error, "errors": [], "status": 404}, status=404)
    return _open_json(page_json(call_page(request, found)))


@require_safe
def time_zone(request: HttpRequest) -> HttpResponse:
    """Remember the reader's zone and go back; a name that is not known is asked for again."""
    text = request.GET.get("zone", "")[:60]
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None) or not back.startswith("/"):
        back = reverse("calls")
    name = zone_named(text)
    if name:
        response: HttpResponse = redirect(back)
        response.set_cookie(
            settings.TIME_ZONE_COOKIE_NAME,
            name,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response
    context = {"text": text, "back": back, "zones": zone_names(), "trail": (Link(_("Your time zone")),)}
    response = render(request, "submissions/call_zone.html", context, status=422 if text else 200)
    response["X-Robots-Tag"] = "noindex"
    return response


def _open_json(data: dict[str, Any]) -> HttpResponse:
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return response
