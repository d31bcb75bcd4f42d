"""What the room adds to places that may not know it: question pages, search, exports, the leak test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy, gettext_noop

from colloquia.accounts.rules import works_on_analyses
from colloquia.consultations import run_files
from colloquia.consultations.models import Consultation, Run, RunQuestion, SharedText, ThemeInEffect
from colloquia.consultations.presentation import answers
from colloquia.consultations.presentation.counts import shown
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries import NotShown, bulk_of, integrity, run_for, visible_consultations
from colloquia.consultations.queries.stages import route_where
from colloquia.core.registry import (
    Export,
    LeakSurface,
    QuestionSection,
    SearchDocument,
    SearchSource,
    Stage,
    register_export,
    register_leak_surface,
    register_question_section,
    register_record_check,
    register_search_source,
    register_stage,
)
from colloquia.engines.bulk import PassageRow, Size

THEME_COLUMNS = (
    "consultation", "run", "theme", "question", "group", "label", "label_by", "submissions",
    "distinct_messages", "organisations", "states", "passages", "stability",
)  # fmt: skip
SUBMISSION_COLUMNS = (
    "consultation", "run", "submission", "organisation", "stakeholder", "territory", "channel", "date",
    "language", "position", "status",
)  # fmt: skip
_PAGE = 2_000


def register() -> None:
    """Register everything, once, when the application starts."""
    register_question_section(
        QuestionSection(
            "consultations.answers",
            gettext_lazy("Answers"),  # type: ignore[arg-type]  # words that become a string where they are shown
            answers.render,
            order=10,
            counts=answers.counts,
        )
    )
    register_search_source(SearchSource("consultations.passages", every_document, documents_of))
    register_export(
        Export("consultations.themes", gettext_noop("Themes of consultations"), THEME_COLUMNS, theme_rows)
    )
    register_export(
        Export(
            "consultations.submissions",
            gettext_noop("Submissions to consultations"),
            SUBMISSION_COLUMNS,
            submission_rows,
        )
    )
    register_leak_surface(LeakSurface("consultations.pages", public_addresses))
    register_record_check(integrity.CHECK)
    stage: Any = gettext_lazy("Analysis")
    register_stage(Stage("analysis", stage, stage_route, order=30))


def stage_route(user: Any) -> Case:
    """The analysis, where there is a run that the person may see, or that is not shown at present."""
    if works_on_analyses(user):
        runs = Run.objects.filter(consultation=OuterRef("pk"), is_complete=True)
        return route_where("consultation", Exists(runs))
    shown = Q(shown_run__is_complete=True) | Q(shown_run__isnull=True)
    return route_where("consultation", Q(is_public=True) & shown)


def _shown() -> Iterable[tuple[Consultation, Run]]:
    rows = Consultation.objects.filter(is_public=True, shown_run__isnull=False).order_by("pk")
    for row in rows.select_related("shown_run__consultation"):
        if row.shown_run:
            yield row, row.shown_run


def every_document() -> Iterator[SearchDocument]:
    """Every passage of every run that the public sees."""
    for consultation, run in _shown():
        bulk, offset = bulk_of(run), 0
        while True:
            rows, total = bulk.passages(order="received", limit=_PAGE, offset=offset)
            yield from (_document(consultation, row) for row in rows)
            offset += _PAGE
            if offset >= total:
                break


def documents_of(object_id: str) -> Iterable[SearchDocument]:
    """One passage, by ``<slug>/<passage id>``; nothing where the public does not see it."""
    slug, _, passage_id = object_id.partition("/")
    for consultation, run in _shown():
        if consultation.slug == slug:
            return [
                _document(consultation, row) for row in bulk_of(run).passages_by_id([passage_id]).values()
            ]
    return []


def _document(consultation: Consultation, row: PassageRow) -> SearchDocument:
    facets = [
        ("consultation", consultation.slug),
        ("stakeholder", row.stakeholder),
        ("territory", row.country),
    ]
    return SearchDocument(
        kind="passage",
        object_id=f"{consultation.slug}/{row.passage_id}",
        language=row.language,
        title=row.organisation or row.submission_id,
        body=row.text,
        url=reverse("consultation_passage", args=[consultation.slug, row.passage_id]),
        facets=tuple((name, value) for name, value in facets if value),
    )


def _runs(user: Any) -> Iterator[Run]:
    for row in visible_consultations(user).order_by("slug"):
        try:
            yield run_for(user, row.slug)
        except NotShown:
            continue


def _whole(user: Any, run: Run) -> Visit:
    """A look at a whole run by this person."""
    request = HttpRequest()
    request.user = user
    return Visit(request, run, "en")


def theme_rows(user: Any) -> Iterator[Mapping[str, Any]]:
    """The themes in effect of every run that the person sees without naming one."""
    for run in _runs(user):
        visit = _whole(user, run)
        sizes = dict(RunQuestion.objects.filter(run=run).values_list("question_id", "submissions"))
        received = int(run.funnel.get("received", 0))
        for row in ThemeInEffect.objects.filter(run=run, is_live=True).iterator():
            yield {
                "consultation": run.consultation.slug,
                "run": run.number,
                "theme": row.theme_id,
                "question": row.question_id,
                "group": row.parent_id,
                "label": row.label,
                "label_by": "officer" if row.label_by_officer else "machine",
                "submissions": row.submissions,
                "distinct_messages": shown(
                    visit,
                    Size(row.submissions, row.messages),
                    row.submissions + 1 if row.is_parent else sizes.get(row.question_id, received),
                ).messages,
                "organisations": row.organisations,
                "states": row.states,
                "passages": row.passages,
                "stability": row.stability,
            }


def submission_rows(user: Any) -> Iterator[Mapping[str, Any]]:
    """The submissions of the same runs; persons are in none of these."""
    for run in _runs(user):
        bulk, offset = bulk_of(run), 0
        while True:
            rows, total = bulk.submissions(limit=_PAGE, offset=offset)
            for row in rows:
                yield {
                    "consultation": run.consultation.slug,
                    "run": run.number,
                    "submission": row.submission_id,
                    "organisation": row.organisation,
                    "stakeholder": row.stakeholder,
                    "territory": row.country,
                    "channel": row.channel,
                    "date": row.date,
                    "language": row.language,
                    "position": row.position,
                    "status": row.status,
                }
            offset += _PAGE
            if offset >= total:
                break


def public_addresses() -> Iterator[str]:
    """Every page, twin, table and file of every run that the public sees; of long lists the first hundred."""
    yield from (reverse("consultations"), reverse("consultations_json"))
    for consultation, run in _shown():
        bulk = bulk_of(run)
        submissions = [row.submission_id for row in bulk.submissions(limit=100)[0]]
        passages = [row.passage_id for row in bulk.passages(order="received", limit=100)[0]]
        lists: dict[str, list[str]] = {
            "question": list(RunQuestion.objects.filter(run=run).values_list("question_id", flat=True)),
            "theme": list(ThemeInEffect.objects.filter(run=run).values_list("theme_id", flat=True)),
            "shared_text": list(SharedText.objects.filter(run=run).values_list("group_id", flat=True)),
            "submission": submissions,
        }
        for name in ("", "_shared", "_submissions", "_method", "_runs", "_compare", "_files"):
            yield reverse(f"consultation{name}", args=[consultation.slug])
            yield reverse(f"consultation{name}_json", args=[consultation.slug])
        for name, identifiers in lists.items():
            for identifier in identifiers:
                yield reverse(f"consultation_{name}", args=[consultation.slug, identifier])
                yield reverse(f"consultation_{name}_json", args=[consultation.slug, identifier])
        for identifier in passages:
            yield reverse("consultation_passage", args=[consultation.slug, identifier])
        here = reverse("consultation_submissions", args=[consultation.slug])
        yield from (f"{here}?table=submissions&format={name}" for name in ("csv", "json", "xlsx"))
        yield reverse("consultation_word", args=[consultation.slug])
        for name in run_files.names_for(run.folder, officer=False):
            yield reverse("consultation_file", args=[consultation.slug, name])
