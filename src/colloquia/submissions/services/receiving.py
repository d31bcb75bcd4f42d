"""Sealing what was received: id, document, files and the ledger's entry in one short transaction."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from colloquia.core import audit, ledger, private_links
from colloquia.core.identifiers import allocate
from colloquia.core.jobs import enqueue
from colloquia.submissions.models import (
    Answer,
    AnswerDraft,
    Call,
    Channel,
    Party,
    Submission,
    SubmissionFile,
    SubmissionVersion,
)
from colloquia.submissions.queries.integrity_receipts import second, stated
from colloquia.submissions.records import FileIn, Incoming, document_of
from colloquia.submissions.services import publishing
from colloquia.submissions.services.receipts import LINK, post_receipt, private_token

__all__ = ["files_of", "private_token", "receive", "replace"]

RECEIVED = "submission.received"
REPLACED = "submission.replaced"
TASK_PREPARE = "submissions.prepare"


def receive(
    *,
    call: Call,
    incoming: Incoming,
    received_at: datetime,
    channel: str = Channel.WEB,
    owner: Any = None,
    confirmed_at: datetime | None = None,
    entered_by: Any = None,
    source: str = "",
    source_key: str = "",
) -> Submission:
    """Seal a new submission. What may be refused was refused before: this only writes.

    Within the caller's transaction where there is one. ``source_key`` makes an import repeatable: the
    database refuses a second one with the same key in the same call.
    """
    with transaction.atomic():
        key = uuid.uuid4()
        submission = Submission.objects.create(
            identifier=allocate(kind="S", year=received_at.astimezone(call.zone).year),
            key=key,
            call=call,
            owner=owner,
            link_digest=private_links.digest(private_links.token(LINK, key)),
            channel=channel,
            received_at=received_at,
            entered_by=entered_by,
            source=source,
            source_key=source_key,
            is_late=received_at >= call.deadline,
            confirmed_at=confirmed_at,
        )
        audit.record(submission, "submissions.receive", by=entered_by or owner)
        _write_version(submission, incoming, 1, received_at, RECEIVED)
        enqueue(TASK_PREPARE, submission.pk)
    return submission


def replace(
    *,
    submission: Submission,
    incoming: Incoming,
    at: datetime,
    by: Any = None,
    kind: str = REPLACED,
    note: str = "Its sender replaced it by another version.",
) -> SubmissionVersion:
    """Seal another version of a submission; the earlier ones stay sealed as they are.

    The caller holds the lock on the row and has checked that replacing is allowed. ``kind`` is that of the
    ledger's entry, and ``note`` says why what was public is taken back.
    """
    with transaction.atomic():
        before = audit.snapshot(submission)
        submission.version += 1
        submission.changed += 1
        submission.check_state = "waiting"
        submission.save(update_fields=["version", "changed", "check_state"])
        audit.record(submission, "submissions.replace", by=by, before=before)
        publishing.take_back(submission=submission, by=by, note=note)
        version = _write_version(submission, incoming, submission.version, at, kind)
        enqueue(TASK_PREPARE, submission.pk)
    return version


def files_of(whose: AnswerDraft | SubmissionVersion) -> tuple[FileIn, ...]:
    """The files of a draft or of a version in their order."""
    rows: list[Any] = list(whose.files.select_related("attachment").order_by("position", "pk"))
    places = {row.pk: place for place, row in enumerate(rows, start=1)}
    return tuple(
        FileIn(
            attachment=row.attachment,
            title=row.title,
            secrecy=row.secrecy,
            secrecy_reason=row.secrecy_reason,
            public_version_of=places.get(row.public_version_of_id or 0, 0),
            rights_statement=row.rights_statement,
            mining_reserved=row.mining_reserved,
            language=row.language,
            is_original=row.is_original,
        )
        for row in rows
    )


def _write_version(
    submission: Submission, incoming: Incoming, number: int, at: datetime, kind: str
) -> SubmissionVersion:
    content = incoming.content
    received = second(at)
    document = document_of(incoming, call=submission.call.consultation.slug, received=received)
    sha256 = hashlib.sha256(document).hexdigest()
    entry = ledger.record(
        kind,
        about=submission,
        at=timezone.now(),
        content={
            "submission": submission.identifier,
            "version": number,
            "received": received,
            "document": sha256,
            "files": [each.attachment.sha256 for each in incoming.files],
            **(stated(submission) if number == 1 else {}),
        },
    )
    version = SubmissionVersion.objects.create(
        submission=submission,
        number=number,
        received_at=at,
        document=document.decode(),
        sha256=sha256,
        publication=content.publication,
        kind=content.kind,
        name=content.name,
        organisation=content.organisation,
        on_behalf_of=content.on_behalf_of,
        territory_id=content.territory or None,
        stakeholder=content.stakeholder,
        language=content.language,
        email=incoming.email,
        interface_language=incoming.interface_language,
        ledger_index=entry.index,
    )
    Party.objects.bulk_create(
        [
            Party(
                version=version,
                position=place,
                kind=each.kind,
                name=each.name,
                territory_id=each.territory or None,
            )
            for place, each in enumerate(content.parties, start=1)
        ]
    )
    Answer.objects.bulk_create(
        [
            Answer(
                version=version,
                question_id=each.question or None,
                position=place,
                text=each.text,
                language=each.language or content.language,
                secrecy=each.secrecy,
                secrecy_reason=each.secrecy_reason,
                public_text=each.public_text,
            )
            for place, each in enumerate(content.written_answers, start=1)
        ]
    )
    _write_files(version, incoming.files)
    if submission.entered_by_id is None:
        post_receipt(version)
    return version


def _write_files(version: SubmissionVersion, files: tuple[FileIn, ...]) -> None:
    rows = [
        SubmissionFile(
            version=version,
            attachment=each.attachment,
            position=place,
            title=each.title,
            secrecy=each.secrecy,
            secrecy_reason=each.secrecy_reason,
            rights_statement=each.rights_statement,
            mining_reserved=each.mining_reserved,
            language=each.language,
            is_original=each.is_original,
        )
        for place, each in enumerate(files, start=1)
    ]
    SubmissionFile.objects.bulk_create(rows)
    standing_in = [place for place, each in enumerate(files) if each.public_version_of]
    for place in standing_in:
        rows[place].public_version_of = rows[files[place].public_version_of - 1]
        rows[place].save(update_fields=["public_version_of"])
