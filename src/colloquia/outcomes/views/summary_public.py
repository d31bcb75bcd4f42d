"""The published summary: as a page, for print, as a Word document with notes, and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colloquia.consultations.models import Consultation
from colloquia.core.components import Link
from colloquia.outcomes.models import Summary
from colloquia.outcomes.presentation.readable import readable_of
from colloquia.outcomes.presentation.said import facts_of, limits
from colloquia.outcomes.presentation.summary import Block, blocks, notes_of
from colloquia.outcomes.presentation.summary_files import summary_json_of, word_document
from colloquia.outcomes.queries.summaries import every_signed, of_one_run, parts_of
from colloquia.outcomes.views.doors import (
    consultation_of,
    fresh,
    json_twin,
    number_of_run,
    page,
    permanent,
    visit_of,
)

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Found:
    """The summary that is asked for. ``listed`` are those of its run, ``others`` numbers of other runs."""

    row: Summary
    listed: list[Summary]
    others: list[int]
    is_chosen: bool

    @property
    def query(self) -> str:
        """What leads to this very summary, after the question mark."""
        run = f"run={self.row.run.number}&" if self.is_chosen else ""
        return f"{run}language={self.row.language}"


def _found(request: HttpRequest, consultation: Consultation) -> Found:
    """The summary of the run asked for, in the language asked for, else in that of the page, else in any."""
    every, number = every_signed(consultation), number_of_run(request)
    if not every:
        raise Http404(_("No summary of this consultation is published yet."))
    listed = of_one_run(consultation, every, number)
    if not listed:
        raise Http404(_("No summary of this run is published."))
    by_language = {row.language: row for row in listed}
    asked = request.GET.get("language", "")
    if asked and asked not in by_language:
        raise Http404(_("The summary is not published in this language."))
    row = by_language.get(asked) or by_language.get(get_language() or "en") or listed[0]
    others = sorted({each.run.number for each in every} - {row.run.number}, reverse=True)
    return Found(row, listed, others, number is not None)


def _shown(request: HttpRequest, row: Summary) -> list[Block]:
    return [block for block in blocks(visit_of(request, row.run), parts_of(row)) if block.lines]


@require_safe
def summary(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Every sentence with the passages that it rests on."""
    consultation = consultation_of(request, slug)
    found = _found(request, consultation)
    row = found.row
    readable = readable_of(visit_of(request, row.run))

    def make() -> HttpResponseBase:
        shown = _shown(request, row)
        with_numbers = f"?run={row.run.number}" if row.run_id == consultation.shown_run_id else ""
        return page(
            request,
            "summary.html",
            consultation,
            tab="summary",
            trail=(Link(_("Summary")),),
            summary=row,
            languages=[each.language for each in found.listed],
            other_runs=found.others,
            asked_run=row.run.number if found.is_chosen else None,
            query=found.query,
            blocks=shown,
            notes=notes_of(shown),
            facts=facts_of(
                row.said,
                run_url=reverse("consultation_method", args=[slug]) if with_numbers else "",
                corrections_url=reverse("consultation_corrections", args=[slug]) if with_numbers else "",
            ),
            is_of_other_run=row.run_id != consultation.shown_run_id and not consultation.is_hidden,
            leads=readable.leads,
            limits=limits(leads=readable.leads),
            canonical=permanent("summary", slug),
            twin=f"{reverse('summary_json', args=[slug])}?{found.query}",
            linked_data=linked_data(consultation, row),
        )

    return fresh(
        request,
        make,
        (row.pk, row.signed_at, len(found.listed), found.others),
        (consultation.shown_run_id, consultation.titles, readable.state()),
    )


def linked_data(consultation: Consultation, row: Summary) -> dict[str, Any]:
    """The summary as a schema.org Report."""
    return {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": permanent("summary", consultation.slug),
        "name": consultation.title(row.language),
        "inLanguage": row.language,
        "datePublished": timezone.localtime(row.signed_at).date().isoformat() if row.signed_at else None,
        "isPartOf": permanent("consultation", consultation.slug),
        "isBasedOn": {"@type": "Dataset", "identifier": row.run.fingerprint, "version": str(row.run.number)},
    }


@require_safe
def summary_json(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same as JSON-LD."""
    try:
        consultation = consultation_of(request, slug)
        found = _found(request, consultation)
    except Http404 as nothing:
        return json_twin({"error": str(nothing), "status": 404}, status=404)
    row = found.row
    data = summary_json_of(visit_of(request, row.run), row, _shown(request, row))
    languages = [each.language for each in found.listed]
    lists = {"languages": languages, "other_runs": found.others}
    return json_twin({**linked_data(consultation, row), **lists, **data})


@require_safe
def summary_word(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same for Word, in the language of the summary, with the citations as numbered notes."""
    consultation = consultation_of(request, slug)
    row = _found(request, consultation).row
    interface = row.language if row.language in {"en", "ar"} else "en"
    with override(interface):
        visit = visit_of(request, row.run)
        shown = [block for block in blocks(visit, parts_of(row)) if block.lines]
        content = word_document(visit, row, shown)
    name = f"{slug}-summary-{row.language}.docx"
    return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type=WORD)
