"""The way of every page of a run: find what the address names, answer 304 where nothing changed, or say
kindly that there is nothing there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps

from django.db.models import Count, Max, Q
from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colloquia import __version__
from colloquia.consultations.models import Consultation, OriginalFile, Sample, Translation
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries import hidden_from, visible_consultations
from colloquia.consultations.views.doors import run_of
from colloquia.consultations.views.hidden import hidden_page, hidden_twin
from colloquia.core.models import NamingProfile
from colloquia.core.registry import registered_passage_links
from colloquia.issues.queries import wordings_state

Page = Callable[..., HttpResponseBase]
View = Callable[..., HttpResponseBase]


class NothingHere(Http404):
    """The run has no such question, theme, text, submission or passage; the message says so."""


def page(view: Page) -> View:
    """A page of a run: the view gets the visit in the place of the consultation's address."""

    @require_safe
    @wraps(view)
    def found(request: HttpRequest, slug: str, **named: str) -> HttpResponseBase:
        try:
            visit = Visit(request, run_of(request, slug), get_language() or "en")
            return _fresh(request, visit, lambda: view(request, visit, **named))
        except Http404 as nothing:
            if hidden := hidden_from(request.user, slug):
                return hidden_page(request, hidden)
            if empty := _without_run(request, slug):
                return render(request, "consultations/empty.html", {"consultation": empty})
            context = {"message": str(nothing) if nothing.args else "", "slug": slug}
            return render(request, "consultations/missing.html", context, status=404)

    return found


def twin(view: Page) -> View:
    """The same as JSON: ``{"ok": false, "error": …, "status": …}``. Anybody may read it from anywhere."""

    @require_safe
    @wraps(view)
    def found(request: HttpRequest, slug: str, **named: str) -> HttpResponseBase:
        try:
            visit = Visit(request, run_of(request, slug), get_language() or "en")
            response = _fresh(request, visit, lambda: view(request, visit, **named))
        except Http404 as nothing:
            if hidden := hidden_from(request.user, slug):
                response = hidden_twin(request, hidden)
            else:
                error = str(nothing) or _("There is nothing at this address.")
                response = JsonResponse(
                    {"ok": False, "error": error, "errors": [error], "status": 404}, status=404
                )
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return found


def _without_run(request: HttpRequest, slug: str) -> Consultation | None:
    """A consultation that this person may see and of which no run is stored yet; officers alone may."""
    found = visible_consultations(request.user).filter(slug=slug, runs__isnull=True).first()
    return found if "run" not in request.GET else None


def _fresh(request: HttpRequest, visit: Visit, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """304 where the reader has this very state. Officers always get the page: it may carry a message."""
    if visit.officer:
        response = make()
        patch_cache_control(response, private=True, no_cache=True)
        return response
    etag = f'"{_state(visit)}"'
    response = get_conditional_response(request, etag=etag) or make()
    if response.status_code in {200, 304}:
        response.headers.setdefault("ETag", etag)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _state(visit: Visit) -> str:
    """A name for everything that a page of this run is made of."""
    run, consultation = visit.run, visit.consultation
    made = [
        model._default_manager.filter(consultation=consultation).aggregate(
            Max("pk"), live=Count("pk", filter=live)
        )
        for model, live in (
            (Translation, Q(replaced_at=None)),
            (OriginalFile, Q()),
        )
    ]
    closed = Sample.objects.filter(run=run, closed_at__isnull=False)
    coded = closed.aggregate(Max("closed_at"), Count("pk"))
    profile = NamingProfile.objects.filter(is_current=True).values_list("pk").first()
    parts = (
        (
            __version__,
            visit.language,
            visit.request.get_full_path(),
            visit.request.user.pk,
            profile,
            made,
            coded,
        ),
        (run.pk, run.version, run.counted_sequence, run.status, run.signed_at),
        (consultation.organisations_version, consultation.state_stakeholders, consultation.is_illustrative),
        (consultation.titles, consultation.notes, consultation.shown_run_id),
        (consultation.closed_on, consultation.closes_at, consultation.time_zone),
        consultation.reading_sequence,
        wordings_state(),
        [hook.state(visit.request, consultation.pk) for hook in registered_passage_links()],
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:40]
