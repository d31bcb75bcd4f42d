"""Codebooks and projects for NVivo, MAXQDA and others: out as a file, and back as corrections."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from colloquia.consultations import filters
from colloquia.consultations.forms.codebook import BackForm, OutForm
from colloquia.consultations.models import CodebookFile
from colloquia.consultations.models.codebook import CodebookState
from colloquia.consultations.presentation import codebook as shape
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries import codebook as queries
from colloquia.consultations.queries.recoding import recoded
from colloquia.consultations.services import codebook as services
from colloquia.consultations.views.doors import officers_only, run_of
from colloquia.consultations.views.showing import show
from colloquia.core.attachments import AttachmentRefused
from colloquia.core.components import Link, Progress
from colloquia.engines.bulk import Filters
from colloquia.engines.refi import Unusable, Unwritable, write_codebook, write_project
from colloquia.engines.refi.proposal_records import STAY

PER_PAGE = 20


def _visit(request: HttpRequest, slug: str) -> Visit:
    return Visit(request, run_of(request, slug), get_language() or "en")


def _out_form(visit: Visit, data: Any = None) -> OutForm:
    held = filters.docket(visit.run, visit.profile)
    return OutForm(
        data,
        questions=queries.scope_of(visit.run, ""),
        languages=[(row.value, visit.tongue(row.value)) for row in held["language"][0]],
        stakeholders=[(row.value, row.value) for row in held["stakeholder"][0]],
        initial={"format": "qdpx", "question": visit.request.GET.get("question", "")},
    )


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def codebook(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What may go out and which files came back; on POST a file is received."""
    visit = _visit(request, slug)
    form = BackForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            row = services.receive_file(run=visit.run, stream=sent, name=sent.name, by=request.user)
        except (services.CodebookRefused, AttachmentRefused, Unusable) as error:
            form.add_error("file", str(error))
        else:
            return redirect(visit.url("consultation_codebook_file", str(row.pk)))
    rows = CodebookFile.objects.filter(run=visit.run).select_related("attachment", "by")
    response = show(
        request,
        visit,
        "codebook.html",
        name="consultation_codebook",
        trail=(Link(_("Codebook")),),
        out=_out_form(visit),
        form=form,
        page=Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    )
    response.status_code = 422 if form.errors else 200
    return response


@never_cache
@officers_only
@require_safe
def codebook_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The codes as JSON, and the files that came back."""
    visit = _visit(request, slug)
    book = queries.codebook_of(visit.run, queries.Choice(request.GET.get("question", "")))
    rows = CodebookFile.objects.filter(run=visit.run).select_related("attachment")[:100]
    return JsonResponse(
        {
            "ok": True,
            "codes": [
                {
                    "guid": code.guid,
                    "name": code.name,
                    "description": code.description,
                    "parent": code.parent,
                    "is_codable": code.is_codable,
                }
                for code in book.codes
            ],
            "files": [
                {"id": row.pk, "name": row.attachment.name, "state": row.state, "at": row.at} for row in rows
            ],
        }
    )


@never_cache
@officers_only
@require_safe
def out(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The file itself. Where nothing can be written, back to the page with the reason."""
    visit = _visit(request, slug)
    form = _out_form(visit, request.GET)
    if not form.is_valid():
        messages.error(request, _("Choose from the lists what goes into the file."))
        return redirect(visit.url("consultation_codebook"))
    given = form.cleaned_data
    choice = queries.Choice(
        given["question"],
        Filters(stakeholders=tuple(given["stakeholder"]), languages=tuple(given["language"])),
        given["distinct"],
    )
    stem = "-".join(
        part for part in (visit.slug, f"run{visit.run.number}", given["question"].strip("-")) if part
    )
    try:
        if given["format"] == "qdc":
            data = write_codebook(queries.codebook_of(visit.run, choice), origin=queries.ORIGIN)
            response: HttpResponseBase = HttpResponse(data, content_type="application/xml")
            response["Content-Disposition"] = f'attachment; filename="{stem}.qdc"'
        else:
            response = _project(visit, choice, f"{stem}.qdpx")
    except (queries.TooMuch, Unwritable) as error:
        messages.error(request, str(error))
        return redirect(visit.url("consultation_codebook"))
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _project(visit: Visit, choice: queries.Choice, name: str) -> FileResponse:
    """Written to a nameless file, then sent piece by piece."""
    created = timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    project = queries.project_of(visit.run, choice, created=created)
    with tempfile.TemporaryDirectory(prefix="colloquia-") as folder:
        path = Path(folder) / "project.qdpx"
        write_project(project, path, origin=queries.ORIGIN)
        # Once opened, the file goes on without its name.
        file = path.open("rb")
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """What a file would change; on POST what was ticked is taken over, or the file closed."""
    visit = _visit(request, slug)
    row = _found(visit, number)
    if request.method == "POST":
        return _decide(visit, row)
    found, problem = None, ""
    if row.state == CodebookState.OPEN:
        try:
            found = recoded(row, visit.run)
        except Unusable as error:
            problem = str(error)
    return show(
        request,
        visit,
        "codebook_file.html",
        name="consultation_codebook_file",
        arguments=(str(row.pk),),
        trail=(Link(_("Codebook"), visit.url("consultation_codebook")), Link(row.attachment.name)),
        file=row,
        problem=problem,
        found=found,
        groups=shape.groups_of(visit, found) if found else [],
        more=max(0, len(found.proposals) - shape.MOST) if found else 0,
        left=shape.left_of(visit, found) if found else [],
        remarks=[shape.remark(item) for item in found.remarks] if found else [],
        outcomes=shape.outcomes_of(visit, row),
        progress=_progress(visit, row),
    )


