"""Receiving files byte for byte, and giving them out so that a browser cannot run them.

The order is: bytes on the disk and synced, then hash, row and whatever the room adds in one
transaction. A crash leaves at most a file that no row names, which ``sweep`` removes.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import logging
import os
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.http import FileResponse, Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.core import audit
from colloquia.core.filenames import plain_ending, safe_name, storable
from colloquia.core.models import Attachment, AuditEntry
from colloquia.engines.documents.sniffing import HEAD, sniff

logger = logging.getLogger("colloquia.attachments")

LARGEST = 100 * 1024 * 1024
"""Bytes, where the caller names no other limit."""
ORPHAN_AGE_SECONDS = 24 * 3600
DESTROYED_NAME = "destroyed"
_CHUNK = 1024 * 1024
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_ACTIVE_CONTENT = {"text/html", "image/svg+xml", "application/xml", "application/xhtml+xml"}

Receiver = Callable[[Attachment], None]
_receivers: list[Receiver] = []


class AttachmentRefused(Exception):
    """A file was not taken; the message says why and what to do. Nothing of it is kept."""


def on_received(receiver: Receiver) -> Receiver:
    """Call this with every new attachment, inside the transaction that records it (the ledger's leaf)."""
    if receiver not in _receivers:
        _receivers.append(receiver)
    return receiver


def receive(
    stream: IO[bytes],
    *,
    name: str,
    media_type: str = "",
    by: Any = None,
    language: str = "",
    largest: int = LARGEST,
    then: Receiver | None = None,
) -> Attachment:
    """Take a file.

    Args:
        stream: read to its end in pieces; never held in memory as a whole.
        name: as sent; kept as it is, shown cleaned, never used as a path.
        media_type: what the sender claims; the type is found from the content.
        by: the person who sent it, or None.
        language: what the sender says, or blank.
        largest: limit in bytes.
        then: called with the attachment in the same transaction, for the rows of the room.

    Raises:
        AttachmentRefused: too large, empty, or no room on the disk.
    """
    shown = safe_name(name)
    draft = _folder("incoming") / uuid.uuid4().hex
    kept, attachment = "", None
    try:
        sha256, size = _write(stream, draft, largest, shown)
        found = _media_type(draft, shown)
        with _files_stay():
            _keep(draft, kept := sha256)
            with transaction.atomic():
                row = Attachment.objects.create(
                    sha256=sha256,
                    size=size,
                    original_name=storable(name),
                    name=shown,
                    declared_type=storable(media_type)[:255],
                    media_type=found,
                    language=language,
                    received_from=by,
                )
                audit.record(row, "core.receive", by=by)
                for receiver in (*_receivers, *([then] if then else [])):
                    receiver(row)
        attachment = row
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        raise AttachmentRefused(
            _("“%(name)s” could not be kept: there is no room left on the disk. Nothing of it was stored.")
            % {"name": shown}
        ) from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        if kept and attachment is None:
            # What a room refused must not fill the disk until the next sweep.
            with contextlib.suppress(OSError, DatabaseError):
                _remove_bytes(kept)
    return attachment


def serve(attachment: Attachment, *, name: str = "") -> FileResponse:
    """The file as a download that no browser opens in the site's own name.

    ``name`` stands for the name that the sender gave it, which often names a person: give one to whoever
    may have the file and not know who sent it. The ending stays where it is a known format's.

    Call it only behind a check of who asks; ``core.views.attachment`` is the guarded door.
    """
    if attachment.destroyed_at is not None:
        raise Http404
    try:
        file = attachment.path.open("rb")
    except FileNotFoundError as error:
        logger.exception("The file of attachment %s (%s) is missing.", attachment.pk, attachment.sha256)
        raise Http404 from error
    active = attachment.media_type in _ACTIVE_CONTENT
    response = FileResponse(
        file,
        as_attachment=True,
        filename=f"{name}{plain_ending(attachment.name)}" if name else attachment.name,
        content_type="application/octet-stream" if active else attachment.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = f'"{attachment.sha256}"'
    return response


def sweep(*, older_than: float = ORPHAN_AGE_SECONDS, now: float | None = None) -> int:
    """Remove files that no row names and drafts that were never finished; gives their number.

    Args:
        older_than: seconds since the last change; younger files may belong to a receipt under way.
        now: seconds since the epoch.
    """
    limit = (time.time() if now is None else now) - older_than
    removed = 0
    with _files_stay(exclusive=True):
        for path in _files():
            if path.stat().st_mtime > limit:
                continue
            is_draft = path.parent.name == "incoming"
            if is_draft or not _is_named(path.name):
                path.unlink(missing_ok=True)
                removed += 1
    return removed


def destroy(attachment: Attachment, *, by: Any = None) -> bool:
    """Destroy bytes and names of a receipt; size and hash stay. Gives False where that was done before.

    The bytes go when the caller's transaction is committed, unless another receipt has the same. Whatever
    stops the program in between, the next sweep removes them.
    """
    gone = {
        "destroyed_at": timezone.now(),
        "original_name": "",
        "name": DESTROYED_NAME,
        "received_from": None,
    }
    with transaction.atomic():
        if not Attachment.objects.filter(pk=attachment.pk, destroyed_at=None).update(**gone):
            return False
        for entry in AuditEntry.objects.filter(
            object_type=Attachment._meta.label_lower, object_id=str(attachment.pk)
        ).exclude(object_label="[redacted]"):
            audit.redact(entry=entry, fields=["object_label"], by=by, reason=_("The file was destroyed."))
        audit.record(attachment, "core.destroy_file", by=by, after={})
        transaction.on_commit(lambda: _remove_bytes(attachment.sha256))
    attachment.refresh_from_db()
    return True


def damaged() -> list[Attachment]:
    """Attachments whose file is missing or has another size than was received; normally none."""
    return [
        row
        for row in Attachment.objects.filter(destroyed_at=None).order_by("received_at").iterator()
        if not row.path.is_file() or row.path.stat().st_size != row.size
    ]


def _is_named(sha256: str) -> bool:
    """Whether a receipt that was not destroyed has these bytes."""
    return Attachment.objects.filter(sha256=sha256, destroyed_at=None).exists()


def _remove_bytes(sha256: str) -> None:
    with _files_stay(exclusive=True):
        if not _is_named(sha256):
            (Path(settings.ATTACHMENTS) / sha256[:2] / sha256).unlink(missing_ok=True)


def _write(stream: IO[bytes], draft: Path, largest: int, shown: str) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > largest:
                raise AttachmentRefused(
                    _("“%(name)s” is larger than %(size)s. Send a smaller file, or several.")
                    % {"name": shown, "size": _readable(largest)}
                )
            digest.update(chunk)
            file.write(chunk)
        if not size:
            raise AttachmentRefused(
                _("“%(name)s” is empty. Check the file and send it again.") % {"name": shown}
            )
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def _readable(size: int) -> str:
    return f"{size / 1_048_576:,.0f} MiB" if size >= _CHUNK else f"{size:,} bytes"


def _media_type(draft: Path, shown: str) -> str:
    with draft.open("rb") as file:
        return sniff(shown, file.read(HEAD), draft)


def _keep(draft: Path, sha256: str) -> None:
    """Move the bytes to their place. The same bytes received again replace themselves, harmlessly."""
    bucket = _folder(sha256[:2])
    draft.replace(bucket / sha256)
    for folder in (bucket, bucket.parent):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _folder(name: str) -> Path:
    folder = Path(settings.ATTACHMENTS) / name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _files() -> Iterator[Path]:
    for folder in sorted(Path(settings.ATTACHMENTS).iterdir()):
        if folder.is_dir():
            yield from sorted(path for path in folder.iterdir() if path.is_file())


@contextlib.contextmanager
def _files_stay(*, exclusive: bool = False) -> Iterator[None]:
    """Receipts share this lock; the sweep has it alone, so that it never takes a file about to be named."""
    descriptor = os.open(_folder(".") / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH)
        yield
    finally:
        os.close(descriptor)
