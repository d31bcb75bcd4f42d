"""Received files compared with the SHA-256 under which they were received."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings

from colloquia.core.models import Attachment
from colloquia.core.pieces import rows
from colloquia.core.registry import Finding, RecordCheck


def file_findings(tick: Callable[[int], None]) -> Iterator[Finding]:
    """Files that are missing or hold other bytes. What two receipts share is read once. No names are told."""
    seen: set[str] = set()
    destroyed = 0
    fields = ("sha256", "size", "destroyed_at")
    for done, (key, row) in enumerate(rows(Attachment.objects.all(), *fields), start=1):
        tick(done)
        place = f"Received file {key}"
        if row is None:
            yield Finding(place, "Its row is not legible.")
            continue
        sha256, size, destroyed_at = row
        if destroyed_at is not None:
            destroyed += 1
            continue
        path = Path(settings.ATTACHMENTS) / sha256[:2] / sha256
        if not path.is_file():
            yield Finding(place, f"{path} is missing. Put it back from a backup.")
        elif path.stat().st_size != size:
            yield Finding(place, f"{path} has {path.stat().st_size:,} bytes; {size:,} were received.")
        elif sha256 not in seen:
            seen.add(sha256)
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
            if found != sha256:
                yield Finding(
                    place, f"{path} does not hold the bytes that were received: its SHA-256 is {found}."
                )
    if destroyed:
        yield Finding("Received files", f"{destroyed:,} were destroyed, as is right for erased data.", False)


CHECK = RecordCheck("core.files", "Received files", Attachment.objects.count, file_findings, 40)