def _progress(visit: Visit, row: CodebookFile) -> Progress | None:
    if row.state != CodebookState.TAKING:
        return None
    return Progress(
        label=_("Corrections from this file"),
        state="running",
        done=len(row.outcomes),
        total=len(row.picks),
        url=visit.url("consultation_codebook_file", str(row.pk)),
    )


def _found(visit: Visit, number: int) -> CodebookFile:
    rows = CodebookFile.objects.filter(run=visit.run, pk=number)
    row = rows.select_related("attachment", "by", "taken_by").first()
    if row is None:
        raise Http404(_("There is no such file in this run."))
    return row


def _decide(visit: Visit, row: CodebookFile) -> HttpResponseBase:
    request = visit.request
    picks = dict.fromkeys(request.POST.getlist("pick"), "")
    for name in request.POST:
        if name.startswith("gone-") and (choice := request.POST[name]) != STAY:
            picks[name.removeprefix("gone-")] = choice
    seen = request.POST.get("seen", "")
    known = seen.isascii() and seen.isdigit() and len(seen) < 10
    try:
        match request.POST.get("act"):
            case "close":
                services.close_file(file=row.pk, by=request.user)
                messages.success(request, _("The file was closed. It stays in the record."))
                return redirect(visit.url("consultation_codebook"))
            case "again":
                services.go_on(file=row.pk)
            case _:
                services.confirm_file(
                    file=row.pk,
                    picks=picks,
                    seen=min(int(seen), visit.run.sequence) if known else 0,
                    by=request.user,
                )
                messages.success(
                    request, _("The corrections are made in the background, one after the other.")
                )
    except services.CodebookRefused as error:
        messages.error(request, str(error))
    return redirect(visit.url("consultation_codebook_file", str(row.pk)))


@never_cache
@officers_only
@require_safe
def file_json(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The same as JSON."""
    visit = _visit(request, slug)
    row = _found(visit, number)
    body: dict[str, Any] = {"ok": True, "state": row.state, "outcomes": row.outcomes, "proposals": []}
    if row.state == CodebookState.OPEN:
        try:
            found = recoded(row, visit.run)
        except Unusable as error:
            return JsonResponse({"ok": False, "error": str(error), "status": 422}, status=422)
        body |= {
            "format": found.format,
            "left_after_correction": found.base,
            "proposals": [shape.proposal_json(item) for item in found.proposals],
            "not_taken_over": [{"reason": item.reason, "name": item.name} for item in found.left],
            "remarks": [{"kind": item.kind, "where": item.where} for item in found.remarks],
        }
    return JsonResponse(body)
