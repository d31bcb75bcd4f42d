"""What the public reads: the submissions of a call, one of them, its files and their texts."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colloquia.accounts.rules import is_officer
from colloquia.core import attachments
from colloquia.core.components import Link
from colloquia.core.queries import profile
from colloquia.core.registry import registered_submission_sections
from colloquia.core.table_files import download
from colloquia.issues.queries import question_labels
from colloquia.submissions import filters
from colloquia.submissions.models import Call
from colloquia.submissions.presentation import published as shape
from colloquia.submissions.presentation import published_json as as_json
from colloquia.submissions.presentation import published_page
from colloquia.submissions.presentation.published_texts import parts_of as parts_of_text
from colloquia.submissions.presentation.published_texts import shown
from colloquia.submissions.queries import published as reads
from colloquia.submissions.views.published_doors import call_of, one_of, part_of, reserve, twin

PER_PAGE = 50


def _reader() -> shape.Reader:
    return shape.Reader(profile(), get_language() or "en")


def _trail(call: Call, language: str, *more: Link) -> tuple[Link, ...]:
    slug = call.consultation.slug
    here = reverse("submissions", args=[slug]) if more else ""
    return (
        Link(call.title(language), reverse("call", args=[slug])),
        Link(_("Submissions"), here),
        *more,
    )


@require_safe
def submissions(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The published submissions of a call, a page at a time, or all as a file."""
    call, reader = call_of(slug), _reader()
    filtering = filters.read(request.GET, call, reader.profile, reader.language)
    rows = reads.published_in(call, filtering.wanted).order_by(*filters.ORDERS[filtering.order])
    made = {"submissions": lambda: shape.whole_table(reads.in_chunks(rows), reader)}
    if (file := download(request, made, stem=slug)) is not None:
        return file
    counts = reads.counts_of(call)
    page = reads.page_of(rows, request.GET.get("page"), PER_PAGE, searched=bool(filtering.wanted.search))
    total = page.paginator.count
    listed = list(page.object_list)
    context = {
        "call": call,
        "title": call.title(reader.language),
        "slug": slug,
        "stage": "submissions",
        "trail": _trail(call, reader.language),
        "twin": reverse("submissions_json", args=[slug])
        + (filtering.bar.url() if filtering.in_force else ""),
        "canonical": shape.permanent(reverse("submissions", args=[slug])),
        "bar": filtering.bar,
        "page": page,
        "table": shape.table(
            listed,
            reader,
            known=reads.answered(listed),
            base=shape.base_sentence(total, counts, narrowed=filtering.in_force),
            total=total,
        ),
        "counts": shape.counts_rows(counts),
        "nothing": None if counts.published else shape.nothing_published(counts),
        "officer": is_officer(request.user),
    }
    return render(request, "submissions/published.html", context)


@require_safe
def submissions_file(request: HttpRequest, slug: str, kind: str) -> HttpResponseBase:
    """The whole list as CSV or XLSX, under the filters of the address."""
    query = request.GET.copy()
    query["table"], query["format"] = "submissions", kind
    request.GET = query  # type: ignore[assignment]  # a copy that is not changed any more
    return submissions(request, slug)


