"""The published comparison: every change of the paper with the passages that led to it."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colloquia.consultations.models import Consultation, Run
from colloquia.core.components import Link
from colloquia.outcomes.models import Revision
from colloquia.outcomes.presentation.readable import readable_of
from colloquia.outcomes.presentation.revision import Part, entries_behind, parts_of, revision_json
from colloquia.outcomes.queries.outcomes import published_run
from colloquia.outcomes.queries.public import published
from colloquia.outcomes.queries.revisions import changes_of, revisions_of, runs_cited
from colloquia.outcomes.views.doors import consultation_of, fresh, json_twin, page, permanent, visit_of


def _found(request: HttpRequest, slug: str) -> tuple[Consultation, Revision, list[Revision]]:
    consultation = consultation_of(request, slug)
    listed = list(revisions_of(consultation).filter(published_at__isnull=False).order_by("-published_at"))
    key = request.GET.get("key", "")
    chosen = next((row for row in listed if not key or row.key == key), None)
    if chosen is None:
        raise Http404(_("No revised paper of this consultation is published here."))
    return consultation, chosen, listed


def _parts(request: HttpRequest, consultation: Consultation, row: Revision) -> list[Part]:
    changes, run = changes_of(row), _run_behind(consultation, row)
    entries = entries_behind(visit_of(request, run), changes) if run else {}
    return [part for part in parts_of(row, changes, entries) if part.is_changed]


def _run_behind(consultation: Consultation, row: Revision) -> Run | None:
    """The run whose outcomes led to a revision: the public one where a change cites it, else the latest."""
    run, cited = published_run(consultation), runs_cited(row)
    if run is None or not cited or run in cited:
        return run
    return cited[0]


@require_safe
def revision(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What changed in the paper, word by word, and why."""
    consultation, row, listed = _found(request, slug)

    run = _run_behind(consultation, row)

    def make() -> HttpResponseBase:
        version = row.result
        return page(
            request,
            "revision.html",
            consultation,
            tab="revision",
            trail=(Link(_("Revised paper")),),
            revision=row,
            others=[each for each in listed if each != row],
            parts=_parts(request, consultation, row),
            run_behind=run.number if run and run != published_run(consultation) else None,
            version=version,
            version_url=reverse("paper_version", args=[version.paper.slug, version.key]) if version else "",
            canonical=f"{permanent('revision', slug)}?key={row.key}",
            twin=f"{reverse('revision_json', args=[slug])}?key={row.key}",
        )

    state = readable_of(visit_of(request, run)).state() if run else ""
    return fresh(request, make, published(slug=slug), consultation.shown_run_id, row.pk, state)


@require_safe
def revision_twin(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same as JSON."""
    try:
        consultation, row, _listed = _found(request, slug)
    except Http404 as nothing:
        return json_twin({"error": str(nothing), "status": 404}, status=404)
    return json_twin(revision_json(row, _parts(request, consultation, row)))
