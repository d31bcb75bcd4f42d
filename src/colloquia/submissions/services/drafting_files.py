"""The files of a draft: kept as soon as they are there, described, taken out again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from os import SEEK_END
from typing import IO, Any

from django.db import models, transaction
from django.db.models import Max, ProtectedError, Sum
from django.utils.translation import gettext as _

from colloquia.core import attachments, audit
from colloquia.core.models import Attachment
from colloquia.submissions.models import AnswerDraft, DraftFile, DraftUpload
from colloquia.submissions.services.drafting import locked, touch
from colloquia.submissions.services.drafting_room import refuse_without_room
from colloquia.submissions.services.refusals import SubmissionRefused

LARGEST = 100 * 1024 * 1024
MOST_FILES = 50
MOST_BYTES = 500 * 1024 * 1024
DESCRIBED = (
    "title", "language", "secrecy", "secrecy_reason", "rights_statement", "mining_reserved",
    "public_version_of_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Description:
    """What the sender says of a file. ``public_version_of`` is the id of another file of the draft, or 0."""

    title: str = ""
    language: str = ""
    secrecy: str = "public"
    secrecy_reason: str = ""
    rights_statement: str = ""
    mining_reserved: bool = False
    public_version_of: int = 0


def add_file(
    *,
    draft: AnswerDraft,
    stream: IO[bytes],
    name: str,
    media_type: str = "",
    by: Any = None,
    upload: DraftUpload | None = None,
) -> DraftFile:
    """Keep a file with the draft. What is cut off leaves nothing.

    Raises:
        attachments.AttachmentRefused: empty, larger than ``LARGEST``, or no room.
        SubmissionRefused: too many files, too much in all, or no room for drafts.
        DraftSent: it was sent meanwhile; the file is not in it and is not kept.
    """
    if upload is None:  # what came in pieces is on the disk by now, and was counted
        refuse_without_room(draft, _size(stream))
    made: list[DraftFile] = []

    def keep(attachment: Attachment) -> None:
        row = locked(draft)
        refuse_too_much(row, attachment.size)
        place = (row.files.aggregate(last=Max("position"))["last"] or 0) + 1
        made.append(DraftFile.objects.create(draft=row, attachment=attachment, position=place))
        touch(row)
        audit.record(row, "submissions.add_file", by=by)
        if upload is not None:
            DraftUpload.objects.filter(pk=upload.pk).update(file=made[0])

    attachments.receive(stream, name=name, media_type=media_type, by=by, largest=LARGEST, then=keep)
    return made[0]


def _size(stream: IO[bytes]) -> int:
    """The bytes that are left in a stream; 0 where it cannot tell."""
    if not stream.seekable():
        return 0
    here = stream.tell()
    size = stream.seek(0, SEEK_END) - here
    stream.seek(here)
    return size


def change_file(*, file: DraftFile, said: Description, by: Any = None) -> DraftFile:
    """Say what a file is. Raises DraftSent."""
    with transaction.atomic():
        row = locked(file.draft)
        kept = row.files.select_for_update().get(pk=file.pk)
        before = [getattr(kept, name) for name in DESCRIBED]
        for name in DESCRIBED[:-1]:
            setattr(kept, name, getattr(said, name))
        others = row.files.exclude(pk=kept.pk).filter(secrecy="confidential", pk=said.public_version_of)
        kept.public_version_of = others.first() if said.secrecy == "public" else None
        if [getattr(kept, name) for name in DESCRIBED] != before:
            kept.save(update_fields=["public_version_of", *DESCRIBED[:-1]])
            touch(row)
            audit.record(row, "submissions.change_file", by=by)
    return kept


def change_files(*, draft: AnswerDraft, said: Mapping[int, Description], by: Any = None) -> None:
    """Say what several files are, all or none; those that are gone meanwhile are passed over."""
    with transaction.atomic():
        locked(draft)
        # Confidential ones first: a public version can then name the file that it stands for.
        rows = {row.pk: row for row in draft.files.all()}
        for pk in sorted(said, key=lambda each: said[each].secrecy != "confidential"):
            if pk in rows:
                change_file(file=rows[pk], said=said[pk], by=by)


def seal_form(*, file: DraftFile, by: Any = None) -> None:
    """Keep an answer form that was read into the draft as its sender's original, which is never published.

    What may be public of it is what stands in the draft. Raises DraftSent.
    """
    with transaction.atomic():
        row = locked(file.draft)
        row.files.filter(public_version_of=file.pk).update(public_version_of=None)
        row.files.filter(pk=file.pk).update(
            is_original=True, secrecy="public", secrecy_reason="", public_version_of=None
        )
        touch(row)
        audit.record(row, "submissions.seal_form", by=by)


def remove_file(*, file: DraftFile, by: Any = None) -> None:
    """Take a file out of the draft; where nothing else names it, its bytes go too. Raises DraftSent."""
    with transaction.atomic():
        row = locked(file.draft)
        kept = row.files.filter(pk=file.pk).select_related("attachment").first()
        if kept is None:
            return
        attachment = kept.attachment
        kept.delete()
        forget(attachment)
        touch(row)
        audit.record(row, "submissions.remove_file", by=by)


def forget(attachment: Attachment) -> None:
    """Remove the receipt of a file unless something else names it; the sweep then removes its bytes."""
    try:
        with transaction.atomic():
            attachment.delete()
    except ProtectedError:
        pass  # a submission holds it, and keeps it
    except models.RestrictedError:
        pass


def refuse_too_much(draft: AnswerDraft, size: int) -> None:
    """Raise SubmissionRefused where a file of this size finds no place in the draft any more."""
    held = draft.files.aggregate(count=models.Count("pk"), bytes=Sum("attachment__size"))
    if held["count"] >= MOST_FILES:
        raise SubmissionRefused(
            _("There are %(number)s files already. Put several into one, or write to the secretariat.")
            % {"number": MOST_FILES}
        )
    if (held["bytes"] or 0) + size > MOST_BYTES:
        raise SubmissionRefused(
            _("All files together are larger than %(number)s MB. Send smaller ones, or write to us.")
            % {"number": MOST_BYTES // 1024 // 1024}
        )
