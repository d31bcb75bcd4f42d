"""The runs of a consultation, and two of them compared."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Count, Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.consultations.models import Run
from colloquia.consultations.presentation import as_json
from colloquia.consultations.presentation.comparison import carried, comparison, theme_changes
from colloquia.consultations.presentation.flows import flows
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries import FilesMissing, bulk_of
from colloquia.consultations.views.finding import NothingHere, page, twin
from colloquia.consultations.views.showing import show
from colloquia.core.components import Link
from colloquia.core.table_files import download
from colloquia.core.tables import Column, Table

SHOWN = 60
"""Rows of a table on the page; its files have all."""


def runs_of(visit: Visit) -> list[Run]:
    """The runs that this person may see, latest first."""
    rows = Run.objects.filter(consultation=visit.consultation, is_complete=True).order_by("-number")
    if not visit.officer:
        rows = rows.filter(pk=visit.run.pk)
    return list(
        rows.select_related("prior").annotate(
            standing=Count("corrections", filter=Q(corrections__undone_at=None))
        )
    )


def _table(visit: Visit, rows: list[Run]) -> Table:
    columns = (
        Column("number", _("Run"), "identifier", link="url"),
        Column("status", _("Status")),
        Column("shown", _("Shown to the public")),
        Column("begun", _("Computed"), "date"),
        Column("received", _("Submissions"), "number"),
        Column("messages", _("Distinct messages"), "number"),
        Column("corrections", _("Corrections in effect"), "number"),
        Column("learned", _("Learned from run"), "identifier"),
    )
    listed = [
        {
            "number": str(row.number),
            "url": f"{visit.permanent('consultation')}?run={row.number}",
            "status": row.get_status_display(),
            "shown": row.pk == visit.consultation.shown_run_id,
            "begun": timezone.localtime(row.begun_at).date() if row.begun_at else None,
            "received": row.funnel.get("received"),
            "messages": row.funnel.get("distinct_messages"),
            "corrections": getattr(row, "standing", 0),
            "learned": str(row.prior.number) if row.prior and visit.officer else None,
        }
        for row in rows
    ]
    return Table("runs", _("Runs of the analysis"), columns, listed)


@page
def runs(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Every analysis of the consultation; the public sees the one that is shown."""
    rows = runs_of(visit)
    if (file := download(request, {"runs": lambda: _table(visit, rows)}, stem=visit.slug)) is not None:
        return file
    return show(
        request,
        visit,
        "runs.html",
        name="consultation_runs",
        tab="consultation_runs",
        trail=(Link(_("Runs")),),
        rows=rows,
        table=_table(visit, rows),
    )


@twin
def runs_json(request: HttpRequest, visit: Visit) -> HttpResponseBase:  # noqa: ARG001 -- a view
    """The same as JSON."""
    rows = [
        {
            "number": row.number,
            "status": row.status,
            "shown": row.pk == visit.consultation.shown_run_id,
            "begun_at": row.begun_at.isoformat() if row.begun_at else None,
            "funnel": row.funnel,
            "corrections": getattr(row, "standing", 0),
        }
        for row in runs_of(visit)
    ]
    return as_json.answer({**as_json.head_json(visit), "runs": rows, "count": len(rows)})


def _pair(request: HttpRequest, rows: list[Run]) -> tuple[Run, Run] | None:
    """The runs that the address names, else the last two; None where there are not two to compare."""
    if len(rows) < 2:
        return None
    by_number = {str(row.number): row for row in rows}
    later = by_number.get(request.GET.get("to") or str(rows[0].number))
    earlier = by_number.get(request.GET.get("from") or str(rows[1].number))
    if earlier is None or later is None:
        raise NothingHere(_("There are no such two runs here."))
    for row in (earlier, later):
        if not row.has_files:
            raise FilesMissing(row)
    return earlier, later


@page
def compare(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Two runs beside each other."""
    rows = runs_of(visit)
    pair = _pair(request, rows)
    made = {table.name: table for table in comparison(visit, *pair)} if pair else {}
    given = {name: (lambda table=table: table) for name, table in made.items()}
    if (file := download(request, given, stem=visit.slug)) is not None:
        return file
    return show(
        request,
        visit,
        "compare.html",
        name="consultation_compare",
        tab="consultation_runs",
        trail=(Link(_("Runs"), visit.url("consultation_runs")), Link(_("Compared"))),
        rows=rows,
        pair=pair,
        tables=[replace(table, rows=list(table.rows)[:SHOWN]) for table in made.values()],
        themes=theme_changes(visit, *pair).counts if pair else {},
        carried=carried(pair[1]) if pair else [],
    )


@twin
def compare_json(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The same as JSON."""
    pair = _pair(request, runs_of(visit))
    if pair is None:
        return as_json.answer({**as_json.head_json(visit), "from": None, "to": None})
    before, after = pair
    themes = theme_changes(visit, before, after)
    return as_json.answer(
        {
            **as_json.head_json(visit),
            "from": before.number,
            "to": after.number,
            "parameters": {"from": before.parameters, "to": after.parameters},
            "funnel": {"from": before.funnel, "to": after.funnel},
            "themes": [
                {
                    "kind": row["kind"],
                    "theme": row["theme"],
                    "label": row["label"],
                    "from": row["before"],
                    "to": row["after"],
                }
                for row in themes.rows
            ],
            "flows": [
                {"from": item.before or None, "to": item.after or None, "passages": item.passages}
                for item in flows(bulk_of(before), bulk_of(after))
            ],
            "carried": after.carried,
        }
    )
