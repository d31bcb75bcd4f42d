"""What the room adds to places that may not know it: search, exports, and the test against leaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop

from colloquia.core.registry import (
    Export,
    LeakSurface,
    SearchDocument,
    SearchSource,
    register_export,
    register_leak_surface,
    register_search_source,
)
from colloquia.issues import queries
from colloquia.issues.models import Question
from colloquia.issues.presentation.tables import question_row
from colloquia.issues.records import QuestionIn, in_language

COLUMNS = (
    "id", "issue", "issue_number", "issue_title", "version", "symbol", "paragraphs", "text", "language",
    "grade", "about", "source",
)  # fmt: skip


def register() -> None:
    """Register everything, once, when the application starts."""
    register_search_source(SearchSource("issues.questions", every_document, documents_of))
    register_export(Export("issues.questions", gettext_noop("Questions"), COLUMNS, export_rows))
    register_leak_surface(LeakSurface("issues.pages", public_addresses))


def every_document() -> Iterator[SearchDocument]:
    """Each question in each language, in the latest version that holds a wording."""
    for identifier in Question.objects.order_by("pk").values_list("pk", flat=True):
        yield from documents_of(identifier)


def documents_of(question_id: str) -> Iterable[SearchDocument]:
    """One question, once for each language of its wordings; nothing where no wording is held."""
    standing = [
        each for each in queries.question_in_versions(question_id) if each.wordings and not each.is_withdrawn
    ]
    if not standing:
        return []
    return list(_documents(standing[-1]))


def _documents(question: QuestionIn) -> Iterator[SearchDocument]:
    for language in question.languages:
        held = in_language(question.wordings, language)
        if held:
            yield SearchDocument(
                kind="question",
                object_id=question.id,
                language=language,
                title=f"{question.id} · {held.text}",
                body=" ".join(filter(None, (held.text, held.context, *question.tags))),
                url=reverse("question", args=[question.id]),
                facets=(
                    ("grade", held.grade),
                    ("issue", question.issue_id),
                    ("version", question.version.key),
                ),
            )


def export_rows(_person: Any) -> Iterator[Mapping[str, Any]]:
    """Every question in every version, with the grade of its wording."""
    for paper in queries.papers():
        for version in queries.versions_of(paper):
            version.paper = paper
            for section in queries.contents(version):
                for issue in section.issues:
                    for question in issue.questions:
                        row = question_row(question, issue)
                        yield {name: row[name] for name in COLUMNS}


def public_addresses() -> Iterator[str]:
    """Every public page of the room and its twin."""
    yield from (reverse("papers"), reverse("papers_json"))
    for paper in queries.papers():
        for name in ("paper", "paper_json", "paper_compare", "paper_compare_json"):
            yield reverse(name, args=[paper.slug])
        for version in queries.versions_of(paper):
            for name in ("paper_version", "paper_version_json"):
                yield reverse(name, args=[paper.slug, version.key])
            yield f"{reverse('paper_version', args=[paper.slug, version.key])}?table=questions&format=csv"
        for each in paper.issues.order_by("pk"):
            yield from (reverse("issue", args=[each.pk]), reverse("issue_json", args=[each.pk]))
    for identifier in Question.objects.order_by("pk").values_list("pk", flat=True):
        yield from (reverse("question", args=[identifier]), reverse("question_json", args=[identifier]))
