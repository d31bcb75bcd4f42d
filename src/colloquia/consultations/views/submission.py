"""Submissions: the list, and one with its texts, and where each passage went."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from colloquia.consultations.models import OriginalFile
from colloquia.consultations.presentation import as_json
from colloquia.consultations.presentation import submission as shape
from colloquia.consultations.presentation.pages import page_of
from colloquia.consultations.presentation.tables import status_words, submission_table
from colloquia.consultations.presentation.themes import ordered_by
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.presentation.words import sender
from colloquia.consultations.sources import page_of_submission
from colloquia.consultations.views.finding import NothingHere, page, twin
from colloquia.consultations.views.showing import show
from colloquia.core import attachments
from colloquia.core.components import Link
from colloquia.core.table_files import download
from colloquia.engines.bulk import SubmissionRow
from colloquia.engines.bulk.reading import SUBMISSION_ORDERS

PER_PAGE = 50


def found_submission(visit: Visit, submission_id: str) -> SubmissionRow:
    """A submission of the run. Raises NothingHere."""
    row = visit.bulk.submission(submission_id)
    if row is None:
        raise NothingHere(
            _("Run %(number)s has no submission “%(id)s”. Ids of submissions look like S-2026-00417.")
            % {"number": visit.run.number, "id": submission_id}
        )
    return row


def _order(visit: Visit) -> str:
    order = visit.filtering.bar.kept.get("order", "")
    return order if order in SUBMISSION_ORDERS else "received"


@page
def submissions(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The submissions that the filters let through, a page at a time."""
    order = _order(visit)

    def read(limit: int, offset: int) -> tuple[list[SubmissionRow], int]:
        return visit.bulk.submissions(filters=visit.filters, order=order, limit=limit, offset=offset)

    tables = {"submissions": lambda: submission_table(visit, read(0, 0)[0], visit.base, whole=True)}
    if (file := download(request, tables, stem=visit.slug)) is not None:
        return file
    pages = page_of(read, PER_PAGE, request.GET.get("page"))
    total = pages.paginator.count
    return show(
        request,
        visit,
        "submissions.html",
        name="consultation_submissions",
        tab="consultation_submissions",
        trail=(Link(_("Submissions")),),
        page=pages,
        table=submission_table(visit, pages.object_list, total),
        orders=[
            (name, name == order, ordered_by(visit, name, "table-submissions")) for name in SUBMISSION_ORDERS
        ],
    )


@twin
def submissions_json(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The same as JSON."""

    def read(limit: int, offset: int) -> tuple[list[SubmissionRow], int]:
        return visit.bulk.submissions(filters=visit.filters, order=_order(visit), limit=limit, offset=offset)

    pages = page_of(read, PER_PAGE, request.GET.get("page"))
    rows = [as_json.submission_json(visit, row) for row in pages.object_list]
    listed = as_json.page_json(visit, "submissions", rows, pages.paginator.count, pages.number, PER_PAGE)
    return as_json.answer({**as_json.head_json(visit), **listed})


def _part(request: HttpRequest) -> int:
    text = request.GET.get("part", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


@page
def submission(request: HttpRequest, visit: Visit, submission_id: str) -> HttpResponseBase:
    """One submission; a long one in parts."""
    row = found_submission(visit, submission_id)
    parts = shape.parts_of(visit.bulk.passages_of(submission_id), _part(request))
    before, after = visit.bulk.neighbours(submission_id)
    return show(
        request,
        visit,
        "submission.html",
        name="consultation_submission",
        arguments=(submission_id,),
        trail=(Link(_("Submissions"), visit.url("consultation_submissions", keep=True)), Link(submission_id)),
        row=row,
        sender=sender(visit, row),
        facts=shape.facts(visit, row),
        received_url=page_of_submission(visit.slug, submission_id),
        status=status_words(row.status),
        documents=shape.documents(visit, submission_id, parts),
        memberships=shape.memberships(visit, submission_id),
        readers=shape.readers(visit, submission_id) if visit.officer else [],
        parts=[
            (number, visit.url("consultation_submission", submission_id, part=number))
            for number in range(1, len(parts.parts) + 1)
        ],
        part=parts.number,
        before=before and visit.url("consultation_submission", before),
        after=after and visit.url("consultation_submission", after),
        before_id=before,
        after_id=after,
        linked_data=shape.linked_data(visit, row),
    )


@twin
def submission_json(request: HttpRequest, visit: Visit, submission_id: str) -> HttpResponseBase:
    """The same as JSON: a part of its passages, each with where it went."""
    row = found_submission(visit, submission_id)
    parts = shape.parts_of(visit.bulk.passages_of(submission_id), _part(request))
    placed: dict[int, list[dict[str, object]]] = {}
    for place in visit.bulk.placements([item.row for item in parts.rows]):
        placed.setdefault(place.row, []).append(
            {
                "question": place.question_id or None,
                "theme": place.theme_id or None,
                "score": None if place.by_officer else round(place.score, 4),
                "by": "officer" if place.by_officer else "machine",
            }
        )
    documents = [
        {
            "id": item.document_id,
            "sha256": item.sha256,
            "media_type": item.media_type,
            "pages": item.pages or None,
            "language": item.language or None,
            "status": item.status,
            "translation_of": item.translation_of or None,
        }
        for item in visit.bulk.documents_of(submission_id)
    ]
    return as_json.answer(
        {
            **as_json.head_json(visit),
            "submission": as_json.submission_json(visit, row),
            "problem": row.problem or None,
            "documents": documents,
            "part": parts.number,
            "parts": len(parts.parts),
            "passages": [
                as_json.passage_json(visit, item) | {"placed": placed.get(item.row, [])}
                for item in parts.rows
            ],
            "shared_texts": [item.text.group_id for item in shape.memberships(visit, submission_id)],
        }
    )


@page
def original(request: HttpRequest, visit: Visit, document_id: str) -> HttpResponseBase:
    """The file as it was received, where this run has its document. Officers alone get its name."""
    row = (
        OriginalFile.objects.filter(consultation=visit.consultation, document_id=document_id)
        .select_related("attachment")
        .first()
    )
    # Another run, which is not shown, may know more submissions than this one.
    here = {item.document_id for item in visit.bulk.documents_of(document_id.rpartition(".")[0])}
    if (
        row is None
        or document_id not in here
        or not request.user.has_perm("core.read_attachment", row.attachment)
    ):
        raise Http404(_("The received file of this document is not kept here, or not public."))
    return attachments.serve(row.attachment, name="" if visit.officer else document_id)
