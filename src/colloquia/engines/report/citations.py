"""Chooses the quotations that a report shows, after checking each against the stored text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import zip_longest

from colloquia.engines.records import Document, Passage, Submission
from colloquia.engines.report.index import Index
from colloquia.engines.report.options import Limits
from colloquia.engines.results import Quote, Theme


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation with everything that it rests on."""

    quote: Quote
    passage: Passage
    document: Document
    submission: Submission


class Citations:
    """The quotations of a report. ``refused`` holds those that are not where they say they are."""

    def __init__(self, index: Index, limits: Limits) -> None:
        self.refused: list[Quote] = []
        checked: dict[str, list[Citation]] = defaultdict(list)
        for quote in index.analysis.quotes:
            citation = resolve(index, quote)
            if citation is None:
                self.refused.append(quote)
            else:
                checked[quote.theme_id].append(citation)
        self.available = sum(len(each) for each in checked.values())
        self.of_theme: dict[str, list[Citation]] = defaultdict(list)
        for theme_id, citation in _fair(index, checked, limits):
            self.of_theme[theme_id].append(citation)
        self.shown = sum(len(each) for each in self.of_theme.values())

    def passages(self) -> list[tuple[Citation, list[Citation]]]:
        """Each cited passage once, by its id, with every quotation taken from it."""
        by_passage: dict[str, list[Citation]] = defaultdict(list)
        for citations in self.of_theme.values():
            for citation in citations:
                by_passage[citation.passage.passage_id].append(citation)
        return [(by_passage[one][0], by_passage[one]) for one in sorted(by_passage, key=_natural)]


def resolve(index: Index, quote: Quote) -> Citation | None:
    """The quote with its passage and document, or None unless it is an exact substring of both."""
    passage = index.passages.get(quote.passage_id)
    if passage is None or not quote.text or passage.text[quote.start : quote.end] != quote.text:
        return None
    document = index.documents.get(passage.document_id)
    submission = index.submissions.get(passage.submission_id)
    if document is None or submission is None:
        return None
    if document.text and document.text[passage.start : passage.end] != passage.text:
        return None
    return Citation(quote, passage, document, submission)


def _fair(index: Index, checked: dict[str, list[Citation]], limits: Limits) -> list[tuple[str, Citation]]:
    """At most ``limits.quotes`` citations: a first for every theme, largest first, then second ones."""
    questions: list[str | None] = [None, *index.question_order()]
    columns = [[theme for _, theme in index.ordered_themes(question)] for question in questions]
    themes: list[Theme] = [theme for rank in zip_longest(*columns) for theme in rank if theme is not None]
    chosen: list[tuple[str, Citation]] = []
    for turn in range(limits.quotes_per_theme):
        for theme in themes:
            varied = _varied(checked.get(theme.theme_id, []))
            if turn < len(varied) and len(chosen) < limits.quotes:
                chosen.append((theme.theme_id, varied[turn]))
    return chosen


def _varied(citations: list[Citation]) -> list[Citation]:
    """The citations in their order, but each sender's second one after everybody's first."""
    seen: dict[str, int] = defaultdict(int)
    turns: list[tuple[int, int, Citation]] = []
    for position, citation in enumerate(citations):
        sender = citation.submission.submission_id
        turns.append((seen[sender], position, citation))
        seen[sender] += 1
    return [citation for _, _, citation in sorted(turns, key=lambda turn: turn[:2])]


def _natural(passage_id: str) -> tuple[str, int, str]:
    head, _, tail = passage_id.rpartition(".p")
    return (head, int(tail) if tail.isdigit() else 0, passage_id)
