"""Which consultation and run a request is about, who may write, and how a page of this room begins."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colloquia import __version__
from colloquia.accounts.rules import is_officer
from colloquia.consultations.models import Consultation, Run
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries import FilesMissing, NotShown, consultation_for
from colloquia.consultations.views.doors import officers_only, run_of
from colloquia.core.components import Link
from colloquia.core.models import NamingProfile
from colloquia.issues.queries import wordings_state
from colloquia.outcomes.presentation.tabs import tabs

__all__ = [
    "consultation_of", "fresh", "json_twin", "number_of_run", "officers_only", "page", "permanent", "run_of",
    "visit_of",
]  # fmt: skip


def consultation_of(request: HttpRequest, slug: str) -> Consultation:
    """A consultation that this person may see. Raises Http404."""
    try:
        return consultation_for(request.user, slug)
    except NotShown as error:
        raise Http404(_("There is no such consultation here.")) from error


def number_of_run(request: HttpRequest) -> int | None:
    """The number in ``?run=2``; None without one. Raises Http404 where it is no number."""
    text = request.GET.get("run", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Http404(_("A run is named by its number."))
    return int(text)


def visit_of(request: HttpRequest, run: Run) -> Visit:
    """A look at a run in the language of the page. Raises FilesMissing."""
    if not run.has_files:
        raise FilesMissing(run)
    return Visit(request, run, get_language() or "en")


def permanent(name: str, *arguments: str | int) -> str:
    """An address with the site's name."""
    return f"{settings.PUBLIC_URL}{reverse(name, args=arguments)}"


def page(
    request: HttpRequest,
    template: str,
    consultation: Consultation,
    *,
    tab: str,
    trail: tuple[Link, ...] = (),
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page of the last stage. ``tab`` is the route of its tab; ``trail`` leads from the consultation."""
    language = get_language() or "en"
    whole = {
        "consultation": consultation,
        "slug": consultation.slug,
        "stage": "outcome",
        "trail": (
            Link(_("Consultations"), reverse("consultations")),
            Link(consultation.title(language), reverse("consultation", args=[consultation.slug])),
            *trail,
        ),
        "tabs": tabs(request.user, consultation, tab),
        "officer": is_officer(request.user),
    }
    return render(request, f"outcomes/{template}", whole | context, status=status)


def fresh(request: HttpRequest, make: Callable[[], HttpResponseBase], *parts: object) -> HttpResponseBase:
    """The page, or 304 where the reader has this very state of it; ``parts`` name what it is made of.

    Officers always get the page: it may carry a message, and links that only they have.
    """
    if is_officer(request.user):
        response = make()
    else:
        profile = NamingProfile.objects.filter(is_current=True).values_list("pk").first()
        reader = (get_language(), request.get_full_path(), request.user.pk)
        whole = (__version__, reader, profile, wordings_state(), parts)
        etag = f'"{hashlib.sha256(repr(whole).encode()).hexdigest()[:40]}"'
        response = get_conditional_response(request, etag=etag) or make()
        if response.status_code in {200, 304}:
            response.headers.setdefault("ETag", etag)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def json_twin(data: Mapping[str, Any], *, status: int = 200) -> JsonResponse:
    """A public page as JSON, which anybody may read from anywhere."""
    response = JsonResponse(
        {"ok": status == 200, **data}, status=status, json_dumps_params={"ensure_ascii": False}
    )
    response["Access-Control-Allow-Origin"] = "*"
    return response
