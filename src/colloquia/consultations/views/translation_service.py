"""Asking a service for machine translations, and watching, stopping and resuming it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from colloquia.consultations.endpoint import Endpoint
from colloquia.consultations.models import TranslationRequest
from colloquia.consultations.presentation.service import asked, host_of, is_here
from colloquia.consultations.queries.translating import target_languages
from colloquia.consultations.services import translation_requests as services
from colloquia.consultations.views.doors import officers_only
from colloquia.consultations.views.showing import show
from colloquia.consultations.views.translating import Listing, chosen, into_of, named, trail, visit_of
from colloquia.core.components import Link
from colloquia.engines.drafting import LANGUAGES

PER_PAGE = 10


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def service(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What would be sent where, and the requests so far; on POST the service is asked."""
    visit = visit_of(request, slug)
    into = into_of(request, visit.run)
    if request.method == "POST":
        names = request.POST.get("passages", "").split()
        try:
            services.request_translations(run=visit.run, passages=names, language=into, by=request.user)
        except services.ServiceRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The service is asked in the background. You may leave this page."))
        return redirect(visit.url("consultation_translations_service"))
    endpoint = Endpoint.from_settings("translation")
    asks = "which" in request.GET or "passage" in request.GET
    names = chosen(Listing(visit)) if asks else []
    here = visit.url("consultation_translations_service")
    rows = TranslationRequest.objects.filter(consultation=visit.consultation).select_related(
        "asked_by", "run"
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        visit,
        "translation_service.html",
        name="consultation_translations_service",
        trail=(*trail(visit), Link(_("Machine translation"))),
        service=endpoint,
        host=host_of(endpoint) if endpoint else "",
        is_here=bool(endpoint and is_here(endpoint)),
        asks=asks,
        passages=names,
        most=services.MOST,
        into=into,
        into_name=visit.tongue(into),
        targets=named(visit, [code for code in target_languages(visit.run) if code in LANGUAGES]),
        page=page,
        requests=[(asked(row, here), visit.tongue(row.language)) for row in page],
    )


@never_cache
@officers_only
@require_POST
def change(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Stop a request, or go on with it."""
    visit = visit_of(request, slug)
    if not TranslationRequest.objects.filter(consultation=visit.consultation, pk=number).exists():
        raise Http404(_("There is no such request."))
    try:
        if request.POST.get("act") == "resume":
            services.resume_request(request=number, by=request.user)
            messages.success(request, _("The service goes on where it stood."))
        else:
            services.stop_request(request=number, by=request.user)
            messages.success(request, _("The service stops after the passage at hand."))
    except services.ServiceRefused as error:
        messages.error(request, str(error))
    return redirect(visit.url("consultation_translations_service"))
