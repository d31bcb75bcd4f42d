"""The list of consultations, and the analysis of one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colloquia.consultations.presentation import as_json
from colloquia.consultations.presentation.breakdowns import breakdowns
from colloquia.consultations.presentation.closed import closed_tables
from colloquia.consultations.presentation.counts import ORDERS, question_rows, theme_rows
from colloquia.consultations.presentation.head import facts, funnel_rows
from colloquia.consultations.presentation.tables import question_table, theme_table
from colloquia.consultations.presentation.themes import theme_list
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries import visible_consultations
from colloquia.consultations.views.finding import page, twin
from colloquia.consultations.views.showing import show
from colloquia.core.components import Section
from colloquia.core.table_files import download
from colloquia.core.tables import Table

PER_PAGE = 50


@require_safe
def consultations(request: HttpRequest) -> HttpResponseBase:
    """Every consultation that this person may see."""
    rows = Paginator(visible_consultations(request.user), PER_PAGE).get_page(request.GET.get("page"))
    language = get_language() or "en"
    listed = [
        {"row": row, "title": row.title(language), "note": row.note(language), "run": row.shown_run}
        for row in rows
    ]
    return render(request, "consultations/index.html", {"page": rows, "listed": listed})


@require_safe
def consultations_json(request: HttpRequest) -> HttpResponseBase:
    """The same as JSON; ``next`` is the address of the following page or null."""
    rows = Paginator(visible_consultations(request.user), PER_PAGE).get_page(request.GET.get("page"))
    here = reverse("consultations_json")
    response = JsonResponse(
        {
            "ok": True,
            "consultations": [as_json.listed_json(row) for row in rows],
            "count": rows.paginator.count,
            "next": f"{settings.PUBLIC_URL}{here}?page={rows.next_page_number()}"
            if rows.has_next()
            else None,
        },
        json_dumps_params={"ensure_ascii": False},
    )
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _same(table: Table) -> Table:
    return table


@page
def consultation(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The whole docket: status, funnel, questions, themes, who answered, closed questions, quality."""
    order = visit.filtering.bar.kept.get("order", "")
    base = visit.base
    questions = question_rows(visit)
    themes = theme_rows(visit, "", base, order)
    counted = breakdowns(visit)
    closed = closed_tables(visit)
    tables: dict[str, Callable[[], Table]] = {
        "questions": lambda: question_table(visit, questions, base),
        "themes": lambda: theme_table(visit, themes, base),
        **{item.name: partial(item.table, whole=True) for item in counted},
        **{table.name: partial(_same, table) for table in closed},
    }
    if (file := download(request, tables, stem=visit.slug)) is not None:
        return file
    return show(
        request,
        visit,
        "consultation.html",
        name="consultation",
        tab="consultation",
        facts=facts(visit),
        sections=_sections(visit),
        funnel=funnel_rows(visit),
        questions=question_table(visit, questions, base),
        themes=theme_list(visit, themes, base, order if order in ORDERS else "submissions"),
        breakdowns=[(item, item.table()) for item in counted],
        closed=closed,
        base=base,
        linked_data=as_json.linked_data(visit),
    )


def _sections(visit: Visit) -> list[Section]:
    """What stands on the page, in its order."""
    found = [
        Section("received", _("What was received")),
        Section("questions", _("Questions")),
        Section("themes", _("Themes across all questions")),
        Section("filters", _("Look at a part")),
        Section("who", _("Who answered")),
    ]
    if visit.run.closed and not visit.filtering.in_force:
        found.append(Section("closed", _("Closed questions")))
    return [*found, Section("limits", _("Limits"))]


@twin
def consultation_json(request: HttpRequest, visit: Visit) -> HttpResponseBase:  # noqa: ARG001 -- a view
    """The same as JSON."""
    base = visit.base
    data = {
        **as_json.head_json(visit),
        "funnel": visit.run.funnel,
        "base": base,
        "questions": [as_json.question_json(visit, row) for row in question_rows(visit)],
        "themes": [as_json.theme_json(visit, row) for row in theme_rows(visit, "", base)],
        "breakdowns": [as_json.breakdown_json(item) for item in breakdowns(visit)],
        "closed": as_json.closed_json(visit),
    }
    return as_json.answer(data)
