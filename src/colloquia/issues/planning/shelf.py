"""What is known of a paper before an import: its ids with their numbers and wordings."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count

from colloquia.engines.papers.matching import Known
from colloquia.issues.models import (
    Issue,
    IssuePlacement,
    Paper,
    PaperImport,
    PaperVersion,
    Question,
    QuestionPlacement,
)


@dataclass(slots=True)
class Shelf:
    """What is known of a paper: its ids with numbers and wordings."""

    paper: Paper | None
    version: PaperVersion | None
    issues: list[Known] = field(default_factory=list)
    questions: list[Known] = field(default_factory=list)


def shelf(paper_slug: str, version_key: str) -> Shelf:
    """Read it. At most seven queries."""
    paper = Paper.objects.filter(slug=paper_slug).first()
    if paper is None:
        return Shelf(None, None)
    version = PaperVersion.objects.filter(paper=paper, key=version_key).first()
    found = Shelf(paper, version)
    issue_rows = list(
        IssuePlacement.objects.filter(issue__paper=paper)
        .select_related("version")
        .prefetch_related("wordings")
        .order_by("issue", "version__position")
    )
    for identifier in Issue.objects.filter(paper=paper).order_by("pk").values_list("pk", flat=True):
        rows = [row for row in issue_rows if row.issue_id == identifier]
        texts = dict.fromkeys(wording.title for row in rows for wording in row.wordings.all())
        found.issues.append(
            Known(
                identifier,
                numbers={row.version.key: row.number for row in rows if row.number},
                texts=tuple(texts),
                here=any(row.version.key == version_key and not row.is_withdrawn for row in rows),
            )
        )
    question_rows: dict[str, list[QuestionPlacement]] = {}
    for row in (
        QuestionPlacement.objects.filter(question__issue__paper=paper)
        .select_related("version")
        .prefetch_related("wordings")
        .order_by("question", "version__position")
    ):
        question_rows.setdefault(row.question_id, []).append(row)
    for identifier, issue_id in (
        Question.objects.filter(issue__paper=paper).order_by("pk").values_list("pk", "issue_id")
    ):
        placed = question_rows.get(identifier, [])
        wordings = dict.fromkeys(wording.text for row in placed for wording in row.wordings.all())
        found.questions.append(
            Known(
                identifier,
                issue_id=placed[-1].issue_id if placed else issue_id,
                numbers={row.version.key: row.number for row in placed if row.number},
                texts=tuple(wordings),
                here=any(row.version.key == version_key and not row.is_withdrawn for row in placed),
            )
        )
    return found


def state_of(paper_slug: str) -> tuple[object, ...]:
    """What a plan rests on, in a few counts: where two states are equal, so are the plans. Seven queries."""
    mine = {"version__paper__slug": paper_slug}
    return (
        Paper.objects.count(),
        tuple(
            PaperVersion.objects.filter(paper__slug=paper_slug)
            .order_by("pk")
            .values_list("pk", "key", "is_authentic", "source_sha256")
        ),
        Issue.objects.filter(paper__slug=paper_slug).count(),
        Question.objects.filter(issue__paper__slug=paper_slug).count(),
        tuple(IssuePlacement.objects.filter(**mine).values_list("is_withdrawn").annotate(Count("pk"))),
        tuple(QuestionPlacement.objects.filter(**mine).values_list("is_withdrawn").annotate(Count("pk"))),
        PaperImport.objects.filter(state=PaperImport.State.IMPORTED).count(),
    )
