"""The published submissions of a call as an analysis reads them, with the same texts and the same ids."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from colloquia.consultations.stakeholders import KINDS
from colloquia.engines.records import Document, Submission
from colloquia.submissions.models import Call, PublishedPart, PublishedSubmission, RespondentKind
from colloquia.submissions.queries.published import Counts, counts_of, in_chunks, parts_by, published_in

_KINDS = dict(zip(RespondentKind.values, KINDS, strict=True))
"""The words of ``KINDS`` by the kinds of respondents, which stand in the same order."""


@dataclass(frozen=True, slots=True)
class DocketCounts:
    """What an analysis has before it, and what is not in it and why.

    ``reserved_files`` stay out since their senders reserved text and data mining; ``unread_files`` have no
    text. Their submissions are in it with their other parts.
    """

    counts: Counts
    in_it: int
    reserved_files: int
    unread_files: int

    def as_json(self) -> dict[str, int]:
        """By name, as an analysis keeps it."""
        own = {"in_it": self.in_it, "reserved_files": self.reserved_files, "unread_files": self.unread_files}
        return {**self.counts.as_json(), **own}


def docket_counts(call: Call) -> DocketCounts:
    """What an analysis made now would have before it. Eight queries."""
    counts = counts_of(call)
    files = PublishedPart.objects.filter(published__call=call, is_file=True)
    return DocketCounts(
        counts,
        counts.published,
        files.filter(mining_reserved=True).count(),
        files.filter(mining_reserved=False, text_version=None).count(),
    )


def docket_of(call: Call) -> list[Submission]:
    """Every public submission with its public texts, in the order of receipt."""
    docket = []
    for rows in in_chunks(published_in(call)):
        parts = parts_by(rows)
        docket += [_submission(row, parts[row.pk], call) for row in rows]
    return docket


def numbered(submissions: Iterable[Submission], earlier: Iterable[Submission]) -> list[Submission]:
    """The same, in which texts that an earlier run knew keep the numbers of their passages.

    A text that changed since, for instance by a redaction, gets numbers that were never given. Translations
    of passages whose text stayed go on beside it.
    """
    before = {item.submission_id: item for item in earlier}
    return [
        _numbered(item, before[item.submission_id]) if item.submission_id in before else item
        for item in submissions
    ]


def _numbered(item: Submission, before: Submission) -> Submission:
    held = {document.document_id: document for document in before.documents}
    same = {
        document.document_id
        for document in item.documents
        if document.document_id in held and held[document.document_id].text == document.text
    }
    documents = [
        replace(document, numbered=held[document.document_id].numbered)
        if document.document_id in same
        else document
        for document in item.documents
    ]
    ranges = [held[name].numbered for name in same]
    numbers = {
        f"{item.submission_id}.p{number}"
        for first, count in (each for each in ranges if each)
        for number in range(first, first + count)
    }
    documents += [document for document in before.documents if document.translation_of in numbers]
    return replace(item, documents=documents, numbers_given=before.numbers_given)


def _submission(row: PublishedSubmission, parts: Iterable[PublishedPart], call: Call) -> Submission:
    documents = [_document(row, part) for part in parts if not part.mining_reserved]
    statuses = {document.status for document in documents}
    status = "read" if "read" in statuses else "unreadable" if "unreadable" in statuses else "empty"
    return Submission(
        submission_id=row.identifier,
        source_id=row.identifier,
        documents=documents,
        person=row.name,
        organisation=row.organisation,
        country=row.territory_id or "",
        stakeholder=_group(row, call),
        channel=row.channel,
        date=row.received_on.isoformat(),
        language=row.language,
        status=status,
        problem="" if status == "read" else "Nothing of it can be read: no public text.",
        stated_country=row.territory_id or "",
        stated_language=row.language,
    )


def _group(row: PublishedSubmission, call: Call) -> str:
    """The stakeholder group: of a state that it is one; the kind in a call that has no groups of its own."""
    if row.kind == RespondentKind.STATE or not (row.stakeholder or call.stakeholders):
        return _KINDS.get(row.kind, "")
    return row.stakeholder


def _document(row: PublishedSubmission, part: PublishedPart) -> Document:
    text = part.text_version
    name = part.title or (f"{row.identifier} {part.question_id}".strip() if not part.is_file else "")
    return Document(
        document_id=f"{row.identifier}.d{part.position}",
        submission_id=row.identifier,
        name=name or f"{row.identifier} {part.position}",
        sha256=part.attachment.sha256 if part.attachment else part.sha256,
        media_type=part.attachment.media_type if part.attachment else "text/plain",
        text=text.text if text else "",
        page_starts=tuple(text.pages) if text else (),
        language=part.language,
        status="read" if text and text.text.strip() else "unreadable" if part.is_file else "empty",
        problem="" if text else "No text could be read in this file.",
        tool=text.tool if text else "",
        question_id=part.question_id or None,
    )
