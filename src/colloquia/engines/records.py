"""The records that travel between the stages of an analysis.

Offsets are Unicode code points throughout: a page's and a passage's into the text
of their document, a quote's into its passage.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Answer:
    """A text that stood in a table cell or a record, not in a file of its own.

    ``locator`` says where the bytes came from, for instance
    ``responses.csv, row 12, column "Q14 Data"``. ``question_id`` is set where the
    column or the record names the question that the text answers.
    """

    text: str
    locator: str
    question_id: str | None = None


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file that belongs to a submission; ``name`` is shown to people, ``path`` is read."""

    name: str
    path: Path
    question_id: str | None = None


@dataclass(slots=True)
class Incoming:
    """One submission as it was understood from the input, before any file is opened.

    Empty strings mean that the field was absent or blank. ``closed`` holds closed
    answers by column heading. ``problems`` are sentences for the person who imports. ``place`` is the table
    and row that it begins in, blank for what is no row.
    ``mail_domain`` is what follows the @ of the sender's address; the address itself is kept in
    ``mail_address`` only where ``collect`` was asked to, as it was written, with ``stated_date``, the date as
    it was written, and ``left_out``, what stands under headings that mean nothing to us.
    """

    source_id: str
    answers: list[Answer] = field(default_factory=list)
    files: list[IncomingFile] = field(default_factory=list)
    person: str = ""
    organisation: str = ""
    country: str = ""
    stakeholder: str = ""
    channel: str = ""
    date: str = ""
    language: str = ""
    position: str = ""
    closed: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    mail_domain: str = ""
    mail_address: str = ""
    stated_date: str = ""
    left_out: dict[str, str] = field(default_factory=dict)
    place: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the paper. ``id`` is permanent (``IP-08.q2``)."""

    id: str
    text: str
    issue_id: str
    issue_title: str
    context: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """Issues and questions, in the order of the paper."""

    title: str
    questions: tuple[Question, ...]
    language: str = "en"
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class ReadText:
    """What a reader got out of one file.

    ``page_starts`` holds the offset at which each page begins, empty where the format
    has no pages. ``status`` is ``read``, ``partial``, ``empty`` or ``unreadable``;
    ``problem`` gives the reason for the last three in a sentence. ``attachments`` are
    files found inside (e-mail), as (name, bytes); ``mail_domain`` is that of a message's sender.
    ``beside`` counts by kind what the file holds beside the text, as ``documents.beside`` names it.
    """

    text: str
    media_type: str
    page_starts: tuple[int, ...] = ()
    status: str = "read"
    problem: str = ""
    tool: str = ""
    attachments: tuple[tuple[str, bytes], ...] = ()
    mail_domain: str = ""
    beside: tuple[tuple[str, int], ...] = ()


@dataclass(slots=True)
class Document:
    """One document of a submission: a file, a text from a table cell, or the translation of a passage.

    ``text`` is the immutable text version that passages point into. ``translation_of`` is the id of
    the passage that it translates, empty for what was received. ``numbered`` gives, for a text that an
    earlier run knew, the number of its first passage and how many it has.
    """

    document_id: str
    submission_id: str
    name: str
    sha256: str
    media_type: str
    text: str = ""
    page_starts: tuple[int, ...] = ()
    language: str = ""
    status: str = "read"
    problem: str = ""
    tool: str = ""
    question_id: str | None = None
    translation_of: str = ""
    numbered: tuple[int, int] | None = field(default=None, compare=False)


@dataclass(slots=True)
class Submission:
    """One submission after reading; what a person or a body sent, with its documents.

    ``country`` and ``language`` become what they were understood as; ``stated_country`` and
    ``stated_language`` stay as given. ``mail_domain`` is the sender's where it is a body's own; "" where the
    domain is open to everybody or the sender is a person. ``numbers_given`` is the highest number that an
    earlier run gave to a passage of it; none is given twice.
    """

    submission_id: str
    source_id: str
    documents: list[Document]
    person: str = ""
    organisation: str = ""
    country: str = ""
    stakeholder: str = ""
    channel: str = ""
    date: str = ""
    language: str = ""
    position: str = ""
    closed: dict[str, str] = field(default_factory=dict)
    status: str = "read"
    problem: str = ""
    stated_country: str = ""
    stated_language: str = ""
    mail_domain: str = ""
    numbers_given: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph- or claim-sized piece of a document: ``document.text[start:end]``.

    ``page`` counts from 1; 0 where the document has no pages.
    """

    passage_id: str
    submission_id: str
    document_id: str
    page: int
    start: int
    end: int
    text: str
    language: str
