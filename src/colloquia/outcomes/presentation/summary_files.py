"""A summary that leaves the site: a Word document with numbered notes, and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia import __version__
from colloquia.consultations.presentation.visit import Visit
from colloquia.core.components import Quote
from colloquia.engines.report.content import (
    Block as ReportBlock,
)
from colloquia.engines.report.content import (
    Paragraph,
    Quotation,
    Report,
    Run,
    Section,
    foreign,
    numbered,
    plain,
)
from colloquia.engines.report.text import clean
from colloquia.outcomes.models import Citation, Summary
from colloquia.outcomes.presentation.readable import readable_of
from colloquia.outcomes.presentation.said import facts_of, limits, neutrality
from colloquia.outcomes.presentation.summary import Block, Line, notes_of


def word_document(visit: Visit, summary: Summary, shown: Sequence[Block]) -> bytes:
    """The bytes of the document; each sentence is a numbered paragraph that names its notes."""
    from colloquia.engines.report.word import document_of

    sections = [
        Section(
            block.question_id or "head",
            f"{block.question_id} {block.text}".strip() or _("Summary"),
            tuple(Paragraph(_sentence(line, summary.language)) for line in block.lines),
        )
        for block in shown
    ]
    sections.append(Section("notes", _("Passages that the sentences rest on"), tuple(_notes(shown))))
    sections.append(
        Section(
            "limits",
            _("Limits"),
            tuple(Paragraph(plain(text)) for text in limits(leads=readable_of(visit).leads)),
        )
    )
    signed = timezone.localtime(summary.signed_at).date().isoformat() if summary.signed_at else ""
    report = Report(
        title=foreign(visit.title),
        status=plain(_("Summary signed and published on %(day)s.") % {"day": signed}),
        notice=plain(neutrality()),
        facts=tuple(
            (str(fact.term), plain(str(fact.value)))
            for fact in facts_of(summary.said)
            if fact.value is not None
        ),
        sections=numbered(sections),
        labels={"kind": _("Summary of responses to a consultation"), "contents": _("Contents")},
    )
    return document_of(
        report, language=visit.language, made_on=timezone.localdate().isoformat(), version=__version__
    )


def _sentence(line: Line, language: str) -> tuple[Run, ...]:
    marks = "".join(f"[{note.number}]" for note in line.notes)
    return (Run(clean(line.said.sentence.text), True, language), Run(f" {marks}", style="faint"))


def _notes(shown: Sequence[Block]) -> list[ReportBlock]:
    found: list[ReportBlock] = []
    for note in notes_of(shown):
        quote = note.quote
        if quote.instead:
            found.append(Paragraph(plain(f"[{note.number}] {quote.instead}")))
            continue
        where = [
            str(quote.source),
            quote.identifier,
            f"{settings.PUBLIC_URL}{quote.url}" if quote.url else "",
        ]
        source = foreign(f"[{note.number}] {', '.join(part for part in where if part)}")
        found.append(Quotation((Run(clean(quote.text), True, quote.language),), quote.language, (source,)))
    return found


def summary_json_of(visit: Visit, summary: Summary, shown: Sequence[Block]) -> dict[str, Any]:
    """Sentences by question with their citations, and what was published with them."""
    return {
        "consultation": visit.slug,
        "language": summary.language,
        "signed_at": summary.signed_at.isoformat() if summary.signed_at else None,
        "published_with": summary.said,
        "parts": [
            {
                "question": block.question_id or None,
                "text": block.text or None,
                "language": block.language or None,
                "sentences": [
                    {
                        "number": line.said.number,
                        "text": line.said.sentence.text,
                        "machine_draft": line.is_machine,
                        "citations": [
                            _citation_json(item.citation, note.quote)
                            for item, note in zip(line.said.citations, line.notes, strict=True)
                        ],
                    }
                    for line in block.lines
                ],
            }
            for block in shown
        ],
        "limits": list(limits(leads=readable_of(visit).leads)),
    }


def _citation_json(citation: Citation, quote: Quote) -> dict[str, Any]:
    """``instead`` says why there are no words, where they are public no more."""
    if quote.instead:
        known = dict.fromkeys(("passage", "submission", "start", "end", "quote", "url"))
        return {**known, "instead": str(quote.instead)}
    return {
        "passage": citation.passage_id,
        "submission": citation.submission_id,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "url": f"{settings.PUBLIC_URL}{quote.url.partition('?')[0]}" if quote.url else None,
    }
