"""Sheets of counts and of the run: breakdowns, closed answers, languages, problems, method."""

from __future__ import annotations

import json
from collections.abc import Iterator

from colloquia.engines.report.context import Context
from colloquia.engines.report.sections.breakdowns import not_stated, titles
from colloquia.engines.report.sections.method import limits, steps
from colloquia.engines.report.sections.problems import all_problems
from colloquia.engines.report.sheets.content import Field, Sheet, Value


def breakdowns(context: Context) -> Sheet:
    """Every breakdown with its base; the part that did not say is a row of its own."""
    _ = context.words.gettext
    fields = (
        Field(_("Dimension"), 22),
        Field(_("Question")),
        Field(_("Theme"), 16),
        Field(_("Value"), 18),
        Field(_("Name"), 34),
        Field(_("Submissions"), 13, "number"),
        Field(_("Distinct messages"), 13, "number"),
        Field(_("Base"), 10, "number"),
        Field(_("Share of base"), 10, "share"),
        Field(_("Rows overlap"), 10),
    )
    return Sheet(_("Breakdowns"), fields, _breakdown_rows(context))


def _breakdown_rows(context: Context) -> Iterator[tuple[Value, ...]]:
    _ = context.words.gettext
    named = {dimension: title for dimension, (title, _meaning) in titles(context).items()}
    for one in context.analysis.breakdowns:
        title = named.get(one.dimension, one.dimension)
        head = (title, one.question_id or "", one.theme_id or "")
        overlap = _("yes") if one.overlapping else _("no")
        for row in one.rows:
            name = context.value_name(one, row).text
            share = row.submissions / one.base if one.base else None
            yield *head, row.value, name, row.submissions, row.distinct_messages, one.base, share, overlap
        share = one.missing / one.base if one.base else None
        yield *head, "", not_stated(context, one.dimension), one.missing, None, one.base, share, overlap


def closed_answers(context: Context) -> Sheet:
    """Closed answers with their base; blanks are a row of their own."""
    _ = context.words.gettext
    rows: list[tuple[Value, ...]] = []
    for one in context.analysis.closed:
        for row in one.rows:
            share = row.submissions / one.base if one.base else None
            rows.append(
                (one.column, row.label or row.value, row.submissions, row.distinct_messages, one.base, share)
            )
        share = one.missing / one.base if one.base else None
        rows.append((one.column, _("Not stated"), one.missing, None, one.base, share))
    fields = (
        Field(_("Column"), 50, "long"),
        Field(_("Answer"), 34),
        Field(_("Submissions"), 13, "number"),
        Field(_("Distinct messages"), 13, "number"),
        Field(_("Base"), 10, "number"),
        Field(_("Share of base"), 10, "share"),
    )
    return Sheet(_("Closed answers"), fields, rows)


def languages(context: Context) -> Sheet:
    """Every language found and whether it was analysed."""
    _ = context.words.gettext
    rows = [
        (
            one.language,
            context.language_name(one.language),
            _("yes") if one.supported else _("no"),
            one.submissions,
            one.passages,
            one.characters,
        )
        for one in context.analysis.languages
    ]
    fields = (
        Field(_("Code"), 8),
        Field(_("Language"), 24),
        Field(_("Analysed"), 11),
        Field(_("Submissions"), 13, "number"),
        Field(_("Passages"), 13, "number"),
        Field(_("Characters"), 13, "number"),
    )
    return Sheet(_("Languages"), fields, rows)


def problems(context: Context) -> Sheet:
    """Every problem with its place and remedy."""
    _ = context.words.gettext
    rows = [(one.kind, one.where, one.message) for one in all_problems(context)]
    fields = (
        Field(_("Kind"), 24),
        Field(_("Where"), 44, "long"),
        Field(_("What, and the remedy"), 90, "long"),
    )
    return Sheet(_("Problems"), fields, rows)


def method(context: Context) -> Sheet:
    """Measured quality, settings and limits."""
    _, analysis = context.words.gettext, context.analysis
    rows: list[tuple[Value, ...]] = [
        *((_("Measured quality"), name, value) for name, value in analysis.quality.items()),
        *(
            (_("Setting"), name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
            for name, value in analysis.parameters.items()
        ),
        *((_("How it was made"), "", text) for text in steps(context)),
        *((_("What it cannot say"), "", text) for text in limits(context)),
    ]
    fields = (Field(_("Part"), 22), Field(_("Name"), 34), Field(_("Value"), 90, "long"))
    return Sheet(_("Method"), fields, rows)
