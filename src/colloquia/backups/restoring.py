"""Puts a backup back onto an empty machine: all hashes first, then files, then the database.

Everything is put into ``.restoring`` in the data folder, on the same disk; that folder becomes ``.restored``
once it is whole, and what is in it then moves up. Whatever stops the program, the next try begins anew or
ends the moving.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from colloquia import configuration, databases
from colloquia.backups.manifest import DATA, PIECE, SQLITE, BackupUnusable, Entry, Manifest
from colloquia.backups.sources import Backup

_UNFINISHED, _WHOLE, _BACKUP = ".restoring", ".restored", ".backup"
_IGNORED = {"lost+found", _UNFINISHED}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_SPARE = 1.1
"""Room that must be free, as a multiple of what is put back."""
Progress = Callable[[str, int, int], None]


def restore(place: Path, progress: Progress | None = None) -> Manifest:
    """Put everything back into the data folder and the database of this machine, both of which must be empty.

    Call it before ``django.setup()``: settings make keys in the data folder, and these come from the backup.
    Where it fails or is killed, nothing stands in the data folder but what the next try takes away. Django is
    set up for the unfinished folder then: do nothing more with it in this process.

    Raises:
        BackupUnusable: the backup is damaged, or something is here already.
        ConfigurationError: the settings cannot be used.
    """
    with Backup(place.expanduser().resolve()) as backup:
        _restore(backup, progress or (lambda _stage, _done, _total: None))
        return backup.manifest


def _restore(backup: Backup, tell: Progress) -> None:
    data = configuration.data_folder()
    digest = hashlib.sha256(backup.manifest.as_bytes()).hexdigest()
    if (data / _WHOLE).is_dir():
        _require_same(data / _WHOLE, digest)
        _move_up(data)
        return
    unfinished = data / _UNFINISHED
    _require_empty(data, databases.database(configuration.text("DATABASE_URL"), data))
    if unfinished.exists():
        shutil.rmtree(unfinished)
    wrong = backup.check(lambda done, total: tell("restore_check", done, total))
    if wrong:
        raise BackupUnusable(
            f"the backup is damaged, and nothing was put back. {' '.join(wrong[:20])} Use another backup."
        )
    needed = sum(entry.size for entry in backup.manifest.files)
    free = shutil.disk_usage(data).free
    if free < needed * _SPARE:
        raise BackupUnusable(
            f"{data} has {free >> 20:,} MiB free, and {int(needed * _SPARE) >> 20:,} MiB are needed."
            " Make room."
        )
    unfinished.mkdir(mode=0o700)
    settings = databases.database(configuration.text("DATABASE_URL"), unfinished)
    try:
        with _data_folder(unfinished):
            _put_back(backup, unfinished, settings, tell)
        (unfinished / _BACKUP).write_text(digest, encoding="ascii")
        unfinished.rename(data / _WHOLE)
    except BaseException as error:
        _take_away(unfinished, settings)
        if _is_full(error):
            raise BackupUnusable(
                f"there is no room left on the disk of {data}, and nothing was put back: {needed >> 20:,} "
                "MiB and as much as the database needs must be free. Make room, and run it again."
            ) from error
        raise
    _move_up(data)


@contextmanager
def _data_folder(folder: Path) -> Iterator[None]:
    """Let settings that are read within take this for the data folder."""
    before = os.environ.get("COLLOQUIA_DATA")
    os.environ["COLLOQUIA_DATA"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["COLLOQUIA_DATA"]
        else:
            os.environ["COLLOQUIA_DATA"] = before


def _require_same(whole: Path, digest: str) -> None:
    """What was broken off while it moved is ended with the same backup."""
    if (whole / _BACKUP).read_text(encoding="ascii") != digest:
        raise BackupUnusable(
            f"another backup was put back into {whole.parent}, and broken off at its end. Run it again with "
            "that backup, or empty the folder."
        )


def _move_up(data: Path) -> None:
    """Move what is whole to its place; ``.backup`` last, so that it can be gone on with."""
    whole = data / _WHOLE
    for path in sorted(whole.iterdir()):
        if path.name != _BACKUP:
            path.rename(data / path.name)
    (whole / _BACKUP).unlink()
    whole.rmdir()
    descriptor = os.open(data, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_full(error: BaseException) -> bool:
    """Whether the disk is full, as files or a database say it."""
    if isinstance(error, OSError):
        return error.errno in _FULL
    from django.db import DatabaseError

    return isinstance(error, DatabaseError) and "full" in str(error).lower()


def _require_empty(data: Path, settings: dict[str, object]) -> None:
    here = sorted(path.name for path in data.iterdir() if path.name not in _IGNORED)
    if here:
        raise BackupUnusable(
            f"{data} is not empty ({', '.join(here[:5])}). A backup is put back onto an empty machine "
            "alone: set COLLOQUIA_DATA to an empty folder."
        )
    if "sqlite" in str(settings["ENGINE"]):
        if Path(str(settings["NAME"])).exists():
            raise BackupUnusable(f"the database {settings['NAME']} is there already; move it away.")
        return
    import psycopg

    try:
        with psycopg.connect(
            host=str(settings.get("HOST") or "") or None, port=str(settings.get("PORT") or "") or None,
            user=str(settings.get("USER") or "") or None,
            password=str(settings.get("PASSWORD") or "") or None, dbname=str(settings["NAME"]),
        ) as connection:  # fmt: skip
            found = connection.execute(
                "SELECT count(*) FROM information_schema.tables"
                " WHERE table_schema = ANY(current_schemas(false))"
            ).fetchone()
    except psycopg.Error as error:
        raise BackupUnusable(
            f"the database cannot be reached ({' '.join(str(error).split())}), and nothing was put back. "
            "Check DATABASE_URL, and whether the server of the database runs."
        ) from error
    if found is not None and found[0]:
        raise BackupUnusable(
            f"the database has {found[0]} tables already. Drop it, make an empty one, and try again."
        )


def _put_back(backup: Backup, data: Path, settings: dict[str, object], tell: Progress) -> None:
    entries = [entry for entry in backup.manifest.files if entry.path.startswith(DATA)]
    for done, entry in enumerate(entries, start=1):
        _copy(backup, entry, data / entry.path.removeprefix(DATA))
        tell("restore", done, len(entries))
    import django

    is_file = backup.manifest.database == "sqlite"
    if is_file and "sqlite" in str(settings["ENGINE"]):
        target = Path(str(settings["NAME"]))
        draft = target.with_name(f"{target.name}.restoring")
        draft.unlink(missing_ok=True)
        _copy(backup, backup.manifest.paths()[SQLITE], draft)
        draft.replace(target)
        django.setup()
        from colloquia.backups import loading

        loading.require_known(backup.manifest)
        loading.bring_up_to_date()
        loading.close()
        return
    django.setup()
    from colloquia.backups import loading

    loading.require_known(backup.manifest)
    if is_file:
        copy = data / "restoring.sqlite3"
        _copy(backup, backup.manifest.paths()[SQLITE], copy)
        try:
            loading.load_from_sqlite(backup.manifest, copy, tell)
        finally:
            for path in data.glob("restoring.sqlite3*"):
                path.unlink()
    else:
        loading.load_from_lines(backup, tell)
    loading.bring_up_to_date()
    loading.close()


def _copy(backup: Backup, entry: Entry, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with backup.open(entry) as stream, os.fdopen(descriptor, "wb") as file:
        shutil.copyfileobj(stream, file, PIECE)
        file.flush()
        os.fsync(file.fileno())


def _take_away(unfinished: Path, settings: dict[str, object]) -> None:
    """Take away what was put back so far. The database was empty before, wherever it is."""
    shutil.rmtree(unfinished, ignore_errors=True)
    if "sqlite" in str(settings["ENGINE"]):
        for ending in ("", "-wal", "-shm", ".restoring"):
            Path(f"{settings['NAME']}{ending}").unlink(missing_ok=True)
        return
    from django.apps import apps

    if apps.ready:
        from colloquia.backups import loading

        loading.drop_tables()
