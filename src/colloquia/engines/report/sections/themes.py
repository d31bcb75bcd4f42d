"""The themes of each question, each with quotations that lead to the evidence."""

from __future__ import annotations

from colloquia.engines.report.citations import Citation
from colloquia.engines.report.content import (
    Block,
    Cell,
    Column,
    Fold,
    Heading,
    Paragraph,
    Quotation,
    Row,
    Run,
    Runs,
    Section,
    Table,
    cell,
    fill,
    foreign,
    plain,
)
from colloquia.engines.report.context import Context
from colloquia.engines.report.text import anchor, clean, language_tag
from colloquia.engines.results import Theme


def themes(context: Context) -> Section:
    """Every theme, by question and for the whole docket."""
    words, index = context.words, context.index
    _ = words.gettext
    blocks: list[Block] = [
        Paragraph(
            plain(
                _(
                    "A theme gathers passages of like meaning, in whatever language they were written. It "
                    "says what was spoken of, never who is for or against. Labels and terms are the "
                    "machine's; only the quotations are the senders' own words."
                )
            )
        )
    ]
    entries: list[tuple[str, Runs]] = []
    whole: list[str | None] = [None] if index.roots.get(None) else []
    for question in [*index.question_order(), *whole]:
        place = "themes-all" if question is None else anchor("q", question)
        name = plain(_("The whole docket")) if question is None else (foreign(question),)
        entries.append((place, name))
        blocks += _of_question(context, question, place, name)
    if not index.themes:
        blocks.append(Paragraph(plain(_("No theme was found; there may be too little text for it."))))
    return Section("themes", _("Themes"), tuple(blocks), tuple(entries))


def _of_question(context: Context, question: str | None, place: str, name: Runs) -> list[Block]:
    words, index = context.words, context.index
    known = index.questions.get(question) if question else None
    language = language_tag(context.analysis.paper.language) if context.analysis.paper else ""
    title = (*name, Run(" · ", style="faint"), foreign(known.text, language)) if known else name
    blocks: list[Block] = [Heading(3, title, place)]
    ordered = index.ordered_themes(question)
    if not ordered:
        count = index.counts.get(question) if question else None
        text = (
            words.gettext("No answer to this question was received.")
            if count is None or count.submissions == 0
            else words.gettext("Answers were received, but too few or too different to form a theme.")
        )
        return [*blocks, Paragraph(plain(text), "plain")]
    limit = max(context.options.limits.themes // max(len(index.roots), 1), 10)
    blocks.append(_table(context, question, ordered[:limit], len(ordered)))
    leading = context.options.limits.leading_themes
    for _depth, theme in ordered[:leading]:
        blocks += _detail(context, theme)
    rest = [theme for _depth, theme in ordered[leading:limit]]
    inner = tuple(block for theme in rest for block in _detail(context, theme))
    if inner:
        summary = words.ngettext(
            "Quotations from {n} more theme", "Quotations from {n} more themes", len(rest)
        ).format(n=words.number(len(rest)))
        blocks.append(Fold(plain(summary), inner))
    return blocks


def _table(context: Context, question: str | None, ordered: list[tuple[int, Theme]], total: int) -> Table:
    words, index, analysis = context.words, context.index, context.analysis
    _ = words.gettext
    count = index.counts.get(question) if question else None
    submissions = count.submissions if count else analysis.funnel.analysed
    messages = count.distinct_messages if count else analysis.funnel.distinct_messages
    largest = max(theme.distinct_messages for _depth, theme in ordered)
    columns = [
        Column(_("Theme and its terms")),
        Column(_("Submissions"), "number"),
        Column(_("Distinct messages"), "bar"),
        Column(_("Organisations"), "number"),
        *([Column(_("States"), "number")] if index.has_states else []),
        Column(_("Stability")),
    ]
    rows = [_row(context, depth, theme, largest) for depth, theme in ordered]
    outside = index.in_no_theme(question)
    rows.append(
        Row(
            (cell(_("In no theme")), cell(words.number(outside)), *(cell("–") for _column in columns[2:])),
            "missing",
        )
    )
    note = _("A submission may be in several themes.")
    if index.has_states:
        note += " " + _(
            "“States” counts states that wrote in their own name, by the stakeholder that they gave."
        )
    if total > len(ordered):
        note += " " + words.ngettext(
            "{n} more theme is in tables.xlsx and themes.parquet.",
            "{n} more themes are in tables.xlsx and themes.parquet.",
            total - len(ordered),
        ).format(n=words.number(total - len(ordered)))
    caption = _("Base: {submissions}, {messages}").format(
        submissions=context.submissions(submissions), messages=context.messages(messages)
    )
    return Table(plain(caption), tuple(columns), tuple(rows), plain(note))


def _row(context: Context, depth: int, theme: Theme, largest: int) -> Row:
    words = context.words
    reach = context.index.reach(theme)
    cited = bool(context.citations.of_theme.get(theme.theme_id))
    label = foreign(
        theme.label, target=anchor("d", theme.theme_id) if cited else "", style="" if depth else "strong"
    )
    terms = tuple(run for term in theme.terms[:8] for run in (Run(" · "), foreign(term)))[1:]
    cells = [
        Cell((label,), below=terms),
        cell(words.number(theme.submissions)),
        Cell(
            plain(words.number(theme.distinct_messages)),
            bar=theme.distinct_messages / largest if largest else 0.0,
        ),
        cell(words.number(reach.organisations)),
        *([cell(words.number(reach.states))] if context.index.has_states else []),
        Cell(plain(context.stability(theme.stability)), below=plain(words.decimal(theme.stability))),
    ]
    return Row(tuple(cells), level=min(depth, 3), anchor=anchor("t", theme.theme_id))


def _detail(context: Context, theme: Theme) -> list[Block]:
    citations = context.citations.of_theme.get(theme.theme_id, [])
    if not citations:
        return []
    heading = Heading(
        4,
        (
            foreign(theme.label),
            Run(" · ", style="faint"),
            Run(
                context.submissions(theme.submissions)
                + context.words.comma
                + context.messages(theme.distinct_messages),
                style="faint",
            ),
        ),
        anchor("d", theme.theme_id),
    )
    return [heading, *(quotation(context, citation) for citation in citations)]


def quotation(context: Context, citation: Citation) -> Quotation:
    """A quotation with its source, which links to the whole passage in the annex."""
    passage, submission = citation.passage, citation.submission
    parts: list[Runs] = [
        (Run(passage.passage_id, target=anchor("e", passage.passage_id), style="code"),),
        (context.source(submission),),
    ]
    if submission.stakeholder.strip():
        parts.append((foreign(submission.stakeholder),))
    parts.append((foreign(citation.document.name),))
    if passage.page:
        parts.append(plain(context.words.gettext("page {n}").format(n=context.n(passage.page))))
    parts.append((foreign(context.language_name(passage.language)),))
    shared = context.index.named_group.get(submission.submission_id)
    if shared:
        text = context.words.gettext("from shared text {group}")
        parts.append(fill(text, group=foreign(shared, target=anchor("g", shared), style="code")))
    source = tuple(run for part in parts for run in (Run(" · "), *part))[1:]
    words = Run(clean(citation.quote.text), foreign=True, language=language_tag(passage.language))
    return Quotation((words,), language_tag(passage.language), source, anchor("c", citation.quote.quote_id))
