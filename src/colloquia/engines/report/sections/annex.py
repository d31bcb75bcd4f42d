"""The evidence: every cited passage whole, with what is needed to find it in the bytes received."""

from __future__ import annotations

from colloquia.engines.report.citations import Citation
from colloquia.engines.report.content import (
    Block,
    Heading,
    Paragraph,
    Quotation,
    Run,
    Runs,
    Section,
    fill,
    foreign,
    plain,
)
from colloquia.engines.report.context import Context
from colloquia.engines.report.text import anchor, clean, language_tag


def annex(context: Context) -> Section:
    """Each cited passage with submission, file, page, offsets and the file's SHA-256."""
    words = context.words
    _ = words.gettext
    cited = context.citations.passages()
    blocks: list[Block] = [
        Paragraph(
            plain(
                _(
                    "To check a quotation: take the file that was received, compare its SHA-256, and read "
                    "its text version at the offsets given. passages.parquet and documents.parquet hold the "
                    "same values."
                )
            )
        )
    ]
    left = context.citations.available - context.citations.shown
    if left > 0:
        text = words.ngettext(
            "{n} more quotation is in tables.xlsx and quotes.parquet.",
            "{n} more quotations are in tables.xlsx and quotes.parquet.",
            left,
        ).format(n=words.number(left))
        blocks.append(Paragraph(plain(text), "note"))
    if not cited:
        blocks.append(Paragraph(plain(_("No passage is cited in this report.")), "plain"))
    for first, every in cited:
        blocks += _entry(context, first, every)
    return Section("evidence", _("Evidence: the passages cited"), tuple(blocks))


def _entry(context: Context, citation: Citation, every: list[Citation]) -> list[Block]:
    _ = context.words.gettext
    passage, document, submission = citation.passage, citation.document, citation.submission
    language = language_tag(passage.language)
    facts: list[Runs] = [
        (Run(submission.submission_id, style="code"), Run(" "), context.source(submission)),
    ]
    if submission.country:
        name = foreign(context.options.names.territory(submission.country) or submission.country)
        facts.append(fill(_("established in {place}"), place=name))
    if submission.source_id:
        facts.append(fill(_("received as {name}"), name=foreign(submission.source_id)))
    facts.append(fill(_("document {name}"), name=foreign(document.name)))
    if passage.page:
        facts.append(plain(_("page {n}").format(n=context.n(passage.page))))
    facts.append(plain(_("characters {start}–{end}").format(start=passage.start, end=passage.end)))
    facts.append((foreign(context.language_name(passage.language)),))
    facts.append((Run("SHA-256 "), Run(document.sha256 or "–", style="code")))
    facts.append(_cited_in(context, every))
    source = tuple(run for fact in facts for run in (Run(" · "), *fact))[1:]
    return [
        Heading(3, (Run(passage.passage_id, style="code"),), anchor("e", passage.passage_id)),
        Quotation(_marked(context, citation, every, language), language, source, kind="passage"),
    ]


def _cited_in(context: Context, every: list[Citation]) -> Runs:
    runs: list[Run] = []
    for citation in every:
        theme = context.index.themes.get(citation.quote.theme_id)
        if theme is not None:
            runs += [
                Run(context.words.comma),
                foreign(theme.label, target=anchor("c", citation.quote.quote_id)),
            ]
    return fill(context.words.gettext("cited in {themes}"), themes=tuple(runs[1:]) or plain("–"))


def _marked(context: Context, citation: Citation, every: list[Citation], language: str) -> Runs:
    """The passage with its quoted parts marked, cut only outside them where it is very long."""
    text, limit = citation.passage.text, context.options.limits.passage_length
    spans: list[tuple[int, int]] = []
    for start, end in sorted((one.quote.start, one.quote.end) for one in every):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    first, last = 0, len(text)
    if len(text) > limit:
        room = max(limit - (spans[-1][1] - spans[0][0]), 200) // 2
        first, last = max(spans[0][0] - room, 0), min(spans[-1][1] + room, len(text))
    runs: list[Run] = [Run("[…] ")] if first else []
    place = first
    for start, end in spans:
        runs += [_piece(text[place:start], language), _piece(text[start:end], language, "mark")]
        place = end
    runs.append(_piece(text[place:last], language))
    if last < len(text):
        runs.append(Run(" […]"))
    return tuple(run for run in runs if run.text)


def _piece(text: str, language: str, style: str = "") -> Run:
    return Run(clean(text), foreign=True, language=language, style=style)
