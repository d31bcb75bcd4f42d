"""One submission that an officer types: kept as it was typed until it can be sealed, and sealed once."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.core import attachments, audit
from colloquia.core.filenames import storable
from colloquia.core.mail_languages import language_to_write_in
from colloquia.submissions.models import (
    Call,
    Channel,
    ImportItem,
    ImportSource,
    ImportState,
    IntakeImport,
    ItemState,
    Submission,
)
from colloquia.submissions.records import AnswerIn, Content, FileIn, Incoming
from colloquia.submissions.services import receipts
from colloquia.submissions.services.completeness import problems_of
from colloquia.submissions.services.intake_records import key_of
from colloquia.submissions.services.intake_times import is_ahead
from colloquia.submissions.services.receiving import receive
from colloquia.submissions.services.refusals import SubmissionRefused

KIND = "entry"


def keep(
    *,
    call: Call,
    typed: Mapping[str, Any],
    uploads: Sequence[tuple[IO[bytes], str]] = (),
    remove: Sequence[int] = (),
    once: str = "",
    entry_id: int | None = None,
    by: Any,
) -> tuple[IntakeImport, list[str]]:
    """Keep what was typed, and receive the files; gives the entry and why files were not taken.

    Args:
        call: where it belongs.
        typed: the fields of the form as they stand; ``answers`` by question.
        uploads: further files with their names.
        remove: files that are taken away again, by the keys of their sources.
        once: a mark of the form; sent twice, it makes one entry.
        entry_id: the entry, where it was kept before.
        by: the officer.

    Raises SubmissionRefused where it was entered already.
    """
    received, refused = [], []
    for stream, name in uploads:
        try:
            received.append(attachments.receive(stream, name=name, by=by))
        except attachments.AttachmentRefused as error:
            refused.append(str(error))
    mark = once or uuid.uuid4().hex
    with transaction.atomic():
        entry = (
            IntakeImport.objects.select_for_update(of=("self",))
            .filter(call=call, kind=KIND, pk=entry_id)
            .first()
            if entry_id is not None
            else IntakeImport.objects.filter(call=call, kind=KIND, digest=key_of(KIND, mark)).first()
        )
        if entry is None:
            entry = IntakeImport.objects.create(
                call=call,
                kind=KIND,
                name=KIND,
                state=ImportState.LOOKED_AT,
                begun_by=by,
                digest=key_of(KIND, mark),
            )
            audit.record(entry, "submissions.begin_entry", by=by)
        if entry.state != ImportState.LOOKED_AT:
            raise SubmissionRefused(_("This was entered already."))
        entry.options = dict(typed)
        entry.save(update_fields=["options"])
        gone = list(entry.sources.filter(pk__in=remove).select_related("attachment"))
        for source in gone:
            source.delete()
            if source.attachment:
                attachments.destroy(source.attachment, by=by)
        last = entry.sources.order_by("-position").values_list("position", flat=True).first() or 0
        for place, attachment in enumerate(received, start=last + 1):
            ImportSource.objects.create(intake=entry, position=place, attachment=attachment)
    return entry, refused


def enter(*, entry_id: int, moment: datetime | None, by: Any) -> Submission:
    """Seal what was kept. Done twice, it gives the same submission.

    Raises SubmissionRefused with sentences by field; what was typed stays.
    """
    entry = IntakeImport.objects.select_related("call__consultation").get(pk=entry_id, kind=KIND)
    typed, key = entry.options, entry.digest
    there = Submission.objects.filter(call=entry.call, source_key=key).first()
    if there is not None:
        return there
    sources = list(entry.sources.select_related("attachment").order_by("position"))
    incoming = _incoming(entry.call, typed, [source.attachment for source in sources])
    problems = _problems(entry.call, typed, incoming, moment)
    if problems or moment is None:
        raise SubmissionRefused(problems)
    try:
        with transaction.atomic():
            submission = receive(
                call=entry.call,
                incoming=incoming,
                received_at=moment,
                channel=typed.get("channel") or Channel.POST,
                confirmed_at=timezone.now(),
                entered_by=by,
                source="",
                source_key=key,
            )
            ImportSource.objects.filter(intake=entry).delete()
            ImportItem.objects.create(
                intake=entry, position=1, key=key, where="", state=ItemState.TAKEN, submission=submission
            )
            IntakeImport.objects.filter(pk=entry.pk).update(
                state=ImportState.DONE,
                options={},
                total=1,
                confirmed_at=timezone.now(),
                ended_at=timezone.now(),
            )
            audit.record(entry, "submissions.end_import", by=by)
            if typed.get("receipt") and incoming.email:
                receipts.post_receipt(submission.versions.get(number=1))
    except IntegrityError:
        return Submission.objects.get(call=entry.call, source_key=key)
    return submission


def _incoming(call: Call, typed: Mapping[str, Any], files: Sequence[Any]) -> Incoming:
    wish = typed.get("wish", "")
    answers = typed.get("answers", {})
    order = [*call.questions.order_by("position").values_list("question_id", flat=True), ""]
    fields: dict[str, Any] = {
        name: " ".join(storable(str(typed.get(name, ""))).split())
        for name in ("kind", "name", "organisation", "on_behalf_of", "territory", "stakeholder", "language")
    }
    written = tuple(
        AnswerIn(question, answers[question].replace("\x00", "\ufffd"))
        for question in order
        if answers.get(question, "").strip()
    )
    content = Content(publication=wish or "confidential", answers=written, **fields)
    original = typed.get("originals") == "yes"
    extra = {"wish": "officer" if wish else "default", "note": storable(str(typed.get("note", "")).strip())}
    return Incoming(
        content=content,
        files=tuple(FileIn(each, is_original=original) for each in files),
        email=str(typed.get("email", "")).strip()[:254],
        interface_language=language_to_write_in(content.language),
        extra={"entry": {name: value for name, value in extra.items() if value}},
    )


def _problems(
    call: Call, typed: Mapping[str, Any], incoming: Incoming, moment: datetime | None
) -> dict[str, str]:
    found = problems_of(call, incoming)
    if moment is None:
        found["received"] = _("Give day and time at which it was received.")
    elif is_ahead(moment):
        found["received"] = _("This lies in the future. Give the time at which it was received.")
    if typed.get("channel", "") and typed["channel"] not in Channel.values:
        found["channel"] = _("Choose how it came.")
    if typed.get("wish") and typed["wish"] != "confidential" and not str(typed.get("note", "")).strip():
        found["note"] = _("Say where the sender chose this, or why it is known.")
    if incoming.email:
        try:
            validate_email(incoming.email)
        except ValidationError:
            found["email"] = _("This is no e-mail address. Correct it, or leave it empty.")
    return found
