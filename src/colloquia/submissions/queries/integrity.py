"""Documents, files and texts compared with what the ledger committed to, and with what is stored of them."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import F

from colloquia.core.models import LedgerOpening
from colloquia.core.pieces import legible, rows
from colloquia.core.registry import Finding, RecordCheck
from colloquia.submissions.models import (
    Answer,
    Call,
    Party,
    PublishedSubmission,
    Submission,
    SubmissionFile,
    SubmissionVersion,
    TextKind,
    TextVersion,
)
from colloquia.submissions.queries.integrity_acts import act_findings
from colloquia.submissions.queries.integrity_calls import call_findings
from colloquia.submissions.queries.integrity_published import published_findings
from colloquia.submissions.queries.integrity_receipts import receipt_findings, second

Tick = Callable[[int], None]
_REPEATED = ("publication", "kind", "name", "organisation", "on_behalf_of", "stakeholder", "language")
_FIELDS = (
    "submission__identifier", "number", "submission__destroyed_at", "document", "sha256", "ledger_index",
    "received_at", "submission__call__consultation__slug", "territory_id", *_REPEATED,
)  # fmt: skip
_OF_FILES = (
    "title", "secrecy", "secrecy_reason", "rights_statement", "mining_reserved", "language", "is_original",
)  # fmt: skip
_OF_RECEIPTS = ("sha256", "size", "name", "media_type")


def document_findings(tick: Tick) -> Iterator[Finding]:
    """Documents that are not what was sealed, committed to, or repeated in the columns beside them."""
    destroyed, done = 0, 0
    for chunk in _chunks(rows(SubmissionVersion.objects.all(), *_FIELDS)):
        openings = _openings([row[5] for _key, row in chunk if row and row[5] is not None])
        files, answers, parties = _files(chunk), _answers(chunk), _parties(chunk)
        for key, row in chunk:
            done += 1
            if row is None:
                yield Finding(f"Version {key} of a submission", "Its row is not legible.")
                continue
            place = f"{row[0]} version {row[1]}"
            if row[2] is not None and not row[3]:
                destroyed += 1
                continue
            if not isinstance(row[3], str) or row[6] is None:
                yield Finding(place, "Its row is not legible.")
                continue
            yield from _document(place, row, openings.get(row[5]), [each["sha256"] for each in files[key]])
            if hashlib.sha256(row[3].encode()).hexdigest() != row[4]:
                continue
            try:
                document = json.loads(row[3])
                yield from _repeated(place, row, document, answers[key], parties[key])
                yield from _described(place, document, files[key])
            except (AttributeError, KeyError, TypeError, ValueError):
                yield Finding(place, "The document is not one that this program seals.")
        tick(done)
    if destroyed:
        yield Finding("Documents", f"{destroyed:,} were destroyed at the end of their retention.", False)


def _document(place: str, row: tuple[Any, ...], opening: Any, files: list[str]) -> Iterator[Finding]:
    _identifier, number, _destroyed, document, sha256, index, received_at, *_rest = row
    if hashlib.sha256(document.encode()).hexdigest() != sha256:
        yield Finding(place, "The document is not the one that was sealed: its SHA-256 is another.")
    if not isinstance(opening, dict):
        yield Finding(place, f"Entry {index} of the ledger does not open, though nothing was destroyed.")
        return
    stated = {
        "submission": row[0],
        "version": number,
        "document": sha256,
        "files": files,
        "received": second(received_at),
    }
    names = {"submission": "id", "document": "SHA-256 of the document", "received": "time of receipt"}
    for name, value in stated.items():
        if opening.get(name) != value:
            yield Finding(place, f"The {names.get(name, name)} is not what entry {index} committed to.")


def _repeated(
    place: str, row: tuple[Any, ...], document: dict[str, Any], answers: list[Any], parties: list[Any]
) -> Iterator[Finding]:
    content = document["content"]
    if document["call"] != row[7]:
        yield Finding(place, f"It stands in the call {row[7]}; the document answers {document['call']}.")
    stored = dict(zip(_REPEATED, row[9:], strict=True)) | {"territory": row[8] or ""}
    for name, value in stored.items():
        if content.get(name, "") != value:
            yield Finding(place, f"The column {name} does not say what the document says.")
    sealed = [
        (
            each["question"], each["text"], each["language"] or content["language"], each["secrecy"],
            each["secrecy_reason"], each["public_text"],
        )
        for each in content["answers"]
        if each["text"].strip() or each["public_text"].strip()
    ]  # fmt: skip
    if sealed != answers:
        yield Finding(place, "The stored answers are not those of the document.")
    if [(each["kind"], each["name"], each["territory"]) for each in content["parties"]] != parties:
        yield Finding(place, "The stored parties are not those of the document.")


def _described(place: str, document: dict[str, Any], files: list[dict[str, Any]]) -> Iterator[Finding]:
    """Files of which the row does not say what the sender said: whether they are confidential above all."""
    for number, (said, row) in enumerate(zip(document["files"], files, strict=False), start=1):
        for name in (*_OF_FILES, *_OF_RECEIPTS, "public_version_of"):
            if said.get(name, row[name]) != row[name]:
                yield Finding(
                    place, f"The column {name} of file {number} does not say what the document says."
                )


def text_findings(tick: Tick) -> Iterator[Finding]:
    """Text versions whose text is not the one that their hash was taken of."""
    fields = (
        "text",
        "sha256",
        "version__submission__identifier",
        "version__submission__destroyed_at",
        "problem",
        "answer__text",
        "answer__public_text",
        "kind",
    )
    for done, (key, row) in enumerate(rows(TextVersion.objects.all(), *fields, size=100), start=1):
        tick(done)
        if row is None:
            yield Finding(f"Text {key}", "Its row is not legible.")
            continue
        text, sha256, identifier, destroyed, problem, answer, public, kind = row
        gone = not text and (destroyed is not None or problem or not sha256)
        if not gone and hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != sha256:
            yield Finding(f"Text {key} of {identifier}", "The text is not the one that was made.")
        elif (
            not gone
            and destroyed is None
            and kind == TextKind.RECEIVED
            and text not in (_storable(answer), _storable(public))
        ):
            yield Finding(f"Text {key} of {identifier}", "The text is not that of the answer.")


def _storable(text: str | None) -> str | None:
    """An answer as its text version holds it."""
    return None if text is None else text.replace("\x00", "\ufffd")


def _openings(indexes: list[int]) -> dict[int, Any]:
    found = legible(LedgerOpening.objects.filter(pk__in=indexes), "content")
    return {key: row[0] if row else None for key, row in found.items()}


def _files(chunk: list[tuple[Any, Any]]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    files = SubmissionFile.objects.filter(version__in=[key for key, _row in chunk]).order_by("position")
    of_receipts = {name: F(f"attachment__{name}") for name in _OF_RECEIPTS}
    places: dict[int, int] = {}
    for row in files.values("pk", "version_id", "public_version_of_id", *_OF_FILES, **of_receipts):
        found[row["version_id"]].append(row)
        places[row["pk"]] = len(found[row["version_id"]])
    for row in (row for several in found.values() for row in several):
        row["public_version_of"] = places.get(row["public_version_of_id"], 0)
    return found


def _answers(chunk: list[tuple[Any, Any]]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    fields = ("version_id", "question_id", "text", "language", "secrecy", "secrecy_reason", "public_text")
    rows_of = Answer.objects.filter(version__in=[key for key, _row in chunk]).order_by("position")
    for version, question, *rest in rows_of.values_list(*fields):
        found[version].append((question or "", *rest))
    return found


def _parties(chunk: list[tuple[Any, Any]]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    rows_of = Party.objects.filter(version__in=[key for key, _row in chunk]).order_by("position")
    for version, kind, name, territory in rows_of.values_list("version_id", "kind", "name", "territory_id"):
        found[version].append((kind, name, territory or ""))
    return found


def _chunks(found: Iterable[tuple[Any, Any]], size: int = 200) -> Iterator[list[tuple[Any, Any]]]:
    chunk: list[tuple[Any, Any]] = []
    for each in found:
        chunk.append(each)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


CHECKS = (
    RecordCheck("submissions.documents", "Documents", SubmissionVersion.objects.count, document_findings, 50),
    RecordCheck("submissions.receipts", "Submissions", Submission.objects.count, receipt_findings, 60),
    RecordCheck("submissions.texts", "Texts", TextVersion.objects.count, text_findings, 70),
    RecordCheck(
        "submissions.published", "Published parts", PublishedSubmission.objects.count, published_findings, 80
    ),
    RecordCheck("submissions.calls", "Calls", Call.objects.count, call_findings, 45),
    RecordCheck("submissions.acts", "Acts on submissions", Submission.objects.count, act_findings, 90),
)
