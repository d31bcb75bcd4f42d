"""ZIP archives: the files inside, handed on as attachments; archives in archives are not opened."""

from __future__ import annotations

import zipfile

from colloquia.engines.documents import mediatypes as media
from colloquia.engines.documents import problems
from colloquia.engines.documents.containers import opened
from colloquia.engines.documents.extract import Extract, Source, Unreadable
from colloquia.engines.documents.filenames import safe_name, unique_names
from colloquia.engines.documents.sniffing import HEAD, sniff


def read(source: Source) -> Extract:
    """Return no text, and the files as attachments, within the limits for their number and size."""
    limits = source.limits
    files: list[tuple[str, bytes]] = []
    dropped = total = 0
    locked = False
    with opened(source) as container:
        for entry in sorted(container.names):
            if (
                entry.endswith("/")
                or entry.startswith("__MACOSX/")
                or entry.rpartition("/")[2].startswith(".")
            ):
                continue
            try:
                data = container.part(entry) or b""
            except Unreadable as reason:
                if str(reason) == problems.BOMB:
                    raise
                locked, data = True, b""
                continue
            except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError):
                dropped += 1
                continue
            total += len(data)
            nested = sniff(entry, data[:HEAD]) in (media.ZIP, media.ARCHIVE)
            if nested or len(files) >= limits.attachments or total > limits.attachment_bytes:
                dropped += 1
            else:
                files.append((safe_name(entry), data))
    if locked and not files:
        raise Unreadable(problems.PASSWORD)
    names = unique_names([name for name, _ in files])
    return Extract(
        "",
        missing=[
            *([problems.dropped_attachments(dropped)] if dropped else []),
            *([problems.LOCKED_PARTS] if locked else []),
        ],
        notes=[problems.archive(len(files))] if files else [],
        attachments=list(zip(names, (data for _, data in files), strict=True)),
        tool="zip",
    )
