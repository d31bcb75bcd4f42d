"""What was received compared with what the ledger committed to, and with what is stored and public of it."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.db.models import F

from colloquia.core.models import LedgerOpening
from colloquia.core.pieces import legible, rows
from colloquia.core.registry import Finding, RecordCheck
from colloquia.submissions.models import (
    Answer,
    Party,
    PublishedPart,
    PublishedSubmission,
    Submission,
    SubmissionFile,
    SubmissionVersion,
    TextVersion,
)
from colloquia.submissions.queries.integrity_acts import act_findings

Tick = Callable[[int], None]
_REPEATED = ("publication", "kind", "name", "organisation", "on_behalf_of", "stakeholder", "language")
_FIELDS = (
    "submission__identifier", "number", "submission__destroyed_at", "document", "sha256", "ledger_index",
    "received_at", "submission__call__consultation__slug", "territory_id", *_REPEATED,
)  # fmt: skip
_OF_FILES = (
    "title", "secrecy", "secrecy_reason", "rights_statement", "mining_reserved", "language", "is_original",
)  # fmt: skip


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
        "received": received_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
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
        for name in _OF_FILES:
            if said.get(name, row[name]) != row[name]:
                yield Finding(
                    place, f"The column {name} of file {number} does not say what the document says."
                )


def receipt_findings(tick: Tick) -> Iterator[Finding]:
    """Submissions whose time of receipt or latest version is not that of their versions."""
    fields = ("identifier", "received_at", "version")
    done = 0
    for chunk in _chunks(rows(Submission.objects.all(), *fields)):
        numbers: dict[int, dict[int, datetime]] = defaultdict(dict)
        found = SubmissionVersion.objects.filter(submission__in=[key for key, _row in chunk])
        for submission, number, moment in found.values_list("submission_id", "number", "received_at"):
            numbers[submission][number] = moment
        for key, row in chunk:
            done += 1
            if row is None:
                yield Finding(f"Submission {key}", "Its row is not legible.")
            elif numbers[key].get(1) != row[1]:
                yield Finding(row[0], "The time of receipt is not that of its first version.")
            elif sorted(numbers[key]) != list(range(1, row[2] + 1)):
                yield Finding(row[0], f"It says {row[2]} versions; there are {len(numbers[key])}.")
        tick(done)


def text_findings(tick: Tick) -> Iterator[Finding]:
    """Text versions whose text is not the one that their hash was taken of."""
    fields = (
        "text",
        "sha256",
        "version__submission__identifier",
        "version__submission__destroyed_at",
        "problem",
    )
    for done, (key, row) in enumerate(rows(TextVersion.objects.all(), *fields, size=100), start=1):
        tick(done)
        if row is None:
            yield Finding(f"Text {key}", "Its row is not legible.")
            continue
        text, sha256, identifier, destroyed, problem = row
        gone = not text and (destroyed is not None or problem or not sha256)
        if not gone and hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != sha256:
            yield Finding(f"Text {key} of {identifier}", "The text is not the one that was made.")


def published_findings(tick: Tick) -> Iterator[Finding]:
    """Published parts that are not what the latest entry about their publication committed to."""
    done = 0
    label = Submission._meta.label_lower
    for chunk in _chunks(rows(PublishedSubmission.objects.all(), "identifier", "version")):
        keys = [key for key, _row in chunk]
        committed: dict[str, Any] = {}
        found = LedgerOpening.objects.filter(
            about_type=label,
            about_id__in=[str(key) for key in keys],
            entry__kind__in=("submission.published", "submission.republished"),
        )
        places = dict(found.order_by("pk").values_list("pk", "about_id"))
        contents = legible(found, "content")
        for index in sorted(places):
            content = contents[index]
            committed[places[index]] = content[0] if content else None
        parts = _parts(keys)
        for key, row in chunk:
            done += 1
            if row is None:
                yield Finding(f"Published submission {key}", "Its row is not legible.")
                continue
            stated = {"submission": row[0], "version": row[1], "parts": [part for part, _said in parts[key]]}
            if committed.get(str(key)) != stated:
                yield Finding(f"{row[0]}, as published", "It is not what the ledger committed to.")
            for part, said in parts[key]:
                if (part["file"] or part["text"]) != said:
                    yield Finding(f"{row[0]}, published part {part['position']}", "Its SHA-256 is another.")
        tick(done)


def _parts(keys: list[int]) -> dict[int, list[tuple[dict[str, Any], str]]]:
    found: dict[int, list[tuple[dict[str, Any], str]]] = defaultdict(list)
    fields = (
        "published_id",
        "position",
        "question_id",
        "attachment__sha256",
        "text_version__sha256",
        "sha256",
    )
    for row in PublishedPart.objects.filter(published__in=keys).order_by("position").values_list(*fields):
        part = {"position": row[1], "question": row[2], "file": row[3] or "", "text": row[4] or ""}
        found[row[0]].append((part, row[5]))
    return found


def _openings(indexes: list[int]) -> dict[int, Any]:
    found = legible(LedgerOpening.objects.filter(pk__in=indexes), "content")
    return {key: row[0] if row else None for key, row in found.items()}


def _files(chunk: list[tuple[Any, Any]]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    files = SubmissionFile.objects.filter(version__in=[key for key, _row in chunk]).order_by("position")
    for row in files.values("version_id", *_OF_FILES, sha256=F("attachment__sha256")):
        found[row["version_id"]].append(row)
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
    RecordCheck("submissions.acts", "Acts on submissions", Submission.objects.count, act_findings, 90),
)
