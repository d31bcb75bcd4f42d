"""Making a run that was asked for, in a process of its own: analysed, stored, gone on with after a crash."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia import __version__
from colloquia.consultations.models import Consultation, Run, Translation
from colloquia.consultations.models.requests import RequestState, RunRequest
from colloquia.consultations.queries.prior import prior_of
from colloquia.consultations.services.storing import store_run
from colloquia.core import audit
from colloquia.core.queries import profile
from colloquia.engines.analysis import Options, StageTimes, analyse
from colloquia.engines.analysis.again import PassageTranslation
from colloquia.engines.records import Paper, Submission
from colloquia.engines.results import Problem
from colloquia.engines.store import next_prior, write_manifest, write_prior
from colloquia.folder_lock import folder_lock
from colloquia.result_folder import Labels, write_results
from colloquia.supervisor import end_with_parent

LANGUAGES = ("en", "ar")


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a run is made from.

    ``base`` is the run that it learns from, with its first ``sequence`` corrections; None where it is the
    first. ``translations`` are the keys of those taken in. The manifest names ``inputs``, and says under
    ``heading`` what the run was made from: base, corrections, translations and ``more``.
    """

    submissions: Sequence[Submission]
    paper: Paper | None
    year: int
    base: Run | None
    sequence: int
    translations: Sequence[int]
    inputs: Mapping[str, str]
    heading: str
    problems: Sequence[Problem] = ()
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def made_from(self) -> dict[str, Any]:
        """What tells this run from any other of the consultation."""
        return {
            **self.more,
            "earlier run": self.base.fingerprint if self.base else "",
            "corrections": self.sequence,
            "translations": list(self.translations),
            "version": __version__,
        }


def run_in_child(row: RunRequest, *, act: str, slug: str) -> None:
    """Have ``colloquia consultation`` do a request, in a process whose memory goes when it ends.

    Where that fails, however early, the request has failed and says why: nothing else would take it up.
    """
    if not row.is_under_way:
        return
    command = [
        *(sys.executable, "-m", "colloquia", "consultation", act, slug),
        *("--by", row.asked_by.email, "--request", str(row.pk)),
    ]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, errors="replace", preexec_fn=end_with_parent
    )
    row.refresh_from_db()
    if done.returncode and row.is_under_way:
        words = done.stderr.strip().splitlines()
        _end(row, RequestState.FAILED, words[-1][:1000] if words else _("The process was stopped."))


def make_run(
    row: RunRequest, *, consultation: Consultation, place: str, material: Callable[[], Material]
) -> Run | None:
    """Do a request in this process; the stored run, or None where the request has ended already.

    ``place`` names the folder in which it works. Interrupted, it goes on from finished work there when it is
    called again; ``material`` is asked for anew.
    """
    if not row.is_under_way:
        return None
    row.state, row.begun_at = RequestState.RUNNING, row.begun_at or timezone.now()
    row.save(update_fields=["state", "begun_at"])
    folder = Path(settings.RUNS) / place
    result = folder / "result"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with folder_lock(folder):
        shutil.rmtree(result, ignore_errors=True)
        result.mkdir(mode=0o700)
        given = material()
        _analyse(row, consultation, given, folder, result)
        row.result = store_run(
            consultation=consultation,
            folder=result,
            by=row.asked_by,
            prior=given.base,
            prior_sequence=given.sequence,
        )
    row.save(update_fields=["result"])
    _end(row, RequestState.DONE, "")
    shutil.rmtree(folder, ignore_errors=True)
    return row.result


@transaction.atomic
def give_up(row: RunRequest, *, by: Any, verb: str) -> bool:
    """End a request that will not, for instance since its worker was stopped; False where it has ended."""
    locked = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if not locked.is_under_way:
        return False
    before = audit.snapshot(locked)
    _end(locked, RequestState.FAILED, _("Given up by an officer."))
    audit.record(locked, verb, by=by, before=before)
    return True


def translations_of(keys: Iterable[int]) -> list[PassageTranslation]:
    """Those that were there when the run was asked for, in the order in which they came."""
    keys = list(keys)
    found = Translation.objects.in_bulk(keys)
    return [
        PassageTranslation(item.passage_id, item.language, item.text, item.kind)
        for key in keys
        if (item := found.get(key)) is not None
    ]


def _end(row: RunRequest, state: str, message: str) -> None:
    row.state, row.message, row.ended_at = state, message, timezone.now()
    row.save(update_fields=["state", "message", "ended_at"])


def _analyse(row: RunRequest, consultation: Consultation, given: Material, store: Path, result: Path) -> None:
    base, names = given.base, profile()
    prior = prior_of(base) if base else None
    options = base.parameters if base else {}
    times = StageTimes(time.monotonic)
    jobs = max(1, (os.cpu_count() or 2) - 1)
    analysis = analyse(
        given.submissions,
        problems=given.problems,
        paper=given.paper,
        options=Options(
            title=consultation.title("en"),
            year=given.year,
            themes=options["themes"] if isinstance(options.get("themes"), int) else None,
            seed=int(options.get("seed", 0)),
            encoder=str(options.get("encoder", "use")),
            jobs=jobs,
            keep_vectors=True,
        ),
        profile=names,
        store=store,
        progress=_Progress(row),
        times=times,
        prior=prior,
    )
    digest = hashlib.sha256(json.dumps(given.made_from, sort_keys=True).encode()).hexdigest()[:12]
    begun = row.begun_at.isoformat(timespec="seconds") if row.begun_at else ""
    labels = Labels(
        LANGUAGES,
        begun,
        digest,
        titles=consultation.titles,
        notices=consultation.notes,
        withhold_persons=True,
    )
    write_results(analysis, result, labels=labels, profile=names)
    if base and prior:
        write_prior(next_prior(analysis, f"{consultation.slug} after {base.number}", prior), result)
    write_manifest(
        result,
        {
            "program": f"colloquia {__version__}",
            "run": digest,
            "begun": begun,
            "parameters": {
                "withhold_persons": True,
                given.heading: given.made_from,
                **analysis.parameters,
            },
            "inputs": dict(given.inputs),
            "jobs": jobs,
            "seconds": times.seconds,
            "peak_memory_bytes": times.peak_bytes,
        },
    )


class _Progress:
    """Writes how far the analysis has come, at most once a second."""

    def __init__(self, row: RunRequest) -> None:
        self._rows = type(row)._default_manager.filter(pk=row.pk)
        self._last = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._last < 1.0 and done != total:
            return
        self._last = now
        self._rows.update(stage=stage, done=done, total=total)
