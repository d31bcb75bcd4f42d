"""The history of corrections, for everybody; taking one back and making it again, for officers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from colloquia.consultations.forms.selection import Selection
from colloquia.consultations.models import Correction, Run
from colloquia.consultations.models.corrections import CorrectionKind
from colloquia.consultations.presentation import as_json
from colloquia.consultations.presentation.acts import changes_table, labels_in, sentence
from colloquia.consultations.presentation.corrections import correction_json, history_table, lines
from colloquia.consultations.presentation.told import told, told_of
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries import as_act
from colloquia.consultations.queries.asked import questions_read
from colloquia.consultations.services import CorrectionConflict, CorrectionRefused
from colloquia.consultations.services.acting import (
    again_build,
    carry_out,
    carry_out_undo,
    correction,
    resting_on,
    standpoint_of,
    undo_plan,
)
from colloquia.consultations.services.planning import Plan, plan_act
from colloquia.consultations.views.correcting import visit_of, with_button
from colloquia.consultations.views.doors import workers_only
from colloquia.consultations.views.finding import page, twin
from colloquia.consultations.views.showing import show
from colloquia.core.components import Link
from colloquia.core.filters import Choice, Filter, FilterBar
from colloquia.core.table_files import download

PER_PAGE = 50


def _bar(visit: Visit) -> FilterBar:
    """The filters of the history: question and kind."""
    questions = [
        Choice(item.question_id, Truncator(f"{item.question_id} {item.text}").chars(100))
        for item in questions_read(visit.run)
    ]
    kinds = [Choice(value, label) for value, label in CorrectionKind.choices]
    filters = [
        Filter("question", _("Question"), choices=questions, any_label=_("Any question")),
        Filter("kind", _("Kind"), choices=kinds, any_label=_("Any kind")),
    ]
    return FilterBar.read(visit.request.GET, filters, keep=("run",))


def _rows(visit: Visit, bar: FilterBar) -> QuerySet[Correction]:
    rows = Correction.objects.filter(run=visit.run).select_related("by", "undone_by").order_by("-number")
    if question := bar.value("question"):
        # A passage marked as no opinion leaves the themes of every question, and belongs to their history.
        rows = rows.filter(Q(question_id=question) | Q(kind=CorrectionKind.NOT_OPINION))
    return rows.filter(kind=bar.value("kind")) if bar.value("kind") else rows


@page
def corrections(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """What officers did to this run, latest first."""
    bar = _bar(visit)
    rows = _rows(visit, bar)
    tables: dict[str, Callable[[], Any]] = {"corrections": lambda: history_table(visit, rows)}
    if (file := download(request, tables, stem=visit.slug)) is not None:
        return file
    pages = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        visit,
        "corrections.html",
        name="consultation_corrections",
        trail=(Link(_("History of corrections")),),
        bar=bar,
        page=pages,
        lines=lines(visit, pages.object_list),
        files=[(kind.upper(), _file(bar, kind)) for kind in ("csv", "xlsx", "json")],
        standing=Correction.objects.filter(run=visit.run, undone_at=None).count(),
    )


def _file(bar: FilterBar, kind: str) -> str:
    pairs = [(name, value) for name, values in bar.chosen.items() for value in values]
    kept = [*pairs, *bar.kept.items(), ("table", "corrections"), ("format", kind)]
    return f"?{urlencode(kept)}"


@twin
def corrections_json(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The same as JSON; ``next`` is the address of the following page or null."""
    bar = _bar(visit)
    pages = Paginator(_rows(visit, bar), PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    following = None
    if pages.has_next():
        query["page"] = str(pages.next_page_number())
        following = f"{visit.permanent('consultation_corrections_json')}?{query.urlencode()}"
    return as_json.answer(
        {
            **as_json.head_json(visit),
            "corrections": [correction_json(visit, line) for line in lines(visit, pages.object_list)],
            "count": pages.paginator.count,
            "next": following,
        }
    )


@dataclass(frozen=True, slots=True)
class _Way:
    """Taking back, or making again: words, what it would change, and doing it."""

    title: str
    button: str
    plan: Callable[[Run, int], Plan]
    do: Callable[..., Correction]
    after: str


def _undo_way() -> _Way:
    return _Way(
        _("Undo this correction?"),
        _("Undo"),
        lambda run, number: undo_plan(standpoint_of(run), number),
        carry_out_undo,
        _("Took back: %(what)s"),
    )


def _again_way() -> _Way:
    def plan(run: Run, number: int) -> Plan:
        standpoint = standpoint_of(run)
        return plan_act(standpoint, again_build(run, number)(standpoint))

    return _Way(
        _("Make this correction again?"),
        _("Make it again"),
        plan,
        lambda run, number, **rest: carry_out(run, again_build(run, number), **rest),
        _("Made again: %(what)s"),
    )


@workers_only
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Asks before a correction is taken back, and shows what would follow; on POST takes it back."""
    return _confirm(visit_of(request, slug), number, _undo_way(), "consultation_correction_undo")


@workers_only
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Asks before a correction that was taken back is made again; on POST makes it."""
    return _confirm(visit_of(request, slug), number, _again_way(), "consultation_correction_again")


def _confirm(visit: Visit, number: int, way: _Way, name: str) -> HttpResponseBase:
    request = visit.request
    try:
        row = correction(visit.run, number)
    except CorrectionRefused as error:
        raise Http404(str(error)) from error
    data = request.POST if request.method == "POST" else request.GET
    chosen = Selection.read(data, latest=visit.run.sequence)
    note = data.get("note", "")[:2000]
    refusal, conflict = "", None
    if request.method == "POST":
        try:
            made = way.do(visit.run, number, by=request.user, seen=chosen.seen, note=note)
        except CorrectionRefused as error:
            refusal = str(error)
        except CorrectionConflict as met:
            conflict = met
        else:
            return _done(visit, row, made, way, chosen)
    plan = None
    if not refusal:
        try:
            plan = way.plan(visit.run, number)
        except CorrectionRefused as error:
            refusal = str(error)
    response = show(
        request,
        visit,
        "correct_undo.html",
        name=name,
        arguments=(str(number),),
        trail=(Link(_("History of corrections"), visit.url("consultation_corrections")), Link(str(number))),
        correction=row,
        what=sentence(as_act(row), labels_in(visit.state)),
        way=way,
        plan=plan,
        changes=changes_table(visit, plan) if plan else None,
        refusal=refusal,
        resting=told_of(visit, resting_on(visit.run, number)) if refusal else [],
        conflict=conflict,
        theirs=told(visit, conflict) if conflict else [],
        seen=conflict.sequence if conflict else chosen.seen,
        note=note,
        back=chosen.back or visit.url("consultation_corrections"),
    )
    response.status_code = 409 if conflict else 422 if refusal and request.method == "POST" else 200
    return response


def _done(visit: Visit, row: Correction, made: Correction, way: _Way, chosen: Selection) -> HttpResponseBase:
    there = Visit(
        visit.request, Run.objects.select_related("consultation").get(pk=visit.run.pk), visit.language
    )
    words = way.after % {"what": sentence(as_act(row), labels_in(there.state))}
    other = "consultation_correction_undo" if made.undone_at is None else "consultation_correction_again"
    label = _("Undo") if made.undone_at is None else _("Make it again")
    kept = [("run", str(visit.run.number))] + ([("back", chosen.back)] if chosen.back else [])
    query = urlencode(kept)
    address = f"{reverse(other, args=[visit.slug, made.number])}?{query}"
    messages.success(visit.request, with_button(words, address, label))
    return redirect(chosen.back or there.url("consultation_corrections", run=visit.run.number))
