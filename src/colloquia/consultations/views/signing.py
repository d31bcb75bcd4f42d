"""Showing a run to the public, reviewing it, and signing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from colloquia.consultations import services
from colloquia.consultations.presentation.reading import bar, coverage_tables, signed_facts
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries.coverage import coverage_of
from colloquia.consultations.views.doors import officers_only, run_of
from colloquia.consultations.views.reading import given
from colloquia.core.table_files import download


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Where a run stands on its way to publication; what was read is shown before anything is signed."""
    run = run_of(request, slug)
    if request.method == "POST":
        note = request.POST.get("note", "")[:2000]
        try:
            match request.POST.get("act"):
                case "show":
                    services.show_run(run=run, by=request.user)
                    messages.success(request, _("The public now sees this run."))
                case "review":
                    services.review_run(run=run, by=request.user, note=note)
                    messages.success(request, _("The review was recorded. A second officer may sign now."))
                case "sign":
                    seen = request.POST.get("seen_read", "")
                    known = seen.isascii() and seen.isdigit() and len(seen) < 10
                    services.sign_run(
                        run=run, by=request.user, seen_read=int(seen) if known else -1, note=note
                    )
                    messages.success(request, _("The run is signed. It is no longer corrected."))
        except services.SigningRefused as error:
            messages.error(request, str(error))
        return redirect(f"{request.path}?run={run.number}")
    visit = Visit(request, run, get_language() or "en")
    coverage = coverage_of(run)
    tables = coverage_tables(visit, coverage)
    if (file := download(request, given(tables), stem=f"{slug}-run-{run.number}")) is not None:
        return file
    return render(
        request,
        "consultations/sign.html",
        {
            "run": run,
            "consultation": run.consultation,
            "read": coverage.read,
            "coverage": bar(coverage),
            "tables": list(tables.values()),
            "signed": signed_facts(run.signed_coverage) if run.is_signed else [],
            "is_shown": run.consultation.shown_run_id == run.pk and run.consultation.is_public,
            "is_reviewer": run.reviewed_by_id == request.user.pk,
        },
    )
