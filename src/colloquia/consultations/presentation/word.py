"""A page for Word: as filtered and corrected, with numbered paragraphs, and quotes with their ids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from colloquia import __version__
from colloquia.consultations.models import ThemeInEffect
from colloquia.consultations.presentation.breakdowns import Breakdown, breakdowns
from colloquia.consultations.presentation.counts import (
    Counts,
    QuestionRow,
    ThemeRow,
    question_rows,
    theme_rows,
)
from colloquia.consultations.presentation.head import closing_words, funnel_rows, status
from colloquia.consultations.presentation.history import steps_of
from colloquia.consultations.presentation.quotes import quotes_of
from colloquia.consultations.presentation.tables import base_sentence
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.presentation.words import stability
from colloquia.consultations.queries.asked import questions_read
from colloquia.core.components import Quote
from colloquia.core.written import with_thousands
from colloquia.engines.report.content import (
    Block,
    Cell,
    Column,
    Heading,
    Paragraph,
    Quotation,
    Report,
    Row,
    Run,
    Section,
    Table,
    cell,
    foreign,
    numbered,
    plain,
)
from colloquia.engines.report.text import clean

QUOTED = 12
"""Themes of a list that are quoted in the document of a whole consultation."""


def word_document(visit: Visit, *, question: str = "", theme: str = "") -> bytes:
    """The bytes of the document for the whole consultation, a question or a theme."""
    from colloquia.engines.report.word import document_of

    found = visit.theme(theme) if theme else None
    if found:
        sections = _theme(visit, found)
    elif question:
        sections = _question(visit, question)
    else:
        sections = _whole(visit)
    day = timezone.localdate().isoformat()
    return document_of(
        _report(visit, numbered(sections)), language=visit.language, made_on=day, version=__version__
    )


def _report(visit: Visit, sections: tuple[Section, ...]) -> Report:
    chosen = "; ".join(chip.sentence for chip in visit.filtering.bar.chips)
    facts: list[tuple[str, Any]] = [(_("Address"), plain(visit.permanent("consultation")))]
    if closing := closing_words(visit.consultation):
        facts.append((_("Closing date"), plain(closing)))
    if chosen:
        facts.append((_("Shown only"), (foreign(chosen),)))
    note = visit.consultation.note(visit.language)
    return Report(
        title=foreign(visit.title),
        status=plain(status(visit)),
        notice=(foreign(note),) if note else (),
        facts=tuple(facts),
        sections=sections,
        labels={"kind": _("Analysis of responses to a consultation"), "contents": _("Contents")},
    )


def _whole(visit: Visit) -> list[Section]:
    questions = question_rows(visit)
    themes = theme_rows(visit, "", visit.base)
    received = [
        Paragraph(plain(f"{row.label}: {with_thousands(row.count)}. {row.meaning}"))
        for row in funnel_rows(visit)
    ]
    found = [
        Section("received", _("What was received"), tuple(received)),
        Section("questions", _("Questions"), (_question_table(visit, questions),)),
        Section("themes", _("Themes across all questions"), tuple(_themes(visit, themes, visit.base))),
        Section("who", _("Who answered"), tuple(_breakdown(item) for item in breakdowns(visit))),
        _limits(),
    ]
    return [section for section in found if section.blocks]


def _question(visit: Visit, question: str) -> list[Section]:
    row = next(item for item in question_rows(visit) if item.question_id == question)
    themes = theme_rows(visit, question, row.counts.submissions)
    said = [
        Paragraph((foreign(row.text, row.language), Run(f" ({row.question_id})", style="faint"))),
        Paragraph(plain(_counted(row.counts))),
        Paragraph(plain(base_sentence(visit, visit.base))),
    ]
    return [
        Section("question", _("Question"), tuple(said)),
        Section(
            "themes", _("Themes of this question"), tuple(_themes(visit, themes, row.counts.submissions))
        ),
        Section(
            "who", _("Who answered"), tuple(_breakdown(item) for item in breakdowns(visit, question=question))
        ),
        _limits(),
    ]


def _theme(visit: Visit, theme: ThemeInEffect) -> list[Section]:
    base = visit.base
    if theme.question_id:
        rows = question_rows(visit)
        base = next((row.counts.submissions for row in rows if row.question_id == theme.question_id), 0)
    themes = theme_rows(visit, theme.question_id, base)
    row = next(item for item in themes if item.theme.theme_id == theme.theme_id)
    said: list[Block] = [
        Paragraph((foreign(theme.label), Run(f" ({theme.theme_id})", style="faint"))),
        Paragraph(plain(f"{_counted(row.counts)} {base_sentence(visit, base)}")),
    ]
    if theme.question_id:
        (question,) = questions_read(visit.run, only=[theme.question_id])
        words = foreign(question.text, question.language)
        said.insert(0, Paragraph((words, Run(f" ({question.question_id})", style="faint"))))
    said += [Paragraph((foreign(step.sentence),)) for step in steps_of(visit, theme.theme_id)]
    quotes = quotes_of(visit, [theme.theme_id], most=10)[theme.theme_id]
    counted = breakdowns(visit, question=theme.question_id, theme=theme.theme_id)
    return [
        Section("theme", _("Theme"), tuple(said)),
        Section("quotes", _("In their own words"), tuple(_quotations(quotes))),
        Section("who", _("Who raised it"), tuple(_breakdown(item) for item in counted)),
        _limits(),
    ]


def _themes(visit: Visit, rows: Sequence[ThemeRow], base: int) -> list[Block]:
    quoted = [row.theme.theme_id for row in rows if not row.is_group and row.counts.submissions][:QUOTED]
    quotes = quotes_of(visit, quoted)
    blocks: list[Block] = [_theme_table(visit, rows, base)]
    for row in rows:
        if row.theme.theme_id in quotes:
            blocks.append(Heading(3, (foreign(row.theme.label),), f"theme-{row.theme.theme_id}"))
            blocks.append(Paragraph(plain(_counted(row.counts))))
            blocks += _quotations(quotes[row.theme.theme_id])
    return blocks


def _quotations(quotes: Sequence[Quote]) -> list[Block]:
    blocks: list[Block] = []
    for quote in quotes:
        source = (foreign(f"{quote.source}, {quote.identifier}"),)
        blocks.append(Quotation((Run(clean(quote.text), True, quote.language),), quote.language, source))
        if quote.translation:
            how = {
                "": _("Translation by a person"),
                "corrected_translation": _("Machine translation, corrected by a person"),
            }.get(quote.translated_by, _("Machine translation"))
            blocks.append(
                Quotation(
                    (Run(clean(quote.translation), True, quote.translation_language),),
                    quote.translation_language,
                    plain(f"{how}, {quote.identifier}"),
                )
            )
    return blocks


def _counted(counts: Counts) -> str:
    """The counts in a sentence."""
    parts = [
        ngettext("%(n)s submission", "%(n)s submissions", counts.submissions)
        % {"n": with_thousands(counts.submissions)},
        ngettext("%(n)s organisation", "%(n)s organisations", counts.organisations)
        % {"n": with_thousands(counts.organisations)},
        ngettext("%(n)s state", "%(n)s states", counts.states) % {"n": with_thousands(counts.states)},
    ]
    if counts.messages is not None:
        text = ngettext("%(n)s distinct message", "%(n)s distinct messages", counts.messages)
        parts.insert(1, text % {"n": with_thousands(counts.messages)})
    return "; ".join(parts) + "."


def _number(value: int | None) -> Cell:
    return cell("–" if value is None else with_thousands(value))


def _columns(*first: str) -> tuple[Column, ...]:
    heads = (_("Submissions"), _("Distinct messages"), _("Organisations"), _("States"))
    return (*(Column(title) for title in first), *(Column(title, "number") for title in heads))


def _four(counts: Counts) -> tuple[Cell, ...]:
    return tuple(
        _number(value) for value in (counts.submissions, counts.messages, counts.organisations, counts.states)
    )


def _question_table(visit: Visit, rows: Sequence[QuestionRow]) -> Table:
    listed = tuple(
        Row((Cell((foreign(row.text, row.language),), below=plain(row.question_id)), *_four(row.counts)))
        for row in rows
    )
    return Table(plain(base_sentence(visit, visit.base)), _columns(_("Question")), listed)


def _theme_table(visit: Visit, rows: Sequence[ThemeRow], base: int) -> Table:
    listed = tuple(
        Row(
            (
                Cell((foreign(row.theme.label),), below=plain(_below(row))),
                *_four(row.counts),
            ),
            level=1 if row.inner else 0,
        )
        for row in rows
    )
    return Table(plain(base_sentence(visit, base)), _columns(_("Theme")), listed)


def _below(row: ThemeRow) -> str:
    word = stability(row.theme.stability)
    return f"{row.theme.theme_id} · {word}" if word and not row.is_group else row.theme.theme_id


def _breakdown(item: Breakdown) -> Table:
    columns = (
        Column(str(item.title)), Column(_("Submissions"), "number"), Column(_("Distinct messages"), "number"),
    )  # fmt: skip
    rows = [
        Row((Cell((foreign(str(row["label"])),)), _number(row["submissions"]), _number(row.get("messages"))))
        for row in item.table().rows
    ]
    return Table(plain(f"{item.title}. {item.sentence}"), columns, tuple(rows))


def _limits() -> Section:
    texts = (
        _("Those who answer a call choose to do so. Counts describe what was received, not what a public, "
          "a profession or a country thinks."),
        _("Themes are found by a program and corrected by officers. No position of any state, office or "
          "person was inferred."),
        _("A share of those who answered says nothing of those who did not."),
    )  # fmt: skip
    return Section("limits", _("Limits"), tuple(Paragraph(plain(text)) for text in texts))
