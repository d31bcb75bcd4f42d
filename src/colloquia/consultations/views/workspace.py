"""The page of an officer or an analyst: what waits for them, over all consultations."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from colloquia.accounts.rules import is_officer
from colloquia.consultations.models import ReadingLanguages
from colloquia.consultations.presentation import workspace as shape
from colloquia.consultations.queries import double_coding, reading, workspace
from colloquia.consultations.services.reading import ReadingRefused, set_reading_languages
from colloquia.consultations.views.doors import workers_only
from colloquia.consultations.views.reading import given
from colloquia.core.table_files import download

MOST = 10
"""Batches on the page; those due first. Each consultation lists all of its own."""


def _read(request: HttpRequest) -> dict[str, Any]:
    """What an officer is shown; an analyst has batches to read, and what waits in other languages."""
    runs = workspace.latest_runs()
    own: dict[str, Any] = {
        "batches": reading.with_progress(reading.open_batches_of(request.user)[:MOST]),
        "translations": workspace.translations_waiting(runs),
    }
    if not is_officer(request.user):
        return own
    return {
        **own,
        "samples": double_coding.samples_to_code(request.user),
        "corrections": list(workspace.latest_corrections()),
        "requests": list(workspace.requests_under_way()),
        "runs": workspace.runs_waiting(runs, request.user),
    }


@workers_only
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponseBase:
    """What waits for who looks; on POST they say which languages they read."""
    if request.method == "POST":
        try:
            codes = request.POST.getlist("language")
            set_reading_languages(person=request.user, codes=codes, by=request.user)
            messages.success(request, _("The languages that you read were noted."))
        except ReadingRefused as error:
            messages.error(request, str(error))
        return redirect("workspace")
    language = get_language() or "en"
    found = _read(request)
    tables = shape.tables(found, language)
    if (
        file := download(request, given({table.name: table for table in tables}), stem="workspace")
    ) is not None:
        return file
    own = (
        ReadingLanguages.objects.filter(reader=request.user.pk).values_list("codes", flat=True).first() or []
    )
    headings = shape.headings()
    context = {
        "parts": [(headings[table.name], table) for table in tables],
        "languages": shape.languages(found["translations"], own, language),
        "nothing": not any(table.rows for table in tables),
    }
    return render(request, "consultations/workspace.html", context)


@workers_only
@require_safe
def page_json(request: HttpRequest) -> HttpResponseBase:
    """The same as JSON."""
    return JsonResponse(
        {"ok": True, **shape.as_json(_read(request))}, json_dumps_params={"ensure_ascii": False}
    )
