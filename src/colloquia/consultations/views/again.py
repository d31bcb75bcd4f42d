"""Asking for the next run, and watching it come about."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colloquia.consultations.models import AnalysisRequest, Run
from colloquia.consultations.presentation.requests import as_json, progress_of
from colloquia.consultations.queries.translating import entering
from colloquia.consultations.services import again
from colloquia.consultations.sources import next_run_at
from colloquia.consultations.views.doors import officers_only, run_of


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def analyse(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What the next run would take in; on POST it is asked for."""
    run = run_of(request, slug)
    if elsewhere := next_run_at(run):
        return redirect(elsewhere)
    if request.method == "POST":
        try:
            again.request_analysis(run=run, by=request.user)
        except again.AnalysisRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The analysis was asked for. It is done in the background."))
        return redirect("consultation_analyse", slug)
    return render(request, "consultations/again.html", _context(run))


def _context(run: Run) -> dict[str, object]:
    consultation = run.consultation
    requests = AnalysisRequest.objects.filter(consultation=consultation).select_related(
        "base", "result", "asked_by"
    )[:20]
    here = reverse("consultation_analyse", args=[consultation.slug])
    taken_in = AnalysisRequest.objects.filter(result=run).values_list("translations", flat=True).first() or []
    return {
        "run": run,
        "consultation": consultation,
        "requests": [(row, progress_of(row, here)) for row in requests],
        "under_way": any(row.is_under_way for row in requests),
        "corrections": run.corrections.filter(undone_at=None).count(),
        "new_translations": len(set(entering(run)) - set(taken_in)),
    }


@officers_only
@require_safe
def analyse_json(request: HttpRequest, slug: str) -> HttpResponse:
    """How far each request has come, as JSON."""
    run = run_of(request, slug)
    rows = AnalysisRequest.objects.filter(consultation=run.consultation).select_related("base", "result")
    return JsonResponse({"ok": True, "requests": [as_json(row, base=row.base) for row in rows[:100]]})


@officers_only
@require_POST
def abandon(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give up a request that will not end."""
    run = run_of(request, slug)
    found = AnalysisRequest.objects.filter(consultation=run.consultation, pk=number).first()
    if found is None:
        raise Http404
    try:
        again.abandon_request(request=found, by=request.user)
        messages.success(request, _("The request was given up. What was finished is not lost."))
    except again.AnalysisRefused as error:
        messages.error(request, str(error))
    return redirect("consultation_analyse", slug)
