"""The pages of published analyses, their twins in JSON, and their files."""

# ruff: noqa: ARG001 -- the signatures are those of Django and allauth

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from colloquia.analyses import queries
from colloquia.analyses.presentation import MEDIA_TYPES, funnel_rows, page_of
from colloquia.analyses.records import PublishedAnalysis
from colloquia.consultations import folders, policy

PAGE_SIZE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every published analysis."""
    page = Paginator(queries.published(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "analyses/index.html", {"page": page})


@require_safe
def index_json(request: HttpRequest) -> JsonResponse:
    """Every published analysis, as JSON; ``next`` is the address of the following page or null."""
    page = Paginator(queries.published(), PAGE_SIZE).get_page(request.GET.get("page"))
    following = f"{reverse('analyses_json')}?page={page.next_page_number()}" if page.has_next() else None
    rows = [_as_json(found) for found in page]
    return JsonResponse({"analyses": rows, "count": page.paginator.count, "next": following})


@require_safe
def analysis(request: HttpRequest, slug: str) -> HttpResponse:
    """One analysis: what it counted, its report, and every file."""
    found = _found(slug)
    language = get_language() or "en"
    context = {
        "analysis": found,
        "title": found.title(language),
        "note": found.note(language),
        "funnel": funnel_rows(found.funnel),
        "page": page_of(found, language),
    }
    return render(request, "analyses/analysis.html", context)


@require_safe
def analysis_json(request: HttpRequest, slug: str) -> JsonResponse:
    """One analysis and its files, as JSON."""
    found = _found(slug)
    address = f"{settings.PUBLIC_URL}{reverse('analysis', args=[slug])}"
    files = [
        {"name": file.name, "url": f"{address}{file.name}", "bytes": file.size, "sha256": file.sha256}
        for file in found.files
    ]
    return JsonResponse(_as_json(found) | {"files": files})


@require_safe
def analysis_file(request: HttpRequest, slug: str, name: str) -> HttpResponseBase:
    """A file of an analysis: a report is shown in a sandbox, anything else is handed over to be saved."""
    folder = Path(settings.ANALYSES) / slug
    if not folders.is_folder(folder):
        raise Http404
    try:
        _, sha256 = folders.digest(folder, name)
        unchanged = get_conditional_response(request, etag=f'"{sha256}"')
        if unchanged is not None:
            return unchanged
        file = folders.open_file(folder, name)
    except FileNotFoundError as error:
        raise Http404 from error
    shown = name in queries.REPORT_NAMES.values()
    response = FileResponse(
        file,
        as_attachment=not shown,
        filename=name if shown else f"{slug}-{name}",
        content_type=MEDIA_TYPES.get(Path(name).suffix, "application/octet-stream"),
    )
    response["ETag"] = f'"{sha256}"'
    response["Cache-Control"] = "no-cache"
    response["Content-Security-Policy"] = (
        policy.report_policy(folder, name) if shown else "sandbox; default-src 'none'"
    )
    return response


def _found(slug: str) -> PublishedAnalysis:
    found = queries.find(slug)
    if found is None:
        raise Http404
    return found


def _as_json(found: PublishedAnalysis) -> dict[str, Any]:
    address = f"{settings.PUBLIC_URL}{reverse('analysis', args=[found.slug])}"
    return {
        "slug": found.slug,
        "url": address,
        "title": found.titles,
        "note": found.notes,
        "illustrative": found.illustrative,
        "begun": found.begun or None,
        "funnel": found.funnel,
        "reports": {language: f"{address}{name}" for language, name in found.reports.items()},
    }