@twin
def submissions_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The list as JSON, a page at a time, with the totals of the call."""
    call, reader = call_of(slug), _reader()
    filtering = filters.read(request.GET, call, reader.profile, reader.language)
    rows = reads.published_in(call, filtering.wanted).order_by(*filters.ORDERS[filtering.order])
    page = reads.page_of(rows, request.GET.get("page"), PER_PAGE, searched=bool(filtering.wanted.search))
    listed = list(page.object_list)
    known = reads.answered(listed)
    return _json(
        {
            "call": shape.permanent(reverse("call", args=[slug])),
            "counts": as_json.counts_json(reads.counts_of(call)),
            "filters": [
                {"name": name, "value": value}
                for name, values in filtering.bar.chosen.items()
                for value in values
            ],
            "submissions": [
                {**as_json.row_json(row), "questions": known[row.pk][0], "files": known[row.pk][1]}
                for row in listed
            ],
            "count": page.paginator.count,
            "page": page.number,
            "pages": page.paginator.num_pages,
        }
    )


@require_safe
def submission(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """One submission as it was received: answers by question, files, and what is not public of it."""
    row = one_of(request, identifier)
    if isinstance(row, HttpResponse):
        return row
    reader, call = _reader(), row.call
    parts = reads.parts_of(row)
    labels = question_labels({part.question_id for part in parts if part.question_id})
    slug = call.consultation.slug
    sections = [
        (section.title, markup)
        for section in registered_submission_sections()
        if (markup := section.render(request, identifier, False))
    ]
    context = {
        "row": row,
        "sender": shape.sender(row, reader),
        "facts": shape.facts(row, reader),
        "answers": published_page.answers(row, parts, labels),
        "files": published_page.files(row, parts),
        "sections": sections,
        "slug": slug,
        "stage": "submissions",
        "trail": _trail(call, reader.language, Link(identifier)),
        "twin": reverse("submission_json", args=[identifier]),
        "canonical": shape.permanent(shape.address(row)),
        "linked_data": as_json.linked_data(row, parts, call.title(reader.language)),
        "analysis_url": published_page.analysis_address(row),
        "officer": is_officer(request.user),
    }
    return render(request, "submissions/published_submission.html", context)


@twin
def submission_json(request: HttpRequest, identifier: str) -> HttpResponse:
    """The same as JSON, with the full texts that may be mined."""
    row = one_of(request, identifier, as_json=True)
    if isinstance(row, HttpResponse):
        return row
    parts = reads.parts_of(row)
    slug = row.call.consultation.slug
    response = _json(
        {
            **as_json.row_json(row),
            "call": shape.permanent(reverse("call", args=[slug])),
            "analysis": published_page.analysis_address(row) or None,
            "parts": [as_json.part_json(row, part) for part in parts],
        }
    )
    return reserve(response, any(part.mining_reserved for part in parts))


@require_safe
def submission_file(request: HttpRequest, identifier: str, position: int) -> HttpResponseBase:
    """A file as it was received, under a name that tells of nobody."""
    row = one_of(request, identifier)
    if isinstance(row, HttpResponse):
        return row
    part = part_of(row, position)
    if part.attachment is None:
        raise Http404
    # Before the file is opened: who has it already needs no more.
    unchanged = get_conditional_response(request, etag=f'"{part.attachment.sha256}"')
    if unchanged is not None:
        return reserve(unchanged, part.mining_reserved)
    response = attachments.serve(part.attachment, name=f"{identifier}-{position}")
    return reserve(response, part.mining_reserved)


@require_safe
def submission_text(request: HttpRequest, identifier: str, position: int) -> HttpResponseBase:
    """The text of a part beside its file: page by page, with redactions marked."""
    row = one_of(request, identifier)
    if isinstance(row, HttpResponse):
        return row
    part = part_of(row, position)
    if part.text_version is None:
        raise Http404
    reader = _reader()
    stretches = parts_of_text(part.text_version)
    asked = request.GET.get("part", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    number = min(max(number, 1), len(stretches))
    name = published_page.part_name(part)
    context = {
        "row": row,
        "part": part,
        "name": name,
        "sheets": shown(part.text_version, stretches[number - 1]),
        "numbers": [(each, each == number) for each in range(1, len(stretches) + 1)],
        "file_url": shape.file_address(row, part) if part.attachment else "",
        "file_size": part.attachment.size if part.attachment else 0,
        "slug": row.call.consultation.slug,
        "stage": "submissions",
        "trail": _trail(row.call, reader.language, Link(identifier, shape.address(row)), Link(name)),
        "twin": reverse("submission_text_json", args=[identifier, position]),
        "canonical": shape.permanent(shape.text_address(row, part)),
    }
    response = render(request, "submissions/published_text.html", context)
    return reserve(response, part.mining_reserved)


@twin
def submission_text_json(request: HttpRequest, identifier: str, position: int) -> HttpResponse:
    """The text of one part as JSON, with the offsets of its pages and redactions."""
    row = one_of(request, identifier, as_json=True)
    if isinstance(row, HttpResponse):
        return row
    part = part_of(row, position)
    if part.text_version is None:
        raise Http404
    text = part.text_version
    body = {
        **as_json.part_json(row, part, full=False),
        "text": text.text,
        "pages": text.pages,
        "redactions": [{"start": each[0], "end": each[1], "kind": each[4]} for each in text.redactions],
    }
    return reserve(_json(body), part.mining_reserved)


def _json(data: dict[str, Any]) -> JsonResponse:
    return JsonResponse({"ok": True, **data}, json_dumps_params={"ensure_ascii": False})
