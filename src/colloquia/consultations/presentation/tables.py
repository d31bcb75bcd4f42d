"""The tables of the pages as files: the same rows, with permanent ids and without what a page leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from colloquia.consultations.presentation.counts import QuestionRow, ThemeRow
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.presentation.words import sender
from colloquia.core.tables import Column, Table
from colloquia.core.written import with_thousands
from colloquia.engines.bulk import PassageRow, SubmissionRow


def base_sentence(visit: Visit, base: int) -> str:
    """What was counted; with filters in force, that it is a part."""
    values = {"base": with_thousands(base)}
    if visit.filtering.in_force:
        return _("Of the %(base)s submissions that match the filters.") % values
    return _("Of %(base)s submissions.") % values


def question_table(visit: Visit, rows: Sequence[QuestionRow], base: int) -> Table:
    """Submissions beside distinct messages, by question."""
    columns = (
        Column("text", _("Question"), link="url", language="language", note="question_id"),
        Column("question_id", _("Id"), "identifier", shown=False),
        Column("submissions", _("Submissions"), "number", bar="share"),
        Column("messages", _("Distinct messages"), "number"),
        Column("organisations", _("Organisations"), "number"),
        Column("states", _("States"), "number"),
        Column("passages", _("Passages"), "number"),
    )
    listed = [
        {
            "text": row.text,
            "language": row.language,
            "question_id": row.question_id,
            "url": row.url,
            "submissions": row.counts.submissions,
            "messages": row.counts.messages,
            "organisations": row.counts.organisations,
            "states": row.counts.states,
            "passages": row.counts.passages,
            "share": row.counts.submissions / base if base else None,
        }
        for row in rows
    ]
    several = _("A submission may answer several questions.")
    return Table(
        "questions",
        _("Answers by question"),
        columns,
        listed,
        base=f"{base_sentence(visit, base)} {several}",
        empty=_("This run was made without a paper of questions."),
    )


def theme_table(visit: Visit, rows: Sequence[ThemeRow], base: int, name: str = "themes") -> Table:
    """Themes with their counts, in the order of the page."""
    columns = (
        Column("label", _("Theme"), link="url"),
        Column("theme_id", _("Id"), "identifier"),
        Column("group_id", _("Group of themes"), "identifier"),
        Column("submissions", _("Submissions"), "number"),
        Column("messages", _("Distinct messages"), "number"),
        Column("organisations", _("Organisations"), "number"),
        Column("states", _("States"), "number"),
        Column("stability", _("Stability"), "decimal"),
        Column("passages", _("Passages"), "number"),
        Column("base", _("Base"), "number"),
        Column("label_by_officer", _("Label by an officer")),
    )
    listed = [
        {
            "label": row.theme.label,
            "theme_id": row.theme.theme_id,
            "group_id": row.theme.parent_id,
            "url": row.url,
            "submissions": row.counts.submissions,
            "messages": row.counts.messages,
            "organisations": row.counts.organisations,
            "states": row.counts.states,
            "stability": row.theme.stability,
            "passages": row.counts.passages,
            "base": base,
            "label_by_officer": row.theme.label_by_officer,
        }
        for row in rows
    ]
    return Table(name, _("Themes"), columns, listed, base=base_sentence(visit, base))


def passage_table(visit: Visit, rows: Iterable[PassageRow], caption: str, name: str = "passages") -> Table:
    """Passages with who sent them; persons for officers only."""
    columns = [
        Column("passage_id", _("Passage"), "identifier", link="url"),
        Column("submission_id", _("Submission"), "identifier"),
        Column("text", _("Text"), language="language"),
        Column("language", _("Language code"), "identifier"),
        Column("page", _("Page"), "number"),
        Column("shared", _("Only repeats a shared text")),
        Column("organisation", _("Organisation")),
        Column("stakeholder", _("Stakeholder group")),
        Column("territory", _("Established in")),
        Column("territory_code", _("Territory code"), "identifier"),
        Column("score", _("Score"), "decimal"),
    ]
    if visit.officer:
        columns.insert(7, Column("person", _("Person")))
    listed = (
        {
            "passage_id": row.passage_id,
            "url": visit.permanent("consultation_passage", row.passage_id),
            "submission_id": row.submission_id,
            "text": row.text,
            "language": row.language,
            "page": row.page or None,
            "shared": row.shared,
            "organisation": row.organisation or None,
            "person": row.person or None,
            "stakeholder": row.stakeholder or None,
            "territory": visit.territory(row.country) or None,
            "territory_code": row.country or None,
            "score": row.score,
        }
        for row in rows
    )
    return Table(name, caption, tuple(columns), listed)


def submission_table(
    visit: Visit, rows: Iterable[SubmissionRow], total: int, *, whole: bool = False
) -> Table:
    """Submissions with who sent them."""
    columns = [
        Column("submission_id", _("Submission"), "identifier", link="url"),
        Column("sender", _("Sender"), shown=not whole),
        Column("organisation", _("Organisation"), shown=whole),
        Column("stakeholder", _("Stakeholder group")),
        Column("territory", _("Established in")),
        Column("territory_code", _("Territory code"), "identifier", shown=False),
        Column("language", _("Language")),
        Column("language_code", _("Language code"), "identifier", shown=False),
        Column("channel", _("Channel")),
        Column("date", _("Date")),
        Column("characters", _("Length"), "number"),
        Column("status", _("Status")),
        Column("position", _("Position as declared"), shown=False),
    ]
    if visit.officer:
        columns += [
            Column("person", _("Person"), shown=False),
            Column("source_id", _("Id at the source"), "identifier", shown=False),
        ]
    listed = (_submission(visit, row) for row in rows)
    return Table(
        "submissions",
        _("Submissions"),
        tuple(columns),
        listed if whole else list(listed),
        base=base_sentence(visit, total),
        empty=_("No submission matches."),
        total=total,
    )


def _submission(visit: Visit, row: SubmissionRow) -> Mapping[str, Any]:
    return {
        "submission_id": row.submission_id,
        "url": visit.url("consultation_submission", row.submission_id),
        "sender": sender(visit, row).name,
        "organisation": row.organisation or None,
        "person": row.person or None,
        "source_id": row.source_id,
        "stakeholder": row.stakeholder or None,
        "territory": visit.territory(row.country) or None,
        "territory_code": row.country or None,
        "language": visit.tongue(row.language) or None,
        "language_code": row.language or None,
        "channel": row.channel or None,
        "date": row.date or None,
        "characters": row.characters,
        "status": status_words(row.status),
        "position": row.position or None,
    }


def status_words(status: str) -> str:
    """How far a submission could be read."""
    words = {
        "read": _("Read by machine"),
        "partial": _("Read in part"),
        "empty": _("Empty"),
        "unreadable": _("Unreadable"),
    }
    return words.get(status, status)
