"""One question of a consultation: its themes, and what answers it and is in none of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from colloquia.consultations.models import RunQuestion
from colloquia.consultations.presentation import as_json
from colloquia.consultations.presentation.breakdowns import breakdowns
from colloquia.consultations.presentation.counts import ORDERS, question_row, theme_rows
from colloquia.consultations.presentation.pages import page_of
from colloquia.consultations.presentation.passages import PER_PAGE, listed
from colloquia.consultations.presentation.tables import passage_table, theme_table
from colloquia.consultations.presentation.themes import theme_list
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.views.finding import NothingHere, page, twin
from colloquia.consultations.views.showing import show
from colloquia.core.components import Link, Section
from colloquia.core.table_files import download
from colloquia.core.tables import Table
from colloquia.engines.bulk import PassageRow
from colloquia.issues.queries import issue_asked


def found_question(visit: Visit, question_id: str) -> RunQuestion:
    """A question of the run. Raises NothingHere."""
    row = RunQuestion.objects.filter(run=visit.run, question_id=question_id).first()
    if row is None:
        raise NothingHere(
            _("Run %(number)s has no question “%(id)s”. Ids of questions look like IP-08.q2.")
            % {"number": visit.run.number, "id": question_id}
        )
    return row


def question_page(name: str, question_id: str) -> str:
    """The address of a page of the questions' own room; "" where that room has none."""
    try:
        return reverse(name, args=[question_id])
    except NoReverseMatch:
        return ""


@page
def question(request: HttpRequest, visit: Visit, question_id: str) -> HttpResponseBase:
    """The themes of a question, all on one page, in the order that the reader chooses."""
    row = question_row(visit, found_question(visit, question_id))
    base = row.counts.submissions
    order = visit.filtering.bar.kept.get("order", "")
    themes = theme_rows(visit, question_id, base, order)
    counted = breakdowns(visit, question=question_id)
    tables: dict[str, Callable[[], Table]] = {
        "themes": lambda: theme_table(visit, themes, base),
        "in-no-theme": lambda: passage_table(
            visit, _alone(visit, question_id)(0, 0)[0], _("Passages in no theme"), "in-no-theme"
        ),
        "passages": lambda: passage_table(
            visit,
            visit.bulk.passages(question=question_id, filters=visit.filters, order="received", limit=0)[0],
            _("Passages that answer the question"),
        ),
        **{item.name: partial(item.table, whole=True) for item in counted},
    }
    if (file := download(request, tables, stem=f"{visit.slug}-{question_id}")) is not None:
        return file
    pages = page_of(_alone(visit, question_id), PER_PAGE, request.GET.get("page"))
    return show(
        request,
        visit,
        "question.html",
        name="consultation_question",
        arguments=(question_id,),
        trail=(Link(question_id),),
        sections=[
            Section("counted", _("How much was said")),
            Section("themes", _("Themes of this question")),
            Section("none", _("Answers in no theme")),
            Section("filters", _("Look at a part")),
            Section("who", _("Who answered")),
        ],
        question=row,
        issue=issue_asked(row.issue_id, row.issue_title, visit.language),
        question_id=question_id,
        question_page=question_page("question", question_id),
        themes=theme_list(visit, themes, base, order if order in ORDERS else "submissions"),
        breakdowns=[(item, item.table()) for item in counted],
        page=pages,
        passages=listed(visit, list(pages.object_list)),
    )


def _alone(visit: Visit, question_id: str) -> Callable[[int, int], tuple[list[PassageRow], int]]:
    """Reads passages that answer a question and are in no theme."""
    return lambda limit, offset: visit.bulk.passages(
        question=question_id, theme="", filters=visit.filters, limit=limit, offset=offset
    )


@twin
def question_json(request: HttpRequest, visit: Visit, question_id: str) -> HttpResponseBase:  # noqa: ARG001 -- a view
    """The same as JSON."""
    row = question_row(visit, found_question(visit, question_id))
    themes = theme_rows(visit, question_id, row.counts.submissions)
    _first, alone = _alone(visit, question_id)(1, 0)
    return as_json.answer(
        {
            **as_json.head_json(visit),
            "question": as_json.question_json(visit, row),
            "themes": [as_json.theme_json(visit, theme) for theme in themes],
            "passages_in_no_theme": alone,
            "breakdowns": [as_json.breakdown_json(item) for item in breakdowns(visit, question=question_id)],
        }
    )
