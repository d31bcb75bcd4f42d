"""The room's lists as tables, each with the grade of every wording, for the page and for files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from colloquia.core.tables import Column, Table
from colloquia.issues import queries
from colloquia.issues.models import PaperImport, PaperVersion
from colloquia.issues.presentation.comparison import Comparison, kind_label
from colloquia.issues.presentation.sentences import about_wording, not_held
from colloquia.issues.records import IssueIn, QuestionIn

_QUESTION_COLUMNS = (
    Column("id", _("Question"), "identifier", link="url"),
    Column("issue", _("Issue"), "identifier"),
    Column("issue_number", _("Number of the issue")),
    Column("issue_title", _("Title of the issue"), language="language"),
    Column("version", _("Version"), "identifier"),
    Column("symbol", _("Symbol"), "identifier"),
    Column("paragraphs", _("Paragraph")),
    Column("text", _("Wording"), language="language"),
    Column("language", _("Language"), "identifier"),
    Column("grade", _("Grade"), "identifier"),
    Column("about", _("What the wording is")),
    Column("source", _("Source")),
)


def questions_table(version: PaperVersion, issues: Iterable[IssueIn]) -> Table:
    """The questions of a version, or of one issue in it."""
    return Table(
        "questions",
        _("Questions"),
        _QUESTION_COLUMNS,
        [question_row(question, issue) for issue in issues for question in issue.questions],
        base=version.title,
        empty=_("No question is known in this version."),
    )


def question_row(question: QuestionIn, issue: IssueIn | None) -> dict[str, Any]:
    """One question where a version has it. Without a wording, the row says that none is held."""
    held = question.shown
    return {
        "id": question.id,
        "url": reverse("question", args=[question.id]),
        "issue": question.issue_id,
        "issue_number": issue.number if issue else None,
        "issue_title": issue.title if issue else None,
        "version": question.version.key,
        "symbol": question.version.symbol or None,
        "paragraphs": question.paragraphs or None,
        "text": held.text if held else None,
        "language": held.language if held else None,
        "grade": held.grade if held else None,
        "about": " ".join(about_wording(held)) if held else not_held(),
        "source": held.source if held else None,
    }


def changes_table(compared: Comparison) -> Table:
    """What became of every issue and question between two versions."""
    return Table(
        "changes",
        _("Changes"),
        (
            Column("id", _("Id"), "identifier", link="url"),
            Column("kind", _("Issue or question"), "identifier"),
            Column("became", _("What became of it")),
            Column("number_before", _("Number before")),
            Column("number_after", _("Number after")),
            Column("related", _("Other ids")),
            Column("wording", _("Wording")),
        ),
        list(_change_rows(compared)),
        base=f"{compared.before.title} → {compared.after.title}",
    )


def _change_rows(compared: Comparison) -> Iterator[Mapping[str, Any]]:
    for issue, questions in compared.issues:
        for item in (issue, *questions):
            is_issue = item is issue
            name = "issue" if is_issue else "question"
            yield {
                "id": item.change.id,
                "url": reverse(name, args=[item.change.id]),
                "kind": name,
                "became": ", ".join(kind_label(kind) for kind in item.change.kinds),
                "number_before": (item.before.number or None) if item.before else None,
                "number_after": (item.after.number or None) if item.after else None,
                "related": ", ".join(item.change.related) or None,
                "wording": item.wording_words or None,
            }


def versions_table() -> Table:
    """Every version of every paper."""
    rows = [
        {
            "paper": paper.slug,
            "key": version.key,
            "url": reverse("paper_version", args=[paper.slug, version.key]),
            "title": version.title,
            "language": version.title_language,
            "symbol": version.symbol or None,
            "date": version.date,
            "status": version.get_status_display(),
            "official": version.is_authentic,
        }
        for paper in queries.papers()
        for version in queries.versions_of(paper)
    ]
    return Table(
        "versions",
        _("Versions of papers"),
        (
            Column("paper", _("Paper"), "identifier"),
            Column("key", _("Version"), "identifier", link="url"),
            Column("title", _("Title"), language="language"),
            Column("symbol", _("Symbol"), "identifier"),
            Column("date", _("Date"), "date"),
            Column("status", _("Status")),
            Column("official", _("Official text held")),
        ),
        rows,
        empty=_("No paper has been loaded or imported here yet."),
    )


def imports_table(records: Iterable[PaperImport], total: int) -> Table:
    """Files that officers sent in."""
    rows = [
        {
            "file": record.attachment.name,
            "url": reverse("paper_import", args=[record.pk]),
            "paper": record.paper_slug,
            "version": record.version_key,
            "state": record.get_state_display(),
            "received": record.begun_at,
            "by": str(record.begun_by or "colloquia"),
            "sha256": record.sha256,
        }
        for record in records
    ]
    return Table(
        "imports",
        _("Files that officers sent in"),
        (
            Column("file", _("File"), link="url"),
            Column("paper", _("Paper"), "identifier"),
            Column("version", _("Version"), "identifier"),
            Column("state", _("State")),
            Column("received", _("Received"), "date"),
            Column("by", _("By")),
            Column("sha256", _("SHA-256"), "identifier", shown=False),
        ),
        rows,
        empty=_("No file has been sent in yet."),
        total=total,
    )
