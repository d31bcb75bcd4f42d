"""Reading: a reader's batches, one batch, one submission of it, and marks set from anywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colloquia.consultations.forms.reading import ReassignForm
from colloquia.consultations.models import Batch
from colloquia.consultations.presentation import as_json, batches
from colloquia.consultations.presentation import reading as shown
from colloquia.consultations.presentation import submission as shape
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.presentation.words import sender
from colloquia.consultations.queries import reading
from colloquia.consultations.queries.coverage import coverage_of
from colloquia.consultations.services.batches import reassign_batch, withdraw_batch
from colloquia.consultations.services.reading import ReadingRefused, mark_read, withdraw_mark
from colloquia.consultations.views.doors import run_of, workers_only
from colloquia.consultations.views.showing import show
from colloquia.core.components import Link
from colloquia.core.table_files import download
from colloquia.core.tables import Table

PER_PAGE = 25


def visit_of(request: HttpRequest, slug: str) -> Visit:
    """The run that an officer or an analyst works on. Raises Http404."""
    return Visit(request, run_of(request, slug), get_language() or "en")


def trail(visit: Visit, *more: Link) -> tuple[Link, ...]:
    """The way from the consultation to a page about reading."""
    above = Link(_("Reading"), visit.url("consultation_reading") if more else "")
    return (above, *more)


def given(tables: Mapping[str, Table]) -> dict[str, Callable[[], Table]]:
    """Tables that are made already, as they are given out."""
    return {name: partial(_same, table) for name, table in tables.items()}


def _same(table: Table) -> Table:
    return table


@workers_only
@require_safe
def mine(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The batches of who looks, and how much of the consultation was read."""
    visit = visit_of(request, slug)

    rows = reading.open_batches_of(request.user, visit.consultation)
    coverage = coverage_of(visit.run)
    tables = {
        "my-batches": lambda: batches.table(visit, reading.with_progress(rows), "my-batches", mine=True),
        **given(shown.coverage_tables(visit, coverage)),
    }
    if (file := download(request, tables, stem=visit.slug)) is not None:
        return file
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        visit,
        "reading.html",
        name="consultation_reading",
        tab="consultation_reading",
        trail=trail(visit),
        table=batches.table(visit, reading.with_progress(page.object_list), "my-batches", mine=True),
        page=page,
        coverage_bar=shown.bar(coverage),
        coverage_tables=list(shown.coverage_tables(visit, coverage).values()),
    )


