"""The published outcomes, by question: as a page, as files and as JSON."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colloquia.consultations.models import Consultation
from colloquia.consultations.presentation.visit import Visit
from colloquia.core.components import Link
from colloquia.core.table_files import download
from colloquia.outcomes.presentation.outcomes import (
    entry_json,
    funnel,
    grouped,
    outcome_table,
    public_entries,
)
from colloquia.outcomes.presentation.readable import readable_of
from colloquia.outcomes.queries.outcomes import publications_of, published_run, runs_published
from colloquia.outcomes.queries.public import published
from colloquia.outcomes.views.doors import (
    consultation_of,
    fresh,
    json_twin,
    number_of_run,
    page,
    permanent,
    visit_of,
)


def _found(request: HttpRequest, slug: str) -> tuple[Consultation, Visit]:
    consultation = consultation_of(request, slug)
    run, number = published_run(consultation), number_of_run(request)
    if run is None:
        raise Http404(_("No outcomes of this consultation are published yet."))
    if number not in (None, run.number):
        run = runs_published(consultation).filter(number=number).first()
        if run is None:
            raise Http404(_("No outcomes of this run are published."))
    return consultation, visit_of(request, run)


@require_safe
def outcomes(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What became of each theme and suggestion, why, and where in the paper."""
    consultation, visit = _found(request, slug)
    tables = {"outcomes": lambda: outcome_table(visit, public_entries(visit, quotes=False))}
    if (file := download(request, tables, stem=f"{slug}-outcomes")) is not None:
        return file

    def make() -> HttpResponseBase:
        entries = public_entries(visit)
        return page(
            request,
            "outcomes.html",
            consultation,
            tab="outcomes",
            trail=(Link(_("Outcomes")),),
            run=visit.run,
            publications=list(publications_of(consultation).filter(run=visit.run)),
            groups=grouped(visit, entries),
            funnel_rows=funnel(entries),
            is_of_other_run=visit.run.pk != consultation.shown_run_id and not consultation.is_hidden,
            other_runs=list(others.values_list("number", flat=True)),
            asked_run=visit.run.number if visit.is_other_run else None,
            canonical=permanent("outcomes", slug),
            twin=reverse("outcomes_json", args=[slug])
            + (f"?run={visit.run.number}" if visit.is_other_run else ""),
        )

    others = runs_published(consultation).exclude(pk=visit.run.pk).order_by("-number")
    state = readable_of(visit).state()
    return fresh(request, make, published(slug=slug), consultation.shown_run_id, visit.run.version, state)


@require_safe
def outcomes_json(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same as JSON."""
    try:
        consultation, visit = _found(request, slug)
    except Http404 as nothing:
        return json_twin({"error": str(nothing), "status": 404}, status=404)
    return json_twin(
        {
            "consultation": consultation.slug,
            "run": visit.run.number,
            "published": [row.published_at for row in publications_of(consultation).filter(run=visit.run)],
            "outcomes": [entry_json(item) for item in public_entries(visit)],
        }
    )
