"""The sources of an import as files below one folder: archives unpacked within limits, nothing followed."""

from __future__ import annotations

import json
import os
import shutil
import stat
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from colloquia.core.attachments import AttachmentRefused
from colloquia.core.filenames import safe_name, storable
from colloquia.engines.documents import mediatypes
from colloquia.engines.intake.files import is_litter
from colloquia.submissions.models import IntakeImport
from colloquia.submissions.services.intake_records import Trouble
from colloquia.submissions.services.intake_words import left_behind

MOST_MEMBERS = 50_000
"""Files in one archive; more of them are given as a folder to the command on the server."""
MOST_UNPACKED = 8 << 30
SMALL = 64 << 20
MOST_RATIO = 200
DEEPEST = 20
_PIECE = 1 << 20


class Unusable(Exception):
    """A source cannot be read at all; the message says why and what to do."""


@dataclass(slots=True)
class Stage:
    """Where each source lies. ``bases`` are folders; ``inputs`` are to be read: a folder, or its one file."""

    bases: list[Path] = field(default_factory=list)
    inputs: list[Path] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)

    def place_of(self, path: Path) -> tuple[int, str]:
        """The source that a path belongs to, and the path below it."""
        for place, base in enumerate(self.bases):
            if path.is_relative_to(base):
                return place, path.relative_to(base).as_posix()
        raise ValueError(f"{path.name} belongs to no source of this import.")

    def path_of(self, place: int, relative: str) -> Path:
        """The file again; never a link, never outside its source."""
        base = self.bases[place]
        path = base / relative
        if path.is_symlink() or not path.resolve().is_relative_to(base.resolve()):
            raise Unusable(_("“%(name)s” is a link now; nothing is read through links.") % {"name": relative})
        return path


def folder_of(intake: IntakeImport) -> Path:
    """The working folder of an import; it holds only what can be made again from the sources."""
    # With the time, so that a database that was put back never finds the folder of another import.
    return Path(settings.DATA) / "imports" / f"{intake.pk}-{intake.begun_at:%Y%m%d%H%M%S%f}"


def stage(intake: IntakeImport) -> Stage:
    """Lay the sources out, unless that was done before. Raises Unusable."""
    result = Stage()
    for source in intake.sources.select_related("attachment").order_by("position"):
        if source.attachment is None:
            base = Path(source.folder)
            if not base.is_dir():
                raise Unusable(
                    _("The folder %(path)s is not there any more. Put it back, or import again.")
                    % {"path": source.folder}
                )
            result.bases.append(base)
            result.inputs.append(base)
            continue
        base = folder_of(intake) / str(source.position)
        packed = source.attachment.media_type == mediatypes.ZIP
        whole = base.with_suffix(".whole")
        if not whole.exists():
            shutil.rmtree(base, ignore_errors=True)
            base.mkdir(mode=0o700, parents=True)
            try:
                troubles = (
                    list(_unpack(source.attachment.path, base, source.attachment.name))
                    if packed
                    else _place(source.attachment.path, base, source.attachment.name)
                )
            except (OSError, AttachmentRefused, zipfile.BadZipFile, NotImplementedError, ValueError) as error:
                shutil.rmtree(base, ignore_errors=True)
                raise Unusable(
                    _("“%(name)s” cannot be unpacked (%(reason)s). Pack it anew as a plain ZIP.")
                    % {"name": source.attachment.name, "reason": str(error)[:200] or type(error).__name__}
                ) from error
            whole.write_text(json.dumps([each.as_json() for each in troubles]))
        result.troubles += [Trouble(**each) for each in json.loads(whole.read_text() or "[]")]
        result.bases.append(base)
        result.inputs.append(base if packed else _only_file(base))
    return result


def clear(intake: IntakeImport) -> None:
    """Remove the working folder."""
    shutil.rmtree(folder_of(intake), ignore_errors=True)


def _only_file(base: Path) -> Path:
    return next(base.iterdir())


