"""Files that come in pieces over a bad line: begun, gone on with where the line broke, finished once."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import time
import uuid
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.core.filenames import safe_name, storable
from colloquia.submissions.models import AnswerDraft, DraftFile, DraftUpload
from colloquia.submissions.services.drafting import locked
from colloquia.submissions.services.drafting_files import LARGEST, MOST_BYTES, add_file, refuse_too_much
from colloquia.submissions.services.drafting_room import refuse_without_room
from colloquia.submissions.services.refusals import SubmissionRefused

LARGEST_PIECE = 1024 * 1024
KEPT = timedelta(days=2)
"""How long an upload waits to be gone on with."""
_CHUNK = 1024 * 1024


class WrongPlace(Exception):
    """A piece does not go on where the last one ended. ``offset`` is how many bytes are here."""

    def __init__(self, offset: int) -> None:
        self.offset = offset
        super().__init__(f"{offset} bytes are here.")


def begin_upload(
    *, draft: AnswerDraft, name: str, size: int, declared_type: str = "", sha256: str = ""
) -> DraftUpload:
    """Make a place for a file.

    Raises:
        SubmissionRefused: empty, too large, no place in the draft, or no room for drafts.
        DraftSent: it was sent meanwhile.
    """
    if size < 1:
        raise SubmissionRefused(
            _("“%(name)s” is empty. Check the file and send it again.") % {"name": safe_name(name)}
        )
    if size > LARGEST:
        raise SubmissionRefused(
            _("“%(name)s” is larger than %(number)s MB. Send a smaller file, or several.")
            % {"name": safe_name(name), "number": LARGEST // 1024 // 1024}
        )
    refuse_without_room(draft, size, comes_now=False)
    with transaction.atomic():
        row = locked(draft)
        refuse_too_much(row, size)
        waiting = row.uploads.filter(file=None).aggregate(bytes=Sum("size"))["bytes"] or 0
        if waiting + size > MOST_BYTES:
            raise SubmissionRefused(_("Too many files are on their way. Wait until some of them are here."))
        return DraftUpload.objects.create(
            draft=row,
            name=storable(name),
            size=size,
            declared_type=storable(declared_type)[:255],
            sha256=sha256.lower() if re.fullmatch(r"[0-9a-fA-F]{64}", sha256) else "",
        )


def held(upload: DraftUpload) -> int:
    """How many bytes of it are here."""
    with suppress(FileNotFoundError):
        return upload.path.stat().st_size
    return upload.size if upload.file_id is not None else 0


def put_piece(*, upload: DraftUpload, offset: int, piece: bytes) -> int:
    """Add a piece that was received whole; gives the bytes that are here now.

    Raises:
        WrongPlace: another number of bytes is here than the sender thinks, or too many would be.
        SubmissionRefused: the disk has no room; the piece may be sent again later.
    """
    if upload.file_id is not None:
        raise WrongPlace(upload.size)
    refuse_without_room(upload.draft, len(piece))
    upload.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(upload.path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX)
        here = os.fstat(file.fileno()).st_size
        if here != offset or here + len(piece) > upload.size:
            raise WrongPlace(here)
        file.seek(here)
        file.write(piece)
    return offset + len(piece)


def finish_upload(*, upload: DraftUpload, by: Any = None) -> DraftFile:
    """Make a whole upload a file of its draft. Asked again, after an answer that was lost, it gives the same.

    Raises:
        WrongPlace: some of it is missing.
        SubmissionRefused: it is not what was sent, or finds no place.
        DraftSent: the draft was sent meanwhile.
    """
    done = upload
    try:
        with upload.path.open("rb") as file:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX)
            done = DraftUpload.objects.select_related("file", "draft").get(pk=upload.pk)
            if done.file is not None:
                return done.file
            if os.fstat(file.fileno()).st_size != done.size:
                raise WrongPlace(os.fstat(file.fileno()).st_size)
            if done.sha256 and _digest(done.path) != done.sha256:
                done.path.unlink()
                raise SubmissionRefused(
                    _("“%(name)s” was damaged on its way. Nothing of it is kept; send it again.")
                    % {"name": safe_name(done.name)}
                )
            made = add_file(
                draft=done.draft,
                stream=file,
                name=done.name,
                media_type=done.declared_type,
                by=by,
                upload=done,
            )
    except FileNotFoundError as error:
        # Another request finished it, or nothing of it came yet.
        done = DraftUpload.objects.select_related("file").get(pk=upload.pk)
        if done.file is not None:
            return done.file
        raise WrongPlace(0) from error
    done.path.unlink(missing_ok=True)
    return made


def sweep_uploads(*, now: float | None = None) -> int:
    """Remove uploads that nobody went on with, and pieces of nothing; gives the number of files."""
    DraftUpload.objects.filter(file=None, begun_at__lt=timezone.now() - KEPT).delete()
    folder = Path(settings.DATA) / "uploads"
    limit = (time.time() if now is None else now) - KEPT.total_seconds()
    removed = 0
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        known = _known(path.name)
        if not known or path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _known(name: str) -> bool:
    try:
        return DraftUpload.objects.filter(pk=uuid.UUID(hex=name), file=None).exists()
    except ValueError:
        return False


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