@workers_only
@require_safe
def mine_json(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same as JSON."""
    visit = visit_of(request, slug)
    rows = reading.open_batches_of(request.user, visit.consultation)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    listed = [batches.as_json(row) for row in reading.with_progress(page.object_list)]
    count = page.paginator.count
    return as_json.answer(
        {
            **as_json.head_json(visit),
            **as_json.page_json(visit, "batches", listed, count, page.number, PER_PAGE),
            "coverage": shown.coverage_json(coverage_of(visit.run)),
        }
    )


def batch_of(visit: Visit, number: int) -> Batch:
    """A batch of the consultation: for officers any, for analysts their own. Raises Http404."""
    rows = Batch.objects.filter(consultation=visit.consultation, number=number)
    if not visit.officer:
        rows = rows.filter(reader=visit.request.user.pk)
    found = rows.select_related("consultation", "reader", "made_by").first()
    if found is None:
        raise Http404(_("There is no such batch in this consultation."))
    return found


@workers_only
@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """A batch with its submissions; on POST an officer withdraws it or gives it to somebody else."""
    visit = visit_of(request, slug)
    row = batch_of(visit, number)
    if request.method == "POST" and not visit.officer:
        raise PermissionDenied
    form = ReassignForm(request.POST or None, without=row.reader)
    if request.method == "POST":
        try:
            if request.POST.get("act") == "withdraw":
                withdraw_batch(batch=row, by=request.user)
                messages.success(request, _("The batch was withdrawn. What was marked as read stays marked."))
                return redirect(visit.url("consultation_reading_batches"))
            if form.is_valid():
                made = reassign_batch(batch=row, to=form.cleaned_data["to"], by=request.user)
                messages.success(
                    request,
                    _("What was unread is now batch %(number)s of %(reader)s.")
                    % {"number": made.number, "reader": made.reader},
                )
                return redirect(batches.batch_url(visit, made.number))
        except ReadingRefused as error:
            messages.error(request, str(error))
    items = reading.items_of(row)
    table = batches.items_table(visit, row, items)
    if (file := download(request, {table.name: lambda: table}, stem=f"{slug}-batch-{number}")) is not None:
        return file
    response = show(
        request,
        visit,
        "reading_batch.html",
        name="consultation_reading_batch",
        arguments=(str(number),),
        tab="consultation_reading",
        trail=trail(visit, Link(_("Batch %(number)s") % {"number": number})),
        batch=row,
        bar=batches.bar(items),
        facts=batches.facts(visit, row),
        table=table,
        form=form,
        first=_next(items, 0),
        is_mine=row.reader_id == request.user.pk,
    )
    response.status_code = 422 if form.errors else 200
    return response


@workers_only
@require_safe
def batch_json(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """The same as JSON."""
    visit = visit_of(request, slug)
    row = batch_of(visit, number)
    items = reading.items_of(row)
    progress = reading.BatchProgress(row, sum(item.is_read for item in items), len(items))
    listed = [
        {"position": item.position, "submission": item.submission_id, "read": item.is_read} for item in items
    ]
    return as_json.answer(
        {**as_json.head_json(visit), "batch": batches.as_json(progress), "submissions": listed}
    )


def _next(items: Sequence[reading.Item], after: int) -> int | None:
    """The position to read next: the first unread one after a position, else the first unread at all."""
    unread = [item.position for item in items if not item.is_read]
    return next((position for position in unread if position > after), unread[0] if unread else None)


@workers_only
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, slug: str, number: int, position: int) -> HttpResponseBase:
    """One submission of a batch; on POST it is marked as read, and the next one follows."""
    visit = visit_of(request, slug)
    row = batch_of(visit, number)
    items = reading.items_of(row)
    here = next((one for one in items if one.position == position), None)
    if here is None:
        raise Http404(_("There is no such position in this batch."))
    if request.method == "POST":
        return _mark_and_go_on(visit, row, items, here)
    submission = visit.bulk.submission(here.submission_id)
    parts = shape.parts_of(
        visit.bulk.passages_of(here.submission_id) if submission else [], _number(request.GET.get("part"))
    )
    whole = batches.item_url(visit, number, position)
    return show(
        request,
        visit,
        "reading_item.html",
        name="consultation_reading_item",
        arguments=(str(number), str(position)),
        tab="consultation_reading",
        trail=trail(
            visit,
            Link(_("Batch %(number)s") % {"number": number}, batches.batch_url(visit, number)),
            Link(here.submission_id),
        ),
        batch=row,
        item=here,
        bar=batches.bar(items),
        submission=submission,
        sender=sender(visit, submission) if submission else None,
        facts=batches.submission_facts(visit, submission) if submission else [],
        documents=shape.documents(visit, here.submission_id, parts) if submission else [],
        memberships=shape.memberships(visit, here.submission_id),
        part=parts.number,
        part_count=len(parts.parts),
        following_part=batches.item_url(visit, number, position, part=parts.number + 1)
        if parts.number < len(parts.parts)
        else "",
        earlier_part=batches.item_url(visit, number, position, part=parts.number - 1)
        if parts.number > 1
        else "",
        back=batches.item_url(visit, number, position - 1) if position > 1 else "",
        skip=batches.item_url(visit, number, position + 1) if position < len(items) else "",
        is_mine=row.reader_id == request.user.pk,
        marked_here=any(
            mark.reader_id == request.user.pk and not mark.passage_id
            for mark in reading.marks_on(visit.run, here.submission_id)
        ),
        here_url=whole,
    )


def _mark_and_go_on(
    visit: Visit, row: Batch, items: Sequence[reading.Item], here: reading.Item
) -> HttpResponseBase:
    request = visit.request
    try:
        if request.POST.get("act") == "withdraw":
            withdraw_mark(run=visit.run, submission_id=here.submission_id, by=request.user)
            messages.success(request, _("Your mark was withdrawn."))
            return redirect(batches.item_url(visit, row.number, here.position))
        mark_read(run=visit.run, submission_id=here.submission_id, by=request.user)
    except ReadingRefused as error:
        messages.error(request, str(error))
        return redirect(batches.item_url(visit, row.number, here.position))
    if row.reader_id != request.user.pk:
        following = here.position + 1 if here.position < len(items) else None
    else:
        rest = [one for one in items if one.position != here.position]
        following = _next(rest, here.position)
    if following is None:
        messages.success(request, _("That was the last submission of this batch. Thank you."))
        return redirect(batches.batch_url(visit, row.number))
    return redirect(batches.item_url(visit, row.number, following))


@workers_only
@require_POST
def mark(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Mark a submission, a passage or a document as read, or take the mark back; then where one was."""
    visit = visit_of(request, slug)
    what: dict[str, Any] = {
        "run": visit.run,
        "submission_id": request.POST.get("submission", ""),
        "passage_id": request.POST.get("passage", ""),
        "by": request.user,
    }
    status, words = 200, ""
    try:
        if request.POST.get("act") == "withdraw":
            withdraw_mark(**what)
            words = _("Your mark was withdrawn.")
        else:
            mark_read(**what)
            words = _("Marked as read by you.")
        messages.success(request, words)
    except ReadingRefused as error:
        status, words = 422, str(error)
        messages.error(request, words)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"ok": status == 200, "message": words}, status=status)
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts=None) and target.startswith("/")
    if not safe:
        target = reverse("consultation_reading", args=[slug])
    return redirect(target)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else 1
