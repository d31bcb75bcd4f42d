"""What is public of submissions, for places that may not know it: stage, feed, search, export, leak test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Case, Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy, gettext_noop

from colloquia.consultations.models import Run
from colloquia.consultations.queries.stages import route_where
from colloquia.consultations.sources import Source, register_source
from colloquia.core.components import FunnelRow
from colloquia.core.registry import (
    Export,
    Feed,
    LeakSurface,
    SearchDocument,
    SearchSource,
    Stage,
    register_export,
    register_feed,
    register_leak_surface,
    register_search_source,
    register_stage,
)
from colloquia.submissions.models import (
    Call,
    CallAnalysis,
    PublicAddress,
    PublishedPart,
    PublishedSubmission,
    Submission,
)
from colloquia.submissions.presentation.published import counts_rows
from colloquia.submissions.queries.calls import has_call
from colloquia.submissions.queries.published import Counts, answered, in_chunks, parts_of, published_in

COLUMNS = (
    "call", "submission", "kind", "anonymous", "name", "organisation", "on_behalf_of", "stakeholder",
    "territory", "language", "channel", "received_on", "late", "questions", "files",
    "parts_not_published", "redactions",
)  # fmt: skip


def register() -> None:
    """Register everything, once, when the application starts."""
    title: Any = gettext_lazy("Submissions")
    register_stage(Stage("submissions", title, stage_route, order=20))
    register_feed(
        Feed("submissions.published", gettext_noop("Published submissions"), url_name="submissions_feed")
    )
    register_search_source(SearchSource("submissions.published", every_document, documents_of))
    register_export(
        Export("submissions.published", gettext_noop("Published submissions"), COLUMNS, export_rows)
    )
    register_leak_surface(LeakSurface("submissions.published", public_addresses))
    register_source(Source(rows_before, page_of, next_at, taken_back))


def stage_route(user: Any) -> Case:  # noqa: ARG001 -- everybody sees the same
    """The list of a call's submissions, once the call is announced."""
    return route_where("submissions", has_call())


def every_document() -> Iterator[SearchDocument]:
    """Every public text, under its submission and place."""
    for call in Call.objects.filter(announced_at__isnull=False).select_related("consultation"):
        for rows in in_chunks(published_in(call)):
            for row in rows:
                yield from _documents(row, call.consultation.slug)


def documents_of(object_id: str) -> Iterable[SearchDocument]:
    """The public texts of one submission by its id; nothing where it is not public."""
    row = (
        PublishedSubmission.objects.filter(identifier=object_id)
        .select_related("call__consultation")
        .defer("search_text")
        .first()
    )
    return list(_documents(row, row.call.consultation.slug)) if row else []


def _documents(row: PublishedSubmission, slug: str) -> Iterator[SearchDocument]:
    facets = [("consultation", slug), ("stakeholder", row.stakeholder), ("territory", row.territory_id or "")]
    for part in parts_of(row):
        if part.text_version is None:
            continue
        yield SearchDocument(
            kind="submission",
            object_id=f"{row.identifier}/{part.position}",
            language=part.language,
            title=row.organisation or row.name or row.identifier,
            body=part.text_version.text,
            url=reverse("submission_text", args=[row.identifier, part.position]),
            facets=tuple((name, value) for name, value in facets if value),
        )


def export_rows(user: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ARG001 -- everybody sees the same
    """Every public submission of every announced call."""
    for call in Call.objects.filter(announced_at__isnull=False).select_related("consultation"):
        for rows in in_chunks(published_in(call)):
            known = answered(rows)
            for row in rows:
                questions, files = known[row.pk]
                yield {
                    "call": call.consultation.slug,
                    "submission": row.identifier,
                    "kind": row.kind,
                    "anonymous": row.is_anonymous,
                    "name": row.name,
                    "organisation": row.organisation,
                    "on_behalf_of": row.on_behalf_of,
                    "stakeholder": row.stakeholder,
                    "territory": row.territory_id or "",
                    "language": row.language,
                    "channel": row.channel,
                    "received_on": row.received_on.isoformat(),
                    "late": row.is_late,
                    "questions": " ".join(questions),
                    "files": files,
                    "parts_not_published": row.sealed_parts,
                    "redactions": row.redactions,
                }


def public_addresses() -> Iterator[str]:
    """Every page, twin, file and text of what is public, and the interface for programs."""
    yield from (reverse("tdmrep"), reverse("api:openapi-json"), reverse("api:calls"))
    for call in Call.objects.filter(announced_at__isnull=False).select_related("consultation"):
        slug = call.consultation.slug
        for name in ("", "_json", "_csv", "_xlsx", "_zip", "_feed"):
            yield reverse(f"submissions{name}", args=[slug])
        here = reverse("submissions", args=[slug])
        yield from (f"{here}?table=submissions&format={kind}" for kind in ("csv", "json", "xlsx"))
        for name in ("call", "submissions", "parts"):
            yield reverse(f"api:{name}", args=[slug])
    parts = PublishedPart.objects.select_related("published").defer("published__search_text")
    for row in PublishedSubmission.objects.defer("search_text"):
        yield from (
            reverse("submission", args=[row.identifier]),
            reverse("submission_json", args=[row.identifier]),
        )
        yield reverse("api:submission", args=[row.identifier])
    for part in parts:
        arguments = [part.published.identifier, part.position]
        for name in ("submission_file", "submission_text", "submission_text_json"):
            yield reverse(name, args=arguments)


def rows_before(run: Run) -> list[FunnelRow]:
    """For a run that was made from a call: what was received, and what of it was published."""
    made = CallAnalysis.objects.filter(result=run).values_list("counts", flat=True).first()
    if not made:
        return []
    return counts_rows(Counts(**{name: int(made.get(name, 0)) for name in Counts.__dataclass_fields__}))


def next_at(run: Run) -> str:
    """Where the next analysis of a call is asked for; "" for a run that was not made from one."""
    made = CallAnalysis.objects.filter(result=run).exists()
    return reverse("call_analyse", args=[run.consultation.slug]) if made else ""


def taken_back(run: Run) -> dict[str, bool]:
    """Ids that were public and are no longer, or are otherwise since the analysis of a call was asked for.

    True where the sender withdrew it. Nobody knows from which texts a run was made that was stored from
    files, so that of it only what is not public at all counts. Two queries.
    """
    made = CallAnalysis.objects.filter(result=run).values_list("asked_at", flat=True).first()
    public = PublishedSubmission.objects.filter(call__consultation=run.consultation_id)
    as_it_was = public.filter(changed_at__lte=made) if made else public
    known = PublicAddress.objects.filter(call__consultation=run.consultation_id)
    gone = known.exclude(pk__in=as_it_was.values("identifier"))
    withdrawn = Submission.objects.filter(identifier=OuterRef("pk"), withdrawn_at__isnull=False)
    return dict(gone.values_list("pk", Exists(withdrawn)))


def page_of(slug: str, submission_id: str) -> str:
    """The public page of a submission of this call; "" where it has none."""
    found = PublishedSubmission.objects.filter(
        identifier=submission_id, call__consultation__slug=slug
    ).exists()
    return reverse("submission", args=[submission_id]) if found else ""
