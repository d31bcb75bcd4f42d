"""Papers, versions, ids, and the imports of officers."""

from __future__ import annotations

import uuid

from django.db.models import Prefetch, QuerySet

from colloquia.issues.models import Issue, Paper, PaperImport, PaperVersion, Question


def papers() -> QuerySet[Paper]:
    """Every paper with its versions, by address. Two queries."""
    return Paper.objects.prefetch_related(
        Prefetch("versions", PaperVersion.objects.order_by("position", "pk"))
    ).order_by("slug")


def paper(slug: str) -> Paper | None:
    """One paper with its versions. Two queries."""
    return papers().filter(slug=slug).first()


def versions_of(paper: Paper) -> list[PaperVersion]:
    """The versions in their order; no query where the paper came from ``papers`` or ``paper``."""
    return list(paper.versions.all())


def latest(paper: Paper) -> PaperVersion | None:
    """The last version, None where there is none."""
    found = versions_of(paper)
    return found[-1] if found else None


def find_version(slug: str, key: str) -> PaperVersion | None:
    """One version with its paper. One query."""
    return PaperVersion.objects.select_related("paper").filter(paper__slug=slug, key=key).first()


def question(question_id: str) -> Question | None:
    """A question with its issue and paper. One query."""
    return Question.objects.select_related("issue__paper").filter(pk=question_id).first()


def issue(issue_id: str) -> Issue | None:
    """An issue with its paper. One query."""
    return Issue.objects.select_related("paper").filter(pk=issue_id).first()


def imports() -> QuerySet[PaperImport]:
    """Every file that was looked at or imported, latest first."""
    return PaperImport.objects.select_related("attachment", "begun_by", "ended_by", "version__paper")


def import_of(import_id: uuid.UUID) -> PaperImport | None:
    """One of them."""
    return imports().filter(pk=import_id).first()
