"""The illustrative consultation of the starter programme: analysed, stored as a run, shown."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from colloquia import __version__
from colloquia.consultations.models import Consultation, Run
from colloquia.consultations.services.originals import keep_originals
from colloquia.consultations.services.publishing import create_consultation, show_run
from colloquia.consultations.services.storing import store_run
from colloquia.engines.store.manifest import file_digest

STAMP = "loaded.json"


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


def load_starter(*, source: Path, slug: str, compute: Callable[[Path], None]) -> bool:
    """Bring the illustrative consultation in line with ``source``; whether there was anything to do.

    ``compute`` fills a folder with the results of the analysis. A run that officers corrected, reviewed or
    signed stays the one that is shown; the new one then stands beside it. Hold ``only_one``.
    """
    mark = fingerprint(source)
    consultation = Consultation.objects.filter(slug=slug).first()
    if consultation and any(_mark(run) == mark for run in consultation.runs.filter(is_complete=True)):
        return False
    root = Path(settings.RUNS)
    root.mkdir(parents=True, exist_ok=True)
    for stale in root.glob(".starter-*"):
        shutil.rmtree(stale, ignore_errors=True)
    draft = root / f".starter-{secrets.token_hex(6)}"
    draft.mkdir(mode=0o700)
    try:
        compute(draft)
        (draft / STAMP).write_text(json.dumps({"fingerprint": mark}), encoding="ascii")
        consultation = consultation or _create(source, slug)
        run = store_run(consultation=consultation, folder=draft)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    keep_originals(run=run, files=[path for path in sorted(source.rglob("*")) if path.is_file()])
    shown = consultation.shown_run
    if shown is None or (shown.sequence == 0 and shown.status == "draft"):
        show_run(run=run)
    return True


def fingerprint(source: Path) -> str:
    """SHA-256 over the names and bytes of every file of a source folder and the program's version."""
    total = hashlib.sha256(f"colloquia {__version__}\n".encode())
    for path in sorted(
        path for path in source.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    ):
        total.update(f"{path.relative_to(source).as_posix()} {file_digest(path)}\n".encode())
    return total.hexdigest()


def _mark(run: Run) -> str:
    try:
        stamp: dict[str, Any] = json.loads((run.folder / STAMP).read_bytes())
    except (OSError, ValueError):
        return ""
    return str(stamp.get("fingerprint", ""))


def _create(source: Path, slug: str) -> Consultation:
    about: dict[str, Any] = json.loads((source / "about.json").read_bytes())
    return create_consultation(
        slug=slug,
        titles=about["title"],
        notes=about.get("note", {}),
        is_illustrative=bool(about.get("illustrative")),
        paper=about.get("paper", ""),
        paper_version=about.get("paper_version", ""),
    )
