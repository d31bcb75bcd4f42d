"""A summary as a page shows it: parts, sentences, numbered citations with who said it and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from colloquia.consultations.models import Consultation
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.presentation.words import sender
from colloquia.core.components import Quote
from colloquia.engines.drafting.wording import claims_in
from colloquia.issues.queries import Asked, asked_in
from colloquia.outcomes.models import Sentence
from colloquia.outcomes.presentation.readable import readable_of, shown_quote
from colloquia.outcomes.queries.summaries import Cited, Part, Said
from colloquia.outcomes.services.summaries import stamp
from colloquia.outcomes.verdicts import verdicts_in


@dataclass(frozen=True, slots=True)
class Note:
    """A citation under its number. ``pk`` is for the editor."""

    number: int
    pk: int
    quote: Quote
    holds: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence. ``claims`` are its words that a person should look at once more."""

    said: Said
    notes: tuple[Note, ...]
    claims: tuple[str, ...]
    stamp: str

    @property
    def is_machine(self) -> bool:
        """Whether it began as a machine's draft."""
        return self.said.sentence.origin == "machine"


@dataclass(frozen=True, slots=True)
class Block:
    """What stands under one question; ``question_id`` is blank at the head.

    ``text`` is in the reader's language where the paper has it; ``language`` is "" where it is not known.
    """

    question_id: str
    text: str
    language: str
    lines: tuple[Line, ...]


def blocks(visit: Visit, parts: Sequence[Part], *, claims: bool = False) -> list[Block]:
    """The parts for a page; citations are numbered through, the same words always by the same number.

    Two queries for the questions.
    """
    readable_of(visit).look_up(
        item.citation.passage_id for part in parts for said in part.sentences for item in said.citations
    )
    numbers: dict[tuple[str, int, int], int] = {}
    texts = {part.question.question_id: part.question.text for part in parts if part.question}
    read = {"": Asked(""), **asked_in(texts, visit.language)}
    return [
        Block(
            name := part.question.question_id if part.question else "",
            read[name].text,
            read[name].language,
            tuple(_line(visit, said, numbers, claims) for said in part.sentences),
        )
        for part in parts
    ]


def notes_of(shown: Sequence[Block]) -> list[Note]:
    """Each citation once, by its number."""
    found = {note.number: note for block in shown for line in block.lines for note in line.notes}
    return [found[number] for number in sorted(found)]


def _line(visit: Visit, said: Said, numbers: dict[tuple[str, int, int], int], claims: bool) -> Line:
    notes = []
    for item in said.citations:
        key = (item.citation.passage_id, item.citation.start, item.citation.end)
        number = numbers.setdefault(key, len(numbers) + 1)
        notes.append(Note(number, item.citation.pk, quote_of(visit, item), item.holds))
    text = said.sentence.text
    words = tuple(dict.fromkeys((*claims_in(text), *verdicts_in(text)))) if claims else ()
    return Line(said, tuple(notes), words, stamp(said.sentence))


def quote_of(visit: Visit, item: Cited) -> Quote:
    """A citation as a quote: the words, whose they are as this reader may know it, and where they stand.

    Where the words are public no more, what says so.
    """
    row, citation = item.passage, item.citation
    quote = Quote(
        citation.quote,
        row.language if row else "",
        citation.passage_id,
        source=sender(visit, row).line if row else "",
    )
    return shown_quote(quote, citation, readable_of(visit))


def sentence_url(consultation: Consultation, row: Sentence) -> str:
    """Where the page of the summary shows a sentence, in a summary of an earlier run too."""
    summary = row.summary
    query = f"language={summary.language}"
    if consultation.shown_run_id not in (None, summary.run_id):
        query = f"run={summary.run.number}&{query}"
    return f"{reverse('summary', args=[consultation.slug])}?{query}#s{row.pk}"
