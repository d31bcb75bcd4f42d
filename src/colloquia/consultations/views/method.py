"""Method and quality of a run."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from colloquia.consultations.presentation import as_json, method
from colloquia.consultations.presentation.reading import method_tables
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries.state import standing_of
from colloquia.consultations.views.finding import page, twin
from colloquia.consultations.views.showing import show
from colloquia.core.components import Link
from colloquia.core.table_files import download


@page
def consultation_method(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """How it was made, how good it was measured to be, what it cannot say, what officers corrected."""
    manifest = method.manifest_of(visit)
    tables = {table.name: table for table in method.tables(visit, manifest)}
    given = {name: (lambda table=table: table) for name, table in tables.items()} | method_tables(visit)
    if (file := download(request, given, stem=visit.slug)) is not None:
        return file
    return show(
        request,
        visit,
        "method.html",
        name="consultation_method",
        tab="consultation_method",
        trail=(Link(_("Method and quality")),),
        facts=method.facts(visit, manifest),
        tables=tables,
        coverage=method.coverage(visit),
    )


@twin
def consultation_method_json(request: HttpRequest, visit: Visit) -> HttpResponseBase:  # noqa: ARG001 -- a view
    """The same as JSON."""
    manifest = method.manifest_of(visit)
    return as_json.answer(
        {
            **as_json.head_json(visit),
            "program": visit.run.program,
            "manifest_sha256": visit.run.fingerprint,
            "parameters": visit.run.parameters,
            "quality": visit.run.quality,
            "languages": visit.run.languages,
            "state_stakeholders": list(standing_of(visit.run)[1]),
            "problems": list(method.problem_table(visit).rows),
            "corrections": [
                {"kind": str(row["kind"]), "in_effect": row["count"], "undone": row["undone"]}
                for row in method.correction_table(visit).rows
            ],
            "versions": manifest.get("versions", {}),
            "seconds": manifest.get("seconds", {}),
        }
    )
