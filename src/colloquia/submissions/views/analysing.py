"""Asking for an analysis of what is public of a call, and watching it come about."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colloquia.consultations.presentation.requests import as_json, progress_of
from colloquia.consultations.views.doors import officers_only
from colloquia.core.components import Link
from colloquia.submissions.models import Call, CallAnalysis
from colloquia.submissions.presentation.published import counts_rows
from colloquia.submissions.queries.docket import docket_counts
from colloquia.submissions.services import analysing
from colloquia.submissions.services.refusals import SubmissionRefused

_SHOWN = 20


def _call(slug: str) -> Call:
    found = Call.objects.filter(consultation__slug=slug).select_related("consultation").first()
    if found is None:
        raise Http404(_("There is no such call here."))
    return found


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def analyse(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What an analysis would have before it, and what not and why; on POST it is asked for."""
    call = _call(slug)
    if request.method == "POST":
        try:
            analysing.request_analysis(call=call, by=request.user)
        except SubmissionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The analysis was asked for. It is done in the background."))
        return redirect("call_analyse", slug)
    docket = docket_counts(call)
    rows = CallAnalysis.objects.filter(call=call).select_related("base", "result", "asked_by")[:_SHOWN]
    context = {
        "call": call,
        "slug": slug,
        "stage": "submissions",
        "docket": docket,
        "counts": counts_rows(docket.counts, officer=True),
        "latest": call.consultation.runs.filter(is_complete=True).order_by("-number").first(),
        "requests": [(row, progress_of(row)) for row in rows],
        "under_way": any(row.is_under_way for row in rows),
        "trail": (
            Link(call.title(get_language() or "en"), reverse("call", args=[slug])),
            Link(_("Submissions"), reverse("submissions", args=[slug])),
            Link(_("Analyse")),
        ),
    }
    return render(request, "submissions/publish_analyse.html", context)


@never_cache
@officers_only
@require_safe
def analyse_json(_request: HttpRequest, slug: str) -> HttpResponse:
    """How far each analysis has come, as JSON."""
    call = _call(slug)
    rows = CallAnalysis.objects.filter(call=call).select_related("base", "result")
    listed = [as_json(row, base=row.base, counts=row.counts) for row in rows[:100]]
    return JsonResponse({"ok": True, "requests": listed})


@officers_only
@require_POST
def abandon(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give up an analysis that will not end."""
    found = CallAnalysis.objects.filter(call=_call(slug), pk=number).first()
    if found is None:
        raise Http404
    try:
        analysing.abandon_analysis(analysis=found, by=request.user)
        messages.success(request, _("The request was given up. What was finished is not lost."))
    except SubmissionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("call_analyse", slug)
