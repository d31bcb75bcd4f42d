"""Puts a backup back onto an empty machine: all hashes first, then files, then the database."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from colloquia import configuration, databases
from colloquia.backups.manifest import DATA, PIECE, SQLITE, BackupUnusable, Entry, Manifest
from colloquia.backups.sources import Backup

_IGNORED = {"lost+found"}
_SPARE = 1.1
"""Room that must be free, as a multiple of what is put back."""
Progress = Callable[[str, int, int], None]


def restore(place: Path, progress: Progress | None = None) -> Manifest:
    """Put everything back into the data folder and the database of this machine, both of which must be empty.

    Call it before ``django.setup()``: settings make keys in the data folder, and these come from the backup.
    Where it fails, the data folder is empty again.

    Raises:
        BackupUnusable: the backup is damaged, or something is here already.
        ConfigurationError: the settings cannot be used.
    """
    with Backup(place.expanduser().resolve()) as backup:
        _restore(backup, progress or (lambda _stage, _done, _total: None))
        return backup.manifest


def _restore(backup: Backup, tell: Progress) -> None:
    data = configuration.data_folder()
    settings = databases.database(configuration.text("DATABASE_URL"), data)
    _require_empty(data, settings)
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
    try:
        _put_back(backup, data, settings, tell)
    except BaseException:
        _empty(data)
        raise


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

    with psycopg.connect(
        host=str(settings.get("HOST") or "") or None, port=str(settings.get("PORT") or "") or None,
        user=str(settings.get("USER") or "") or None, password=str(settings.get("PASSWORD") or "") or None,
        dbname=str(settings["NAME"]),
    ) as connection:  # fmt: skip
        found = connection.execute(
            "SELECT count(*) FROM information_schema.tables WHERE table_schema = ANY(current_schemas(false))"
        ).fetchone()
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
        _copy(backup, backup.manifest.paths()[SQLITE], draft)
        draft.replace(target)
        django.setup()
        from colloquia.backups import loading

        loading.require_known(backup.manifest)
        loading.bring_up_to_date()
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


def _copy(backup: Backup, entry: Entry, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with backup.open(entry) as stream, os.fdopen(descriptor, "wb") as file:
        shutil.copyfileobj(stream, file, PIECE)
        file.flush()
        os.fsync(file.fileno())


def _empty(data: Path) -> None:
    """Take away what was put back; the folder was empty before."""
    for path in data.iterdir():
        if path.name in _IGNORED:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
