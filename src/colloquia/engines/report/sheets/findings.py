"""Sheets of what was found: summary, questions, themes, quotations, shared text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from colloquia.engines.report.citations import resolve
from colloquia.engines.report.context import Context
from colloquia.engines.report.sheets.content import Field, Sheet, Value


def summary(context: Context, notes: Sequence[str]) -> Sheet:
    """What was received and analysed, and what this workbook leaves to other files."""
    _ = context.words.gettext
    analysis, funnel, options = context.analysis, context.analysis.funnel, context.options
    rows: list[tuple[Value, ...]] = [
        (_("Consultation"), analysis.title),
        (_("Status"), _("Draft") + ". " + _("Machine analysis, not signed by an officer.")),
        (
            "",
            options.standing
            or _(
                "This is an informal exchange of views, not a negotiation. It is without prejudice to any "
                "position."
            ),
        ),
        ("", options.notice),
        (_("Made on"), options.made_on),
        (_("Run"), options.run),
        (_("Made with"), f"Colloquia {options.version}"),
        (_("Received"), funnel.received),
        (_("Readable"), funnel.readable),
        (_("Unreadable"), funnel.unreadable),
        (_("In an unsupported language"), funnel.unsupported),
        (_("Analysed"), funnel.analysed),
        (_("Distinct messages"), funnel.distinct_messages),
        (_("Themes"), len(analysis.themes)),
        (_("Passages"), len(analysis.passages)),
        *(("", note) for note in notes),
    ]
    kept = [row for row in rows if row[1] != ""]
    return Sheet(_("Summary"), (Field(_("Figure"), 34), Field(_("Value"), 90, "long")), kept)


def questions(context: Context) -> Sheet:
    """Every question with its counts, in the order of the paper."""
    _, index = context.words.gettext, context.index
    rows: list[tuple[Value, ...]] = []
    for one in index.question_order():
        question, count = index.questions.get(one), index.counts.get(one)
        rows.append(
            (
                one,
                question.issue_id if question else "",
                question.issue_title if question else "",
                question.text if question else "",
                count.submissions if count else 0,
                count.distinct_messages if count else 0,
                count.passages if count else 0,
            )
        )
    fields = (
        Field(_("Question")),
        Field(_("Issue")),
        Field(_("Issue's title"), 30, "long"),
        Field(_("Text"), 70, "long"),
        Field(_("Submissions"), 13, "number"),
        Field(_("Distinct messages"), 13, "number"),
        Field(_("Passages"), 13, "number"),
    )
    return Sheet(_("Questions"), fields, rows)


def themes(context: Context) -> Sheet:
    """Every theme, however small."""
    _ = context.words.gettext
    fields = (
        Field(_("Theme"), 16),
        Field(_("Question")),
        Field(_("Above it"), 16),
        Field(_("Depth"), 8, "number"),
        Field(_("Label"), 44, "long"),
        Field(_("Terms"), 44, "long"),
        Field(_("Submissions"), 13, "number"),
        Field(_("Distinct messages"), 13, "number"),
        Field(_("Organisations"), 13, "number"),
        Field(_("States"), 10, "number"),
        Field(_("Countries of respondents"), 13, "number"),
        Field(_("Stability"), 10, "decimal"),
        Field(_("Stability in words"), 16),
    )
    return Sheet(_("Themes"), fields, _theme_rows(context))


def _theme_rows(context: Context) -> Iterator[tuple[Value, ...]]:
    index = context.index
    for question in [*index.question_order(), None]:
        for depth, theme in index.ordered_themes(question):
            reach = index.reach(theme)
            yield (
                theme.theme_id,
                theme.question_id or "",
                theme.parent_id or "",
                depth,
                theme.label,
                " · ".join(theme.terms),
                theme.submissions,
                theme.distinct_messages,
                reach.organisations,
                reach.states if index.has_states else None,
                reach.countries,
                theme.stability,
                context.stability(theme.stability),
            )


def quotes(context: Context) -> Sheet:
    """Every quotation that is where it says it is."""
    _ = context.words.gettext
    fields = (
        Field(_("Quotation"), 18),
        Field(_("Theme"), 16),
        Field(_("Label"), 36, "long"),
        Field(_("Question")),
        Field(_("Text"), 80, "long"),
        Field(_("Passage"), 18),
        Field(_("Start"), 9, "number"),
        Field(_("End"), 9, "number"),
        Field(_("Submission"), 15),
        Field(_("Sender"), 28),
        Field(_("Stakeholder"), 22),
        Field(_("Established in"), 22),
        Field(_("Language"), 14),
        Field(_("Document"), 28),
        Field(_("Page"), 8, "number"),
        Field("SHA-256", 20),
    )
    return Sheet(_("Quotations"), fields, _quote_rows(context), pointer=5, source="passages.parquet")


def _quote_rows(context: Context) -> Iterator[tuple[Value, ...]]:
    index, names = context.index, context.options.names
    for quote in context.analysis.quotes:
        citation = resolve(index, quote)
        if citation is None:
            continue
        theme = index.themes.get(quote.theme_id)
        passage, submission, document = citation.passage, citation.submission, citation.document
        yield (
            quote.quote_id,
            quote.theme_id,
            theme.label if theme else "",
            quote.question_id or "",
            quote.text,
            passage.passage_id,
            quote.start,
            quote.end,
            submission.submission_id,
            index.source_name(submission),
            submission.stakeholder,
            names.territory(submission.country) if submission.country else "",
            context.language_name(passage.language),
            document.name,
            passage.page or None,
            document.sha256,
        )


def shared(context: Context) -> Sheet:
    """Groups with their text and what each sender added; members of similar groups unnamed."""
    _ = context.words.gettext
    fields = (
        Field(_("Group"), 12),
        Field(_("Kind"), 16),
        Field(_("Members"), 11, "number"),
        Field(_("Submission"), 18),
        Field(_("What stands here"), 20),
        Field(_("Text"), 100, "long"),
    )
    return Sheet(
        _("Shared text"),
        fields,
        _shared_rows(context),
        source="group_members.parquet",
        notes=(_("Senders of merely similar messages are not named."),),
    )


def _shared_rows(context: Context) -> Iterator[tuple[Value, ...]]:
    _, index = context.words.gettext, context.index
    kinds = {"exact": _("the same text"), "edited": _("edited text"), "similar": _("similar messages")}
    for kind in ("exact", "edited", "similar"):
        named = kind != "similar"
        for group in index.groups.get(kind, []):
            submission = index.submissions.get(group.representative)
            whole = index.full_text(submission) if submission else ""
            first = group.representative if named else _("not named")
            yield group.group_id, kinds[kind], group.members, first, _("the shared text"), whole
            members = index.members.get(group.group_id, [])
            if named:
                for member in members:
                    yield (
                        group.group_id,
                        kinds[kind],
                        None,
                        member.submission_id,
                        _("added by the sender"),
                        member.unique_text,
                    )
                continue
            for text in sorted(one.unique_text for one in members if one.unique_text.strip()):
                yield group.group_id, kinds[kind], None, _("not named"), _("added by the sender"), text
