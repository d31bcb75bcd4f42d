"""Stored runs compared with their manifests, and signed ones with what the ledger committed to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.db import DatabaseError

from colloquia.consultations.commitments import of_run
from colloquia.consultations.models import Run
from colloquia.core.models import LedgerOpening
from colloquia.core.registry import Finding, RecordCheck
from colloquia.engines.store.manifest import file_digest

_NOT_LEGIBLE = (DatabaseError, ValueError, TypeError, KeyError, AttributeError, RecursionError)


def run_findings(tick: Callable[[int], None]) -> Iterator[Finding]:
    """Runs with other files than those that were stored, and signed runs that count otherwise."""
    signed = _signed()
    keys = list(Run.objects.filter(is_complete=True).order_by("pk").values_list("pk", flat=True))
    for done, key in enumerate(keys, start=1):
        place = f"Run {key}"
        try:
            run = Run.objects.select_related("consultation").get(pk=key)
            place = f"Run {run.number} of {run.consultation.slug}"
            yield from list(_files(run, place))
            yield from list(_signature(run, place, signed.pop(key, None)))
        except _NOT_LEGIBLE:
            yield Finding(place, "What is stored of it is not legible.")
        tick(done)
    for key in sorted(signed):
        yield Finding(f"Run {key}", "It was signed; its row is gone.")


def _files(run: Run, place: str) -> Iterator[Finding]:
    path = run.folder / "manifest.json"
    try:
        found = file_digest(path)
    except OSError:
        yield Finding(place, f"{path} is missing or cannot be read. Put the folder back from a backup.")
        return
    if found != run.fingerprint:
        yield Finding(place, f"{path} is not the manifest that was stored: its SHA-256 is {found}.")
        return
    for name, stated in sorted(json.loads(path.read_bytes())["outputs"].items()):
        try:
            same = file_digest(run.folder / name) == stated["sha256"]
        except OSError:
            same = False
        if not same:
            yield Finding(place, f"{run.folder / name} is missing, or not the file that was stored.")


def _signature(run: Run, place: str, content: Any) -> Iterator[Finding]:
    if (content is not None) != run.is_signed:
        yield Finding(place, "Whether it is signed is not what the ledger says.")
    elif content is not None:
        for name, value in of_run(run).items():
            if content.get(name) != value:
                yield Finding(place, f"The {name} of the run are not what was signed.")


def _signed() -> dict[int, Any]:
    """What was committed to for each run that was signed."""
    entries = LedgerOpening.objects.filter(about_type=Run._meta.label_lower, entry__kind="run.signed")
    return {int(about): content for about, content in entries.values_list("about_id", "content")}


CHECK = RecordCheck(
    "consultations.runs", "Runs", Run.objects.filter(is_complete=True).count, run_findings, 100
)
