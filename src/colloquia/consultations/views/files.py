"""The files of a run: what the machine wrote, kept as it was; reports are shown in a sandbox."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from colloquia.consultations import run_files
from colloquia.consultations.presentation import as_json
from colloquia.consultations.presentation.files import listed
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.presentation.word import word_document
from colloquia.consultations.views.finding import NothingHere, page, twin
from colloquia.consultations.views.question import found_question
from colloquia.consultations.views.showing import show
from colloquia.consultations.views.theme import found_theme
from colloquia.core.components import Link

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@page
def files(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Every file of the run that this person may have, with its size and SHA-256."""
    return show(
        request,
        visit,
        "files.html",
        name="consultation_files",
        tab="consultation_files",
        trail=(Link(_("Files")),),
        files=listed(visit),
        persons=run_files.names_persons(visit.run.folder),
    )


@twin
def files_json(request: HttpRequest, visit: Visit) -> HttpResponseBase:  # noqa: ARG001 -- a view
    """The same as JSON."""
    rows = [
        {"name": item.name, "url": visit.permanent("consultation_file", item.name), "bytes": item.size,
         "sha256": item.sha256}
        for item in listed(visit)
    ]  # fmt: skip
    return as_json.answer({**as_json.head_json(visit), "files": rows, "count": len(rows)})


@page
def file(request: HttpRequest, visit: Visit, name: str) -> HttpResponseBase:
    """One of them."""
    folder = visit.run.folder
    absent = NothingHere(_("This run has no such file, or it is not public."))
    if name not in run_files.names_for(folder, officer=visit.officer):
        raise absent
    try:
        _size, sha256 = run_files.digest(folder, name)
        stream = run_files.open_file(folder, name)
    except FileNotFoundError as error:
        raise absent from error
    etag = f'"{sha256}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        stream.close()
        return unchanged
    shown = name in run_files.REPORTS
    response = FileResponse(
        stream,
        as_attachment=not shown,
        filename=name if shown else f"{visit.slug}-{visit.run.number}-{name}",
        content_type=run_files.MEDIA_TYPES.get(Path(name).suffix, "application/octet-stream"),
    )
    response["ETag"] = etag
    response["Content-Security-Policy"] = (
        run_files.report_policy(folder, name) if shown else "sandbox; default-src 'none'"
    )
    return response


@page
def word(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The consultation, a question or a theme as it stands now, filtered and corrected, for Word."""
    question, theme = request.GET.get("question", ""), request.GET.get("theme", "")
    if theme:
        if not found_theme(visit, theme).is_live:
            raise Http404(_("This theme was merged into another one."))
        name = theme
    elif question:
        name = found_question(visit, question).question_id
    else:
        name = ""
    data = word_document(visit, question=question, theme=theme)
    stem = "-".join(part for part in (visit.slug, name, f"run-{visit.run.number}") if part)
    response = FileResponse(BytesIO(data), as_attachment=True, filename=f"{stem}.docx", content_type=DOCX)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Robots-Tag"] = "noindex"
    return response
