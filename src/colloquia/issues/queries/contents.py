"""What stands in a version: sections, issues, questions and their wordings, each kind in one query."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from itertools import groupby

from django.utils.translation import get_language

from colloquia.issues.models import (
    GlossaryEntry,
    IssuePlacement,
    IssueWording,
    Origin,
    PaperVersion,
    QuestionPlacement,
    QuestionWording,
)
from colloquia.issues.models.papers import in_reader_language
from colloquia.issues.records import Held, IssueIn, QuestionIn, SectionIn, best


def questions_of(version: PaperVersion) -> list[QuestionIn]:
    """The questions of a version in its order, with every wording. Two queries."""
    rows = (
        QuestionPlacement.objects.filter(version=version, is_withdrawn=False)
        .select_related("question", "version__paper")
        .order_by("position", "pk")
    )
    return _questions(rows)


def question_in_versions(question_id: str) -> list[QuestionIn]:
    """One question in every version that has or had it, in the order of versions. Two queries."""
    rows = (
        QuestionPlacement.objects.filter(question=question_id)
        .select_related("question", "version__paper")
        .order_by("version__position", "pk")
    )
    return _questions(rows)


def issues_of(version: PaperVersion) -> list[IssueIn]:
    """The issues of a version in its order, with title and context, without questions. Two queries."""
    rows = (
        IssuePlacement.objects.filter(version=version, is_withdrawn=False)
        .select_related("section", "version__paper")
        .order_by("position", "pk")
    )
    return _issues(rows)


def issue_in_versions(issue_id: str) -> list[IssueIn]:
    """One issue in every version that has or had it, with its questions there. Four queries."""
    rows = (
        IssuePlacement.objects.filter(issue=issue_id)
        .select_related("section", "version__paper")
        .order_by("version__position", "pk")
    )
    found = _issues(rows)
    questions = _questions(
        QuestionPlacement.objects.filter(issue=issue_id, is_withdrawn=False)
        .select_related("question", "version__paper")
        .order_by("version__position", "position", "pk")
    )
    for each in found:
        each.questions = [one for one in questions if one.version.pk == each.version.pk]
    return found


def contents(version: PaperVersion) -> list[SectionIn]:
    """A version from beginning to end. Four queries."""
    found = issues_of(version)
    by_issue: dict[str, list[QuestionIn]] = {}
    for each in questions_of(version):
        by_issue.setdefault(each.issue_id, []).append(each)
    for issue in found:
        issue.questions = by_issue.get(issue.id, [])
    sections = []
    for _pk, group in groupby(found, key=lambda issue: issue.section.pk if issue.section else None):
        issues = list(group)
        section = issues[0].section
        title, language = in_reader_language(section.titles, version.language) if section else ("", "")
        sections.append(SectionIn(section, title, language, issues))
    return sections


def glossary(versions: Iterable[PaperVersion]) -> list[tuple[PaperVersion, list[tuple[str, Held]]]]:
    """The terms of each version with their meanings, for the reader. One query."""
    by_id = {version.pk: version for version in versions}
    found: dict[int, dict[str, list[Held]]] = {}
    for row in GlossaryEntry.objects.filter(version__in=by_id).order_by("version", "position", "pk"):
        held = Held(
            text=row.meaning, title=row.term, language=row.language, grade=row.grade, source=row.source,
            is_translation=row.is_translation, from_import=row.origin == Origin.IMPORT,
        )  # fmt: skip
        found.setdefault(row.version_id, {}).setdefault(row.key, []).append(held)
    reader = get_language() or "en"
    shown = []
    for pk, version in by_id.items():
        chosen = [best(entries, reader, version.language) for entries in found.get(pk, {}).values()]
        if chosen:
            shown.append((version, [(held.title, held) for held in chosen if held]))
    return shown


def _questions(rows: Iterable[QuestionPlacement]) -> list[QuestionIn]:
    found = {
        row.pk: QuestionIn(
            id=row.question_id, version=row.version, issue_id=row.issue_id, number=row.number,
            paragraphs=row.paragraphs, position=row.position, is_withdrawn=row.is_withdrawn,
            tags=tuple(row.question.tags),
        )
        for row in rows
    }  # fmt: skip
    wordings = list(QuestionWording.objects.filter(placement__in=found).select_related("described_in__paper"))
    originals = {
        (row.placement_id, row.origin): _digest(row.text) for row in wordings if not row.is_translation
    }
    for row in wordings:
        stale = row.is_translation and row.source_hash != originals.get((row.placement_id, row.origin))
        found[row.placement_id].wordings.append(_held(row, text=row.text, stale=stale))
    return list(found.values())


def _issues(rows: Iterable[IssuePlacement]) -> list[IssueIn]:
    found = {
        row.pk: IssueIn(
            id=row.issue_id, version=row.version, number=row.number, paragraphs=row.paragraphs,
            position=row.position, section=row.section, is_withdrawn=row.is_withdrawn,
        )
        for row in rows
    }  # fmt: skip
    wordings = list(IssueWording.objects.filter(placement__in=found).select_related("described_in__paper"))
    originals = {
        (row.placement_id, row.origin): _digest(row.title) for row in wordings if not row.is_translation
    }
    for row in wordings:
        stale = row.is_translation and row.source_hash != originals.get((row.placement_id, row.origin))
        found[row.placement_id].wordings.append(_held(row, title=row.title, stale=stale))
    return list(found.values())


def _held(row: QuestionWording | IssueWording, *, stale: bool, text: str = "", title: str = "") -> Held:
    return Held(
        text=text, title=title, context=row.context, language=row.language, grade=row.grade,
        source=row.source, is_translation=row.is_translation, is_stale=stale,
        described_in=row.described_in, from_import=row.origin == Origin.IMPORT,
    )  # fmt: skip


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
