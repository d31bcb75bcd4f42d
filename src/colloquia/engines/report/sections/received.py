"""How many submissions reached each step, and how much was said on each question."""

from __future__ import annotations

from colloquia.engines.report.content import (
    Cell,
    Column,
    Paragraph,
    Row,
    Section,
    Table,
    cell,
    foreign,
    plain,
)
from colloquia.engines.report.context import Context
from colloquia.engines.report.text import anchor, language_tag


def received(context: Context) -> Section:
    """The funnel from what was received to what was analysed."""
    words, funnel = context.words, context.analysis.funnel
    _ = words.gettext
    short = funnel.readable - funnel.unsupported - funnel.analysed
    steps = [
        (_("Received"), funnel.received, _("every submission, whatever its state"), "body"),
        (_("Readable"), funnel.readable, _("text could be read from it"), "body"),
        (_("Unreadable"), funnel.unreadable, _("broken, locked or empty; listed below"), "missing"),
        (
            _("In an unsupported language"),
            funnel.unsupported,
            _("read as text, not analysed; listed below"),
            "missing",
        ),
        (_("Readable, too short to analyse"), short, _("no passage could be compared"), "missing"),
        (_("Analysed"), funnel.analysed, _("at least one passage was compared with the others"), "body"),
        (
            _("Distinct messages"),
            funnel.distinct_messages,
            _("a text shared by several submissions counts once"),
            "body",
        ),
    ]
    rows = tuple(
        Row(
            (
                Cell(plain(name), below=plain(meaning)),
                Cell(plain(words.number(number)), bar=_part(number, funnel.received)),
                cell(words.share(number, funnel.received)),
            ),
            kind,
        )
        for name, number, meaning, kind in steps
        if name != _("Readable, too short to analyse") or number > 0
    )
    table = Table(
        plain(_("Base: {n} received").format(n=context.submissions(funnel.received))),
        (
            Column(_("Step")),
            Column(_("Number"), "bar"),
            Column(_("Share of received"), "number"),
        ),
        rows,
        compact=True,
    )
    opening = Paragraph(
        plain(
            _(
                "Nobody is dropped: submissions and distinct messages are counted side by side, and what "
                "could not be analysed is listed for a human reader."
            )
        )
    )
    return Section("received", _("What was received"), (opening, table))


def questions(context: Context) -> Section:
    """Submissions beside distinct messages for each question, with the base."""
    words, index, funnel = context.words, context.index, context.analysis.funnel
    _ = words.gettext
    title = _("Answers by question")
    order = index.question_order()
    if not order:
        text = _(
            "The analysis was made without a paper: no questions were given, and themes are for the whole "
            "docket."
        )
        return Section("questions", title, (Paragraph(plain(text)),))
    largest = max((one.submissions for one in index.counts.values()), default=0)
    rows: list[Row] = []
    issue = ""
    for one in order:
        question, count = index.questions.get(one), index.counts.get(one)
        if question is not None and question.issue_id != issue:
            issue = question.issue_id
            heading = (foreign(f"{question.issue_id} {question.issue_title}", _paper_language(context)),)
            rows.append(Row((Cell(heading),), "group"))
        submissions = count.submissions if count else 0
        messages = count.distinct_messages if count else 0
        rows.append(
            Row(
                (
                    Cell(
                        (foreign(one, target=anchor("q", one), style="strong"),),
                        below=(foreign(question.text, _paper_language(context)),) if question else (),
                    ),
                    Cell(
                        plain(words.number(submissions)),
                        bar=_part(submissions, largest),
                        inner=_part(messages, largest),
                    ),
                    cell(words.number(messages)),
                    cell(words.number(count.passages if count else 0)),
                ),
                level=1 if question is not None else 0,
            )
        )
    answered: set[str] = set().union(*index.question_senders.values()) if index.question_senders else set()
    rows.append(
        _without(context, _("Analysed, on none of the questions"), max(funnel.analysed - len(answered), 0))
    )
    rows.append(_without(context, _("Not analysed"), funnel.received - funnel.analysed))
    table = Table(
        plain(
            _(
                "Base: {analysed} analysed of {received} received. A submission may answer several questions."
            ).format(analysed=words.number(funnel.analysed), received=words.number(funnel.received))
        ),
        (
            Column(_("Question")),
            Column(_("Submissions"), "bar"),
            Column(_("Distinct messages"), "number"),
            Column(_("Passages"), "number"),
        ),
        tuple(rows),
        legend=plain(_("The whole bar is submissions; its dark part is distinct messages.")),
    )
    return Section("questions", title, (table,))


def _paper_language(context: Context) -> str:
    paper = context.analysis.paper
    return language_tag(paper.language) if paper else ""


def _without(context: Context, name: str, number: int) -> Row:
    return Row((cell(name), cell(context.n(number)), cell("–"), cell("–")), "missing")


def _part(number: int, whole: int) -> float:
    return min(max(number / whole, 0.0), 1.0) if whole > 0 else 0.0