def _place(path: Path, base: Path, name: str) -> list[Trouble]:
    target = base / (safe_name(name).lstrip(".~") or "file")
    try:
        os.link(path, target)
    except OSError:
        shutil.copyfile(path, target)
    return []


def _unpack(path: Path, base: Path, shown: str) -> Iterator[Trouble]:
    """Write the members of an archive below a folder, under names that are safe; says what was left out."""
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if len(members) > MOST_MEMBERS:
            raise Unusable(
                _(
                    "“%(name)s” holds %(number)s files, more than %(most)s. Split it, or give the folder to "
                    "“colloquia intake” on the server."
                )
                % {"name": shown, "number": f"{len(members):,}", "most": f"{MOST_MEMBERS:,}"}
            )
        total = sum(member.file_size for member in members)
        if total > MOST_UNPACKED or (total > SMALL and total > MOST_RATIO * path.stat().st_size):
            raise Unusable(
                _(
                    "“%(name)s” would unpack to %(size)s MiB, far more than such files do. Nothing was "
                    "unpacked. Give the folder to “colloquia intake” on the server if this is right."
                )
                % {"name": shown, "size": f"{total >> 20:,}"}
            )
        taken: set[str] = set()
        room = total
        litter: set[str] = set()
        for member in members:
            if left := _litter(member.filename):
                if left not in litter:
                    litter.add(left)
                    yield Trouble(f"{shown}: {storable(left)}"[:300], left_behind())
                continue
            if member.is_dir():
                continue
            where = f"{shown}: {safe_name(member.filename)}"
            if stat.S_ISLNK(member.external_attr >> 16):
                yield Trouble(where, _("is a link and was left out; put the file itself into the archive."))
                continue
            if member.flag_bits & 1:
                yield Trouble(where, _("is protected by a password and was left out; pack it without one."))
                continue
            target = base / _safe_path(member.filename, taken)
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                with archive.open(member) as stream, target.open("wb") as file:
                    room = _copy(stream, file, room)
            except (zipfile.BadZipFile, EOFError, NotImplementedError, zipfile.LargeZipFile) as error:
                target.unlink(missing_ok=True)
                yield Trouble(
                    where,
                    _("is damaged in the archive and was left out (%(reason)s); ask for it again.")
                    % {"reason": str(error)[:100]},
                )


def _litter(name: str) -> str:
    """The part of a path up to what a system left behind there, file or folder; blank where there is none."""
    parts = name.replace("\\", "/").rstrip("/").split("/")
    place = next((place for place, part in enumerate(parts, start=1) if is_litter(part)), 0)
    return "/".join(parts[:place])


def _copy(stream: IO[bytes], file: IO[bytes], left: int) -> int:
    """Copy, and give what is left of the allowance: the directory of an archive may lie about sizes."""
    while piece := stream.read(_PIECE):
        left -= len(piece)
        if left < 0:
            raise Unusable(_("The archive unpacks to more than it says. It was not taken in."))
        file.write(piece)
    return left


def _safe_path(name: str, taken: set[str]) -> str:
    """A path below the folder, whatever the archive calls it; unique whatever the case of its letters."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in {"", ".", ".."}]
    cleaned = [_short(safe_name(part)) for part in parts[-DEEPEST:]] or ["file"]
    stem, dot, ending = cleaned[-1].rpartition(".")
    number, path = 1, "/".join(cleaned)
    while unicodedata.normalize("NFKC", path).casefold() in taken:
        number += 1
        last = f"{stem} ({number}).{ending}" if dot and stem else f"{cleaned[-1]} ({number})"
        path = "/".join([*cleaned[:-1], last])
    taken.add(unicodedata.normalize("NFKC", path).casefold())
    return path


def _short(part: str) -> str:
    """At most 200 bytes, as file systems allow 255."""
    data = part.encode()
    if len(data) <= 200:
        return part
    _stem, dot, ending = part.rpartition(".")
    keep = f".{ending}" if dot and len(ending) <= 12 else ""
    return data[: 200 - len(keep.encode())].decode("utf-8", "ignore") + keep
