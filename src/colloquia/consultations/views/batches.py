"""Every batch of a consultation, and making new ones from the filters of the list of submissions."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from colloquia.consultations.forms.reading import BatchForm
from colloquia.consultations.presentation import as_json, batches
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries import reading
from colloquia.consultations.queries.asked import questions_read
from colloquia.consultations.queries.coverage import unsupported_languages
from colloquia.consultations.services.batches import Made, make_batches
from colloquia.consultations.services.reading import ReadingRefused
from colloquia.consultations.views.doors import officers_only
from colloquia.consultations.views.reading import trail, visit_of
from colloquia.consultations.views.showing import show
from colloquia.core.components import Link
from colloquia.core.table_files import download
from colloquia.engines.bulk.records import Filters

PER_PAGE = 50


def questions_of(visit: Visit) -> list[tuple[str, str]]:
    """The questions of the run for a field in which one is chosen. Three queries."""
    return [(item.question_id, f"{item.question_id} {item.text}") for item in questions_read(visit.run)]


@officers_only
@require_safe
def every(request: HttpRequest, slug: str) -> HttpResponseBase:
    """All batches, whoever reads them."""
    visit = visit_of(request, slug)
    rows = reading.batches_of(visit.consultation)
    tables = {"batches": lambda: batches.table(visit, reading.with_progress(rows), "batches")}
    if (file := download(request, tables, stem=slug)) is not None:
        return file
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        visit,
        "reading_batches.html",
        name="consultation_reading_batches",
        tab="consultation_reading",
        trail=trail(visit, Link(_("Batches"))),
        table=batches.table(visit, reading.with_progress(page.object_list), "batches"),
        page=page,
    )


@officers_only
@require_safe
def every_json(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same as JSON."""
    visit = visit_of(request, slug)
    page = Paginator(reading.batches_of(visit.consultation), PER_PAGE).get_page(request.GET.get("page"))
    listed = [batches.as_json(row) for row in reading.with_progress(page.object_list)]
    count = page.paginator.count
    return as_json.answer(
        {
            **as_json.head_json(visit),
            **as_json.page_json(visit, "batches", listed, count, page.number, PER_PAGE),
        }
    )


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Choose submissions by the filters in the address, and deal them out."""
    visit = visit_of(request, slug)
    form = BatchForm(
        request.POST if request.method == "POST" else None,
        questions=questions_of(visit),
        unsupported=unsupported_languages(visit.run),
    )
    # Who has read what is asked for in the form, so that the list of what was read does not travel.
    filters = replace(visit.filters, not_submissions=())
    if request.method == "POST" and form.is_valid():
        draw = form.draw(filters)
        try:
            made = make_batches(
                run=visit.run,
                draw=replace(draw, unread=draw.unread or bool(visit.filtering.bar.value("unread"))),
                readers=list(form.cleaned_data["readers"]),
                by=request.user,
                due_on=form.cleaned_data["due_on"],
                title=form.cleaned_data["title"],
            )
        except ReadingRefused as error:
            form.add_error(None, str(error))
        else:
            for words in _told(made):
                messages.success(request, words)
            return redirect(visit.url("consultation_reading_batches"))
    response = show(
        request,
        visit,
        "reading_new.html",
        name="consultation_reading_new",
        tab="consultation_reading",
        trail=trail(
            visit, Link(_("Batches"), visit.url("consultation_reading_batches")), Link(_("New batches"))
        ),
        form=form,
        own_bar_first=True,
        matching=_matching(visit, filters),
    )
    response.status_code = 422 if form.errors else 200
    return response


def _matching(visit: Visit, filters: Filters) -> int:
    return visit.bulk.total(filters).submissions


def _told(made: Made) -> list[str]:
    count = len(made.batches)
    found = [
        ngettext(
            "%(n)s batch was made; %(submissions)s submissions in all.",
            "%(n)s batches were made; %(submissions)s submissions in all.",
            count,
        )
        % {"n": count, "submissions": made.submissions}
    ]
    if made.left:
        found.append(
            ngettext(
                "%(n)s submission that fits is left: every reader has their number, or has it already.",
                "%(n)s submissions that fit are left: every reader has their number, or has them already.",
                made.left,
            )
            % {"n": made.left}
        )
    if made.met:
        found.append(
            ngettext(
                "%(n)s submission was left out: another officer gave it out meanwhile.",
                "%(n)s submissions were left out: another officer gave them out meanwhile.",
                made.met,
            )
            % {"n": made.met}
        )
    return found
