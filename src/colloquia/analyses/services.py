"""Publishing an analysis: computed beside, put in place in one step, never twice at once."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings

from colloquia import __version__
from colloquia.consultations import folders

STAMP = "loaded.json"


class AnalysisFailed(Exception):
    """The analysis did not come about; the message says why."""


def fingerprint(source: Path) -> str:
    """SHA-256 over the names and bytes of every file of a source folder and the program's version."""
    total = hashlib.sha256(f"colloquia {__version__}\n".encode())
    for path in sorted(
        path for path in source.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    ):
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        total.update(f"{path.relative_to(source).as_posix()} {content}\n".encode())
    return total.hexdigest()


def is_current(slug: str, mark: str) -> bool:
    """Whether the published analysis was computed from exactly this source."""
    folder = Path(settings.ANALYSES) / slug
    return folders.is_folder(folder) and folders.read_json(folder, STAMP).get("fingerprint") == mark


@contextlib.contextmanager
def only_one(wait: Callable[[], None]) -> Iterator[None]:
    """Hold the lock on loading; calls ``wait`` once where another process holds it. Freed when we die."""
    with (Path(settings.DATA) / "load.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            wait()
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def publish(*, slug: str, source: Path, mark: str, compute: Callable[[Path], None]) -> None:
    """Let ``compute`` fill a new folder, then put it in the place of the published one.

    Hold ``only_one``. Killed at any moment, the published analysis is the old one, the new one, or for
    the instant between two renames absent, and the next call makes it good. Raises AnalysisFailed.
    """
    root = Path(settings.ANALYSES)
    root.mkdir(parents=True, exist_ok=True)
    for stale in root.glob(f".{slug}.*"):
        shutil.rmtree(stale, ignore_errors=True)
    draft = root / f".{slug}.{secrets.token_hex(6)}"
    draft.mkdir(mode=0o700)
    try:
        compute(draft)
        if (source / "about.json").is_file():
            shutil.copyfile(source / "about.json", draft / "about.json")
        (draft / STAMP).write_text(
            json.dumps({"fingerprint": mark, "version": __version__}), encoding="ascii"
        )
        _sync(draft)
        target = root / slug
        old = root / f".{slug}.{secrets.token_hex(6)}"
        if target.exists():
            target.rename(old)
        draft.rename(target)
        _sync_folder(root)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _sync(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
