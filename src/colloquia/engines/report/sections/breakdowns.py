"""Who answered: counts by country, group, stakeholder, language, channel and declared position.

Every table carries its base and the part that did not say; nothing here is a ranking.
"""

from __future__ import annotations

from colloquia.engines.report.content import (
    Block,
    Cell,
    Column,
    Fold,
    Heading,
    Paragraph,
    Row,
    Runs,
    Section,
    Table,
    cell,
    fill,
    foreign,
    plain,
)
from colloquia.engines.report.context import Context
from colloquia.engines.results import Breakdown, ClosedAnswers, Count

DIMENSIONS = ("country", "group", "stakeholder", "language", "channel", "position")
BY_NAME = ("country", "group", "position")


def titles(context: Context) -> dict[str, tuple[str, str]]:
    """Each dimension's title and what must be said beside it."""
    _ = context.words.gettext
    return {
        "country": (
            _("By country or territory"),
            _(
                "Where respondents say that they are established; never the view of that country. In order "
                "of name."
            ),
        ),
        "group": (
            _("By group of states"),
            _("Groups overlap, so the rows add up to more than the base. In order of name."),
        ),
        "stakeholder": (_("By stakeholder"), _("As the senders described themselves.")),
        "language": (_("By language"), _("The main language of each submission.")),
        "channel": (_("By channel"), _("The way in which submissions arrived.")),
        "position": (
            _("By declared position"),
            _("Only as senders declared it in the form. No position is inferred. In order of name."),
        ),
    }


def breakdowns(context: Context) -> Section:
    """The whole docket by each dimension, then each question in folds, then closed answers."""
    _ = context.words.gettext
    blocks: list[Block] = []
    entries: list[tuple[str, Runs]] = []
    analysis = context.analysis
    for dimension, (title, meaning) in titles(context).items():
        found = [one for one in analysis.breakdowns if one.dimension == dimension and one.theme_id is None]
        if not found:
            continue
        entries.append((f"by-{dimension}", plain(title)))
        blocks.append(Heading(3, plain(title), f"by-{dimension}"))
        blocks.append(Paragraph(plain(meaning)))
        blocks += [_table(context, one) for one in found if one.question_id is None]
        by_question = [one for one in found if one.question_id is not None]
        if by_question:
            inner = tuple(_table(context, one) for one in by_question if one.base > 0)
            if inner:
                blocks.append(Fold(plain(_("The same by question")), inner))
    if analysis.closed:
        entries.append(("closed", plain(_("Closed answers"))))
        blocks.append(Heading(3, plain(_("Closed answers")), "closed"))
        blocks.append(Paragraph(plain(_("Answers chosen from a list, as the form recorded them."))))
        blocks += [_closed(context, one) for one in analysis.closed]
    if not blocks:
        blocks.append(Paragraph(plain(_("The input held no column that says who answered."))))
    return Section("breakdowns", _("Who answered"), tuple(blocks), tuple(entries))


def _table(context: Context, breakdown: Breakdown) -> Table:
    words = context.words
    _ = words.gettext
    rows = [(context.value_name(breakdown, one), one) for one in breakdown.rows]
    if breakdown.dimension in BY_NAME:
        rows.sort(key=lambda row: row[0].text.casefold())
    limit = context.options.limits.rows
    body = [_row(context, (name,), one, breakdown.base) for name, one in rows[:limit]]
    body.append(_missing(context, breakdown.dimension, breakdown.missing, breakdown.base))
    base = _("Base: {n}").format(n=context.submissions(breakdown.base))
    caption: Runs = plain(base)
    if breakdown.question_id:
        caption = fill("{question}. {base}", question=foreign(breakdown.question_id), base=base)
    note: Runs = ()
    if len(rows) > limit:
        note = plain(_("{n} more rows in tables.xlsx.").format(n=words.number(len(rows) - limit)))
    return Table(caption, _columns(context), tuple(body), note, compact=True)


def _closed(context: Context, closed: ClosedAnswers) -> Table:
    base = context.words.gettext("Base: {n}").format(n=context.submissions(closed.base))
    rows = [
        _row(context, (foreign(one.label or one.value),), one, closed.base)
        for one in closed.rows[: context.options.limits.rows]
    ]
    rows.append(_missing(context, "", closed.missing, closed.base))
    return Table(
        fill("{column}. {base}", column=foreign(closed.column), base=base),
        _columns(context),
        tuple(rows),
        compact=True,
    )


def _columns(context: Context) -> tuple[Column, ...]:
    _ = context.words.gettext
    return (
        Column(_("Value")),
        Column(_("Submissions"), "bar"),
        Column(_("Share of base"), "number"),
        Column(_("Distinct messages"), "number"),
    )


def _row(context: Context, name: Runs, count: Count, base: int) -> Row:
    words = context.words
    part = min(count.submissions / base, 1.0) if base else 0.0
    inner = min(count.distinct_messages / base, part) if base else 0.0
    return Row(
        (
            Cell(name),
            Cell(plain(words.number(count.submissions)), bar=part, inner=inner),
            cell(words.share(count.submissions, base)),
            cell(words.number(count.distinct_messages)),
        )
    )


def not_stated(context: Context, dimension: str) -> str:
    """What the row of those who did not say is called."""
    _ = context.words.gettext
    return _("In no group, or country not stated") if dimension == "group" else _("Not stated")


def _missing(context: Context, dimension: str, missing: int, base: int) -> Row:
    words = context.words
    return Row(
        (
            cell(not_stated(context, dimension)),
            Cell(plain(words.number(missing)), bar=missing / base if base else 0.0),
            cell(words.share(missing, base)),
            cell("–"),
        ),
        "missing",
    )
