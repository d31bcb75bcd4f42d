"""One theme: counts, quotes, who raised it, every passage; and the permanent address of a passage."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from colloquia.consultations.models import ThemeInEffect
from colloquia.consultations.presentation import as_json, history, remembered
from colloquia.consultations.presentation.breakdowns import breakdowns
from colloquia.consultations.presentation.counts import ThemeRow, theme_rows
from colloquia.consultations.presentation.pages import page_of
from colloquia.consultations.presentation.passages import PER_PAGE, listed
from colloquia.consultations.presentation.quotes import quotes_of
from colloquia.consultations.presentation.submission import part_of
from colloquia.consultations.presentation.tables import base_sentence, passage_table
from colloquia.consultations.presentation.themes import files, ordered_by
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.presentation.words import stability
from colloquia.consultations.views.finding import NothingHere, page, twin
from colloquia.consultations.views.question import found_question, question_page
from colloquia.consultations.views.showing import show
from colloquia.core.components import Link, Section
from colloquia.core.table_files import download
from colloquia.core.tables import Table
from colloquia.engines.bulk import PassageRow

ORDERS = ("fit", "received")


def found_theme(visit: Visit, theme_id: str) -> ThemeInEffect:
    """A theme of the run, in effect or merged away. Raises NothingHere."""
    row = visit.theme(theme_id)
    if row is None or not (row.is_live or row.merged_into):
        raise NothingHere(
            _("Run %(number)s has no theme “%(id)s”. Ids of themes look like IP-08.q2.t3, or T3.")
            % {"number": visit.run.number, "id": theme_id}
        )
    return row


def _order(visit: Visit) -> str:
    order = visit.filtering.bar.kept.get("order", "")
    return order if order in ORDERS else "fit"


def _reader(visit: Visit, row: ThemeInEffect) -> Callable[[int, int], tuple[list[PassageRow], int]]:
    return lambda limit, offset: visit.bulk.passages(
        question=row.question_id,
        theme=row.theme_id,
        filters=visit.filters,
        order=_order(visit),
        limit=limit,
        offset=offset,
    )


def _row(visit: Visit, theme: ThemeInEffect) -> tuple[ThemeRow, int, list[ThemeRow]]:
    """The theme with its counts, the base of these, and the themes of a group."""
    base = visit.base
    if theme.question_id:
        found = found_question(visit, theme.question_id)
        sizes = remembered.by_question(visit.held, visit.filters) if visit.filtering.in_force else {}
        size = sizes.get(theme.question_id)
        base = (size.submissions if size else 0) if visit.filtering.in_force else found.submissions
    rows = theme_rows(visit, theme.question_id, base)
    own = next(row for row in rows if row.theme.theme_id == theme.theme_id)
    return own, base, [row for row in rows if row.theme.parent_id == theme.theme_id]


@page
def theme(request: HttpRequest, visit: Visit, theme_id: str) -> HttpResponseBase:
    """A theme. One that was merged away says into which."""
    found = found_theme(visit, theme_id)
    above = visit.themes_of(found.question_id).get(found.parent_id)
    trail = [Link(found.question_id, visit.url("consultation_question", found.question_id, keep=True))]
    if above:
        trail.append(Link(above.label, visit.url("consultation_theme", above.theme_id, keep=True)))
    trail = [*(trail if found.question_id else trail[1:]), Link(theme_id)]
    common: dict[str, Any] = {
        "name": "consultation_theme",
        "arguments": (theme_id,),
        "trail": tuple(trail),
        "theme": found,
        "question_id": found.question_id,
    }
    if not found.is_live:
        into = visit.themes_of(found.question_id)[visit.state.in_effect(theme_id)]
        steps = history.steps_of(visit, into.theme_id)
        return show(request, visit, "theme_merged.html", into=into, steps=steps, **common)
    counted = breakdowns(visit, question=found.question_id, theme=theme_id)
    read = _reader(visit, found)
    tables: dict[str, Callable[[], Table]] = {
        "passages": lambda: passage_table(visit, read(0, 0)[0], _("Passages of the theme")),
        **{item.name: partial(item.table, whole=True) for item in counted},
    }
    if (file := download(request, tables, stem=f"{visit.slug}-{theme_id}")) is not None:
        return file
    row, base, inside = _row(visit, found)
    pages = page_of(read, PER_PAGE, request.GET.get("page"))
    rows = list(pages.object_list)
    best = rows if pages.number == 1 and _order(visit) == "fit" else []
    return show(
        request,
        visit,
        "theme.html",
        sections=[
            Section("counted", _("How much was said")),
            Section("quotes", _("In their own words")),
            Section("passages", _("All passages")),
            Section("filters", _("Look at a part")),
            Section("who", _("Who raised it")),
        ],
        row=row,
        base=base,
        base_sentence=base_sentence(visit, base),
        stability="" if found.is_parent else stability(found.stability),
        inside=inside,
        above=above,
        original=history.machine_original(visit, theme_id),
        steps=history.steps_of(visit, theme_id),
        quotes=quotes_of(visit, [theme_id], inside=best)[theme_id],
        breakdowns=[(item, item.table()) for item in counted],
        page=pages,
        passages=listed(visit, rows),
        order=_order(visit),
        other_order=ordered_by(visit, "received" if _order(visit) == "fit" else "fit", "passages"),
        passage_files=files(visit, "passages"),
        question_page=question_page("question", found.question_id) if found.question_id else "",
        **common,
    )


@twin
def theme_json(request: HttpRequest, visit: Visit, theme_id: str) -> HttpResponseBase:
    """The same as JSON, with one page of its passages."""
    found = found_theme(visit, theme_id)
    if not found.is_live:
        into = visit.state.in_effect(theme_id)
        return as_json.answer({**as_json.head_json(visit), "id": theme_id, "merged_into": into})
    row, base, inside = _row(visit, found)
    pages = page_of(_reader(visit, found), PER_PAGE, request.GET.get("page"))
    original = history.machine_original(visit, theme_id)
    passages = [as_json.passage_json(visit, item) for item in pages.object_list]
    return as_json.answer(
        {
            **as_json.head_json(visit),
            "theme": as_json.theme_json(visit, row),
            "base": base,
            "machine": {
                "label": original.label,
                "submissions": original.submissions,
                "distinct_messages": original.messages if visit.tells_messages else None,
                "stability": original.stability,
                "continues": original.continues or None,
            }
            if original
            else None,
            "themes": [as_json.theme_json(visit, item) for item in inside],
            "history": [step.sentence for step in history.steps_of(visit, theme_id)],
            "quotes": [as_json.quote_json(quote) for quote in quotes_of(visit, [theme_id])[theme_id]],
            "breakdowns": [
                as_json.breakdown_json(item)
                for item in breakdowns(visit, question=found.question_id, theme=theme_id)
            ],
            **as_json.page_json(visit, "passages", passages, pages.paginator.count, pages.number, PER_PAGE),
        }
    )


@page
def passage(request: HttpRequest, visit: Visit, passage_id: str) -> HttpResponseBase:  # noqa: ARG001 -- a view
    """The permanent address of a passage leads to its place in its submission."""
    found = visit.bulk.passages_by_id([passage_id]).get(passage_id)
    if found is None:
        raise NothingHere(
            _("Run %(number)s has no passage “%(id)s”. Ids of passages look like S-2026-00417.p12.")
            % {"number": visit.run.number, "id": passage_id}
        )
    part = part_of(visit, found)
    url = visit.url("consultation_submission", found.submission_id, part=part if part > 1 else "")
    return redirect(f"{url}#{passage_id}")
