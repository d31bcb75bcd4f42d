"""Everything public of a call as a ZIP, written while it is sent: the same bytes for the same content."""

from __future__ import annotations

import csv
import io
import tempfile
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from django.utils import timezone

from colloquia.core.filenames import plain_ending
from colloquia.core.table_writing import disarmed
from colloquia.submissions.models import Call, PublishedPart, PublishedSubmission
from colloquia.submissions.presentation.published import address, file_address, permanent, text_address
from colloquia.submissions.presentation.published_json import RESERVED
from colloquia.submissions.queries.published import in_chunks, parts_by, published_in

_BLOCK = 256 * 1024
_CHUNK = 20
MANIFEST = (
    "submission", "part", "question", "name", "size", "sha256", "language", "kind", "respondent", "anonymous",
    "stakeholder", "territory", "received_on", "redacted", "public_version", "rights_statement",
    "mining_reserved", "left_out", "url",
)  # fmt: skip


class _Sink(io.RawIOBase):
    """What was written and not yet sent."""

    def __init__(self) -> None:
        super().__init__()
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._held += data
        return len(data)

    def drain(self) -> bytes:
        taken = bytes(self._held)
        self._held.clear()
        return taken


def stream(call: Call) -> Iterator[bytes]:
    """The archive, piece by piece: a folder for each submission, and ``manifest.csv`` with what is in it.

    At most a block of a file and a few texts are in memory. What is taken back while the archive is being
    sent is left out of what was not sent yet. Files whose mining is reserved stay out; the manifest says
    where they are.
    """
    sink = _Sink()
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8-sig", newline="") as listed,
        zipfile.ZipFile(sink, "w", allowZip64=True) as archive,
    ):
        lines = csv.writer(listed, lineterminator="\r\n")
        lines.writerow(MANIFEST)
        for rows in in_chunks(published_in(call), _CHUNK):
            parts = parts_by(rows)
            for row in rows:
                for part in parts[row.pk]:
                    yield from _part(archive, sink, row, part, lines)
        listed.flush()
        yield from _file(archive, sink, _entry("manifest.csv", None), cast(BinaryIO, listed.buffer))
    yield sink.drain()


def _part(
    archive: zipfile.ZipFile,
    sink: _Sink,
    row: PublishedSubmission,
    part: PublishedPart,
    lines: Any,
) -> Iterator[bytes]:
    stem = f"{row.identifier}/{part.position:03d}"
    if part.mining_reserved:
        where = file_address(row, part) if part.attachment else text_address(row, part)
        size, sha256 = (part.attachment.size, part.attachment.sha256) if part.attachment else (0, part.sha256)
        lines.writerow(_line(row, part, "", size, sha256, where, left_out=RESERVED))
        return
    if part.attachment:
        name = f"{stem}{plain_ending(part.attachment.name)}"
        if not part.attachment.path.is_file():
            lines.writerow(
                _line(row, part, "", 0, part.attachment.sha256, file_address(row, part), left_out="missing")
            )
        else:
            with part.attachment.path.open("rb") as source:
                yield from _file(archive, sink, _entry(name, row), source)
            held = part.attachment
            lines.writerow(_line(row, part, name, held.size, held.sha256, file_address(row, part)))
    if part.text_version:
        name = f"{stem}.text.txt" if part.is_file else f"{stem}.txt"
        data = part.text_version.text.encode("utf-8", "surrogatepass")
        archive.writestr(_entry(name, row), data)
        lines.writerow(_line(row, part, name, len(data), part.text_version.sha256, text_address(row, part)))
        yield sink.drain()


def _file(archive: zipfile.ZipFile, sink: _Sink, entry: zipfile.ZipInfo, source: BinaryIO) -> Iterator[bytes]:
    entry.file_size = source.seek(0, io.SEEK_END)
    source.seek(0)
    with archive.open(entry, "w") as target:
        while block := source.read(_BLOCK):
            target.write(block)
            yield sink.drain()
    yield sink.drain()


def _entry(name: str, row: PublishedSubmission | None) -> zipfile.ZipInfo:
    """An entry whose bytes depend on nothing but what is in it: the day is that of the receipt."""
    day = row.received_on if row else None
    moment = (day.year, day.month, day.day, 0, 0, 0) if day and day.year >= 1980 else (1980, 1, 1, 0, 0, 0)
    entry = zipfile.ZipInfo(name, moment)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    return entry


def _line(
    row: PublishedSubmission,
    part: PublishedPart,
    name: str,
    size: int,
    sha256: str,
    path: str,
    *,
    left_out: str = "",
) -> list[str]:
    values: list[Any] = [
        row.identifier, part.position, part.question_id, name, size or "", sha256,
        part.language, row.kind, row.organisation or row.name, "yes" if row.is_anonymous else "no",
        row.stakeholder, row.territory_id or "", row.received_on.isoformat(),
        "yes" if part.is_redacted else "no", "yes" if part.is_public_version else "no", part.rights_statement,
        "yes" if part.mining_reserved else "no", left_out, permanent(path or address(row)),
    ]  # fmt: skip
    return [disarmed(str(value)) for value in values]


def archive_name(call: Call) -> str:
    """The name under which the archive is saved."""
    return f"{call.consultation.slug}-submissions-{timezone.now():%Y-%m-%d}.zip"
