"""Sheets of what was received: submissions and passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from colloquia.engines.report.context import Context
from colloquia.engines.report.sheets.content import Field, Sheet, Value

CLOSED_COLUMNS = 60


def submissions(context: Context) -> Sheet:
    """Every submission received, whatever its state, with its closed answers."""
    _ = context.words.gettext
    closed = [one.column for one in context.analysis.closed[:CLOSED_COLUMNS]]
    fields = (
        Field(_("Submission"), 15),
        Field(_("Received as"), 18),
        Field(_("Person"), 22),
        Field(_("Organisation"), 28),
        Field(_("Country code"), 9),
        Field(_("Established in"), 22),
        Field(_("Stakeholder"), 22),
        Field(_("Channel"), 12),
        Field(_("Date"), 12),
        Field(_("Language"), 14),
        Field(_("Declared position"), 20),
        Field(_("Documents"), 11, "number"),
        Field(_("Characters"), 12, "number"),
        Field(_("Reading"), 22),
        Field(_("Problem"), 40, "long"),
        Field(_("Shared text, exact or edited"), 14),
        *(Field(column, 18) for column in closed),
    )
    return Sheet(_("Submissions"), fields, _submission_rows(context, closed), source="submissions.parquet")


def _submission_rows(context: Context, closed: list[str]) -> Iterator[tuple[Value, ...]]:
    _, index, names = context.words.gettext, context.index, context.options.names
    states = {
        "analysed": _("analysed"),
        "partly": _("partly in an unsupported language"),
        "unsupported": _("unsupported language"),
        "unreadable": _("no readable text"),
    }
    for one in context.analysis.submissions:
        problems = [one.problem, *(document.problem for document in one.documents)]
        yield (
            one.submission_id,
            one.source_id,
            one.person,
            one.organisation,
            one.country,
            names.territory(one.country) if one.country else "",
            one.stakeholder,
            one.channel,
            one.date,
            context.language_name(one.language) if one.language else "",
            one.position,
            len(one.documents),
            sum(len(document.text) for document in one.documents),
            states[index.standing_of(one)],
            " ".join(dict.fromkeys(problem for problem in problems if problem)),
            index.named_group.get(one.submission_id, ""),
            *(one.closed.get(column, "") for column in closed),
        )


def passages(context: Context) -> Sheet:
    """Passages with their questions and themes, up to the limit; all are in passages.parquet."""
    words = context.words
    _ = words.gettext
    fields = (
        Field(_("Passage"), 18),
        Field(_("Submission"), 15),
        Field(_("Document"), 18),
        Field(_("Page"), 8, "number"),
        Field(_("Start"), 10, "number"),
        Field(_("End"), 10, "number"),
        Field(_("Language"), 14),
        Field(_("Questions"), 18),
        Field(_("Themes"), 22),
        Field(_("Text"), 100, "long"),
    )
    left = left_out(context)
    note = _("{n} more passages are in passages.parquet.").format(n=words.number(left)) if left else ""
    return Sheet(
        _("Passages"),
        fields,
        _passage_rows(context),
        source="passages.parquet",
        notes=(note,) if note else (),
    )


def left_out(context: Context) -> int:
    """How many passages the workbook leaves to the Parquet file."""
    return max(len(context.analysis.passages) - context.options.limits.sheet_passages, 0)


def _passage_rows(context: Context) -> Iterator[tuple[Value, ...]]:
    analysis = context.analysis
    questions: dict[str, list[str]] = defaultdict(list)
    themes: dict[str, list[str]] = defaultdict(list)
    for answer in analysis.passage_questions:
        questions[answer.passage_id].append(answer.question_id)
    for link in analysis.passage_themes:
        themes[link.passage_id].append(link.theme_id)
    for one in analysis.passages[: context.options.limits.sheet_passages]:
        yield (
            one.passage_id,
            one.submission_id,
            one.document_id,
            one.page or None,
            one.start,
            one.end,
            context.language_name(one.language),
            ", ".join(questions.get(one.passage_id, ())),
            ", ".join(themes.get(one.passage_id, ())),
            one.text,
        )
