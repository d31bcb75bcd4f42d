"""Makes a backup: the database first, then every file that it names, the manifest last."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from colloquia.backups.manifest import DATA, BackupUnusable, Manifest
from colloquia.backups.stores import FolderStore, TarStore
from colloquia.folder_lock import FolderInUse, folder_lock

SECRETS = ("secret_key", "ledger_key")
_MADE_AGAIN = {"static", "cache", "imports", "attachments"}
"""Folders of the data folder that are made again, or (attachments) copied by what the database names."""
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What was done. ``sha256`` is that of the manifest: kept elsewhere, it proves the backup unchanged."""

    manifest: Manifest
    copied: int
    reused: int
    sha256: str


def make(target: Path, *, secrets: bool = True, progress: Progress | None = None) -> Made:
    """Copy everything into a folder, or into a file whose name ends in ``.tar``.

    Raises BackupUnusable; an earlier backup in the folder stays as it was.
    """
    from django.conf import settings

    data = Path(settings.DATA).resolve()
    target = target.expanduser().resolve()
    if target.is_relative_to(data) or data.is_relative_to(target):
        raise BackupUnusable(f"{target} lies in the data folder; a backup belongs on another disk.")
    if target.suffix == ".tar":
        return _kept(TarStore(target), data, secrets, progress)
    store = FolderStore(target)
    try:
        with folder_lock(target):
            return _kept(store, data, secrets, progress)
    except FolderInUse as error:
        raise BackupUnusable(f"another backup into {target} is at work; wait for it.") from error


def _kept(store: FolderStore | TarStore, data: Path, secrets: bool, progress: Progress | None) -> Made:
    try:
        return _make(store, data, secrets, progress)
    except OSError as error:
        store.abandon()
        if error.errno in _NO_ROOM:
            raise BackupUnusable(
                "there is no room left for the backup. It is not complete and has no manifest; an earlier "
                "one in the same folder is untouched. Make room, or use another disk."
            ) from error
        raise BackupUnusable(f"the backup could not be written: {error}.") from error
    except sqlite3.Error as error:
        store.abandon()
        raise BackupUnusable(
            f"the database could not be copied ({error}). Is there room left? The backup is not complete and "
            "has no manifest; an earlier one in the same folder is untouched."
        ) from error
    except BaseException:
        store.abandon()
        raise


def _make(store: FolderStore | TarStore, data: Path, secrets: bool, progress: Progress | None) -> Made:
    import hashlib

    from colloquia import __version__
    from colloquia.backups import snapshot

    made_at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    taken = snapshot.take(store.scratch)
    manifest = Manifest(
        made_at=made_at, program=__version__, database=taken.kind, migrations=taken.migrations,
        ledger=taken.ledger, secrets=secrets, rows=taken.rows,
    )  # fmt: skip
    others = list(_others(data, secrets, manifest))
    total = len(taken.files) + len(taken.attachments) + len(others)
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if progress:
            progress("backup", done, total)

    for path, file in taken.files:
        manifest.files.append(store.put(file, path))
        file.unlink()
        step()
    for sha256, size in sorted(taken.attachments.items()):
        _attachment(store, data, sha256, size, manifest)
        step()
    for file in others:
        try:
            manifest.files.append(store.put(file, DATA + file.relative_to(data).as_posix()))
        except FileNotFoundError:
            manifest.left_out.append(f"{file.relative_to(data)}: removed while the backup ran")
        step()
    manifest.files.sort(key=lambda entry: entry.path)
    store.finish(manifest)
    return Made(manifest, store.copied, store.reused, hashlib.sha256(manifest.as_bytes()).hexdigest())


def _attachment(
    store: FolderStore | TarStore, data: Path, sha256: str, size: int, manifest: Manifest
) -> None:
    """Copy a received file, and compare it with what was received."""
    path = data / "attachments" / sha256[:2] / sha256
    name = DATA + path.relative_to(data).as_posix()
    try:
        entry = store.put(path, name, sha256)
    except FileNotFoundError:
        if _was_destroyed(sha256):
            manifest.left_out.append(f"{name}: destroyed while the backup ran")
        else:
            manifest.problems.append(f"{name}: is missing; look for it in an earlier backup")
        return
    manifest.files.append(entry)
    if (entry.sha256, entry.size) != (sha256, size):
        manifest.problems.append(f"{name}: differs from what was received; look for it in an earlier backup")


def _was_destroyed(sha256: str) -> bool:
    from colloquia.core.models import Attachment

    return not Attachment.objects.filter(sha256=sha256, destroyed_at=None).exists()


def _others(data: Path, secrets: bool, manifest: Manifest) -> Iterator[Path]:
    """Files of the data folder beside the database and what was received: runs, naming profiles, keys."""
    from django.conf import settings
    from django.db import connection

    database = str(connection.settings_dict["NAME"])
    for name, key in (("secret_key", settings.SECRET_KEY), ("ledger_key", settings.LEDGER_KEY)):
        if key and not (data / name).exists():
            manifest.left_out.append(f"{name}: set in the environment; keep it yourself")
    for folder, folders, files in os.walk(data):
        here = Path(folder)
        if here == data:
            folders[:] = [each for each in folders if each not in _MADE_AGAIN]
        folders.sort()
        for name in sorted(files):
            path = here / name
            relative = path.relative_to(data).as_posix()
            if str(path).startswith(database) or name.endswith(".lock") or name == ".lock":
                continue
            if relative in SECRETS and not secrets:
                manifest.left_out.append(f"{relative}: left out, as asked")
            elif path.is_symlink() or not path.is_file():
                manifest.left_out.append(f"{relative}: no file of its own")
            else:
                yield path
