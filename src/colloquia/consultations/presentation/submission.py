"""A submission as a page shows it: documents in parts, each passage with where it went, gaps kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from colloquia.consultations.models import MachineQuote, OriginalFile, ReadMark, SharedText
from colloquia.consultations.presentation.passages import acts_on, passage, places_of
from colloquia.consultations.presentation.translations import Beside, translations_of
from colloquia.consultations.presentation.visit import Visit
from colloquia.core.components import Fact, Passage, Span
from colloquia.core.nothing import Nothing
from colloquia.engines.bulk import DocumentRow, PassageRow, SubmissionRow

PER_PART = 40
"""Passages of a part; a document of forty pages has several."""
_MOST_WORDS = 60_000
"""Characters of a part at most, unless one passage is longer."""


@dataclass(frozen=True, slots=True)
class Block:
    """A passage with a translation beside it, or ``text`` that stands between passages."""

    passage: Passage | None = None
    row: PassageRow | None = None
    beside: Beside | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document with those of its passages that are in this part."""

    row: DocumentRow
    name: str
    kind: str
    original_url: str
    source: str
    blocks: list[Block]
    continued: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a submission: passages of each, and the one that is looked at."""

    parts: list[list[PassageRow]]
    number: int

    @property
    def rows(self) -> list[PassageRow]:
        """Passages of this part."""
        return self.parts[self.number - 1] if self.parts else []


def parts_of(rows: Sequence[PassageRow], number: int) -> Parts:
    """Passages cut into parts, in order; ``number`` counts from 1 and is brought into range."""
    parts: list[list[PassageRow]] = []
    size = 0
    for row in rows:
        if not parts or len(parts[-1]) == PER_PART or size + len(row.text) > _MOST_WORDS:
            parts.append([])
            size = 0
        parts[-1].append(row)
        size += len(row.text)
    return Parts(parts, min(max(number, 1), max(len(parts), 1)))


def part_of(visit: Visit, wanted: PassageRow) -> int:
    """The number of the part in which a passage stands."""
    parts = parts_of(visit.bulk.passages_of(wanted.submission_id), 1).parts
    return next(
        number for number, rows in enumerate(parts, start=1) if any(row.row == wanted.row for row in rows)
    )


def documents(visit: Visit, submission_id: str, parts: Parts) -> list[Document]:
    """The documents that have passages in this part; in the first part also those without any."""
    rows = parts.rows
    inside: dict[str, list[PassageRow]] = defaultdict(list)
    for item in rows:
        inside[item.document_id].append(item)
    earlier = {item.document_id for part in parts.parts[: parts.number - 1] for item in part}
    later = {item.document_id for part in parts.parts[parts.number :] for item in part}
    originals = dict(
        OriginalFile.objects.filter(
            consultation=visit.consultation, document_id__startswith=f"{submission_id}."
        ).values_list("document_id", "attachment__name")
    )
    made = _Blocks(visit, rows)
    found = []
    for number, row in enumerate(visit.bulk.documents_of(submission_id), start=1):
        own = inside.get(row.document_id, [])
        if not own and (parts.number > 1 or row.document_id in later):
            continue
        whole = row.document_id not in earlier, row.document_id not in later
        found.append(
            Document(
                row,
                row.name if visit.officer else _("Document %(number)s") % {"number": number},
                kind_of(row.media_type),
                visit.url("consultation_original", row.document_id) if row.document_id in originals else "",
                source_of(visit, row),
                made.of(row.document_id, own, *whole) if own else [],
                row.document_id in earlier,
            )
        )
    return found


def kind_of(media_type: str) -> str:
    """A media type in a word."""
    words = {
        "application/pdf": "PDF",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
        "application/vnd.oasis.opendocument.text": "OpenDocument",
        "message/rfc822": _("e-mail"),
        "text/html": "HTML",
        "text/plain": _("plain text"),
        "application/rtf": "RTF",
    }
    return words.get(media_type, media_type)


def source_of(visit: Visit, row: DocumentRow) -> str:
    """Where a text came from that has no file of its own here."""
    if row.translation_of:
        return _("A translation of the passage %(id)s, made after receipt.") % {"id": row.translation_of}
    if ", row " in row.name or ", record " in row.name:
        if visit.officer:
            name = f"\u2068{row.name}\u2069" if get_language_bidi() else row.name
            return _("The text stood in the table of responses: %(name)s.") % {"name": name}
        return _("The text stood in the table of responses, not in a file of its own.")
    return _("The received file is not kept here; its SHA-256 says which one it was.")


class _Blocks:
    """Makes the blocks of documents; what all need is read once."""

    def __init__(self, visit: Visit, rows: Sequence[PassageRow]) -> None:
        self._visit = visit
        self._places = places_of(visit, rows)
        self._acts = acts_on(visit, rows)
        self._beside = translations_of(visit, rows)
        self._quoted: dict[str, list[Span]] = defaultdict(list)
        quotes = MachineQuote.objects.filter(run=visit.run, passage_id__in=[row.passage_id for row in rows])
        for quote in quotes:
            label = _("Quoted for the theme %(theme)s") % {"theme": visit.label(quote.theme_id)}
            self._quoted[quote.passage_id].append(Span(quote.start, quote.end, label))

    def of(self, document_id: str, rows: Sequence[PassageRow], first: bool, last: bool) -> list[Block]:
        """Passages in order, with the text between them where there is any."""
        text = self._visit.bulk.text_of(document_id) or ""
        at = 0 if first else rows[0].start
        blocks: list[Block] = []
        for row in rows:
            blocks += _between(text[at : row.start])
            blocks.append(self._block(row))
            at = max(at, row.end)
        return blocks + (_between(text[at:]) if last else [])

    def _block(self, row: PassageRow) -> Block:
        made = passage(self._visit, row, self._places.get(row.row, ()))
        note = _("Page %(page)s") % {"page": row.page} if row.page else ""
        spans = tuple(self._quoted.get(row.passage_id, ()))
        acts = self._acts.get(row.passage_id, ())
        return Block(replace(made, spans=spans, note=note, acts=acts), row, self._beside.get(row.passage_id))


def _between(text: str) -> list[Block]:
    return [Block(text=text.strip())] if text.strip() else []


@dataclass(frozen=True, slots=True)
class Membership:
    """A shared text that a submission is part of."""

    text: SharedText
    url: str


def memberships(visit: Visit, submission_id: str) -> list[Membership]:
    """The shared texts of a submission; that it is similar to others is for officers only."""
    names = visit.bulk.groups_of(submission_id)
    rows = SharedText.objects.filter(run=visit.run, group_id__in=names)
    if not visit.officer:
        rows = rows.exclude(kind="similar")
    return [Membership(row, visit.url("consultation_shared_text", row.group_id)) for row in rows]


def readers(visit: Visit, submission_id: str) -> list[str]:
    """Who marked the whole submission as read; for officers."""
    marks = ReadMark.objects.filter(
        consultation=visit.consultation, submission_id=submission_id, passage_id="", withdrawn_at=None
    ).select_related("reader")
    return [str(mark.reader) for mark in marks]


def facts(visit: Visit, row: SubmissionRow) -> list[Fact]:
    """What is known of a submission. A blank field is said to be not stated."""
    blank = Nothing("not_recorded")
    given: list[tuple[str, str]] = [
        (_("Stakeholder group"), row.stakeholder),
        (_("Established in"), visit.territory(row.country)),
        (_("Language"), visit.tongue(row.language)),
        (_("Channel"), row.channel),
        (_("Date"), row.date),
        (_("Position as declared by the sender"), row.position),
    ]
    if visit.officer:
        given += [(_("Person"), row.person), (_("Id at the source"), row.source_id)]
    found = [Fact(term, value) if value else Fact(term, nothing=blank) for term, value in given]
    if row.organisation:
        url = visit.url("consultation_submissions", organisation=row.organisation)
        found.insert(0, Fact(_("Organisation"), row.organisation, url))
    return found


def linked_data(visit: Visit, row: SubmissionRow) -> dict[str, Any]:
    """The submission as a schema.org CreativeWork; who sent it only where an organisation did."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": visit.permanent("consultation_submission", row.submission_id),
        "identifier": row.submission_id,
        "isPartOf": visit.permanent("consultation"),
    }
    if row.organisation:
        data["author"] = {"@type": "Organization", "name": row.organisation}
    if row.language:
        data["inLanguage"] = row.language
    return data
