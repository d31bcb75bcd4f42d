"""Analysing a consultation again: from the stored texts, with translations, learning from corrections."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia import __version__
from colloquia.consultations.models import AnalysisRequest, Run, Translation
from colloquia.consultations.models.requests import RequestState
from colloquia.consultations.queries.prior import prior_of
from colloquia.consultations.queries.translating import entering
from colloquia.consultations.services.storing import store_run
from colloquia.consultations.sources import next_run_at
from colloquia.core import audit
from colloquia.core.jobs import enqueue
from colloquia.core.queries import profile
from colloquia.engines.analysis import Options, StageTimes, analyse
from colloquia.engines.analysis.again import PassageTranslation, problems_of, submissions_of
from colloquia.engines.records import Paper, Question
from colloquia.engines.store import next_prior, write_manifest, write_prior
from colloquia.folder_lock import folder_lock
from colloquia.result_folder import Labels, write_results
from colloquia.supervisor import end_with_parent

TASK = "consultations.analyse"
LANGUAGES = ("en", "ar")


class AnalysisRefused(Exception):
    """Another analysis cannot be asked for now; the message says why."""


def request_analysis(*, run: Run, by: Any, here: bool = False) -> AnalysisRequest:
    """Ask for the next run, from the texts of ``run`` and everything that people said of it until now.

    The worker does it, unless the caller will (``here``).

    Raises:
        AnalysisRefused: where one is under way already, or the next run is made of what is public then.
    """
    if next_run_at(run):
        raise AnalysisRefused(
            _("This run was made from the published submissions of a call. Ask for the next one there.")
        )
    taken_in = entering(run)
    try:
        with transaction.atomic():
            row = AnalysisRequest.objects.create(
                consultation=run.consultation,
                base=run,
                base_sequence=run.sequence,
                translations=taken_in,
                asked_by=by,
            )
            audit.record(row, "consultations.request_analysis", by=by, before={})
            if not here:
                enqueue(TASK, row.pk)
    except IntegrityError as error:
        raise AnalysisRefused(
            _("An analysis of this consultation is under way already; wait for its end.")
        ) from error
    return row


@transaction.atomic
def abandon_request(*, request: AnalysisRequest, by: Any) -> None:
    """Give a request up that will not end, for instance since its worker was stopped for good."""
    row = AnalysisRequest.objects.select_for_update().get(pk=request.pk)
    if row.state not in (RequestState.WAITING, RequestState.RUNNING):
        raise AnalysisRefused(_("This request has ended already."))
    before = audit.snapshot(row)
    _end(row, RequestState.FAILED, _("Given up by an officer."))
    audit.record(row, "consultations.abandon_request", by=by, before=before)


def run_in_child(request_id: int) -> None:
    """Do a request in a process of its own, whose memory goes when it ends. Called by the worker."""
    row = AnalysisRequest.objects.get(pk=request_id)
    if row.state not in (RequestState.WAITING, RequestState.RUNNING):
        return
    command = [
        *(sys.executable, "-m", "colloquia", "consultation", "again", row.consultation.slug),
        *("--by", row.asked_by.email, "--request", str(request_id)),
    ]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, errors="replace", preexec_fn=end_with_parent
    )
    row.refresh_from_db()
    if done.returncode and row.state == RequestState.RUNNING:
        words = done.stderr.strip().splitlines()
        _end(row, RequestState.FAILED, words[-1][:1000] if words else _("The process was stopped."))


def perform(request_id: int) -> Run | None:
    """Do a request in this process; the stored run, or None where it has ended already.

    Interrupted, it goes on from finished work when it is called again.
    """
    row = AnalysisRequest.objects.select_related("base", "consultation").get(pk=request_id)
    if row.state not in (RequestState.WAITING, RequestState.RUNNING):
        return None
    row.state, row.begun_at = RequestState.RUNNING, row.begun_at or timezone.now()
    row.save(update_fields=["state", "begun_at"])
    place = Path(settings.RUNS) / f".again-{row.pk}"
    result = place / "result"
    place.mkdir(parents=True, exist_ok=True)
    with folder_lock(place):
        shutil.rmtree(result, ignore_errors=True)
        result.mkdir()
        _analyse(row, place, result)
        run = store_run(
            consultation=row.consultation,
            folder=result,
            by=row.asked_by,
            prior=row.base,
            prior_sequence=row.base_sequence,
        )
    row.result = run
    row.save(update_fields=["result"])
    _end(row, RequestState.DONE, "")
    shutil.rmtree(place, ignore_errors=True)
    return run


def _end(row: AnalysisRequest, state: str, message: str) -> None:
    row.state, row.message, row.ended_at = state, message, timezone.now()
    row.save(update_fields=["state", "message", "ended_at"])


def _analyse(row: AnalysisRequest, place: Path, result: Path) -> None:
    base = row.base
    given = base.parameters
    prior = prior_of(base)
    names = profile()
    times = StageTimes(time.monotonic)
    jobs = max(1, (os.cpu_count() or 2) - 1)
    analysis = analyse(
        submissions_of(base.folder, _translations(row)),
        problems=problems_of(base.folder),
        paper=_paper(base),
        options=Options(
            title=row.consultation.title("en"),
            year=timezone.now().year,
            themes=given["themes"] if isinstance(given.get("themes"), int) else None,
            seed=int(given.get("seed", 0)),
            encoder=str(given.get("encoder", "use")),
            jobs=jobs,
            keep_vectors=True,
        ),
        profile=names,
        store=place,
        progress=_Progress(row),
        times=times,
        prior=prior,
    )
    asked = {
        "earlier run": base.fingerprint,
        "corrections": row.base_sequence,
        "translations": row.translations,
        "version": __version__,
    }
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:12]
    begun = row.begun_at.isoformat(timespec="seconds") if row.begun_at else ""
    labels = Labels(
        LANGUAGES,
        begun,
        digest,
        titles=row.consultation.titles,
        notices=row.consultation.notes,
        withhold_persons=True,
    )
    write_results(analysis, result, labels=labels, profile=names)
    write_prior(next_prior(analysis, f"{row.consultation.slug} after {base.number}", prior), result)
    write_manifest(
        result,
        {
            "program": f"colloquia {__version__}",
            "run": digest,
            "begun": begun,
            "parameters": {"withhold_persons": True, "learned from": asked, **analysis.parameters},
            "inputs": {f"run {base.number} of {row.consultation.slug}": base.fingerprint},
            "jobs": jobs,
            "seconds": times.seconds,
            "peak_memory_bytes": times.peak_bytes,
        },
    )


def _translations(row: AnalysisRequest) -> list[PassageTranslation]:
    """Those that were there when the run was asked for, in the order in which they came."""
    found = Translation.objects.in_bulk(row.translations)
    return [
        PassageTranslation(item.passage_id, item.language, item.text, item.kind)
        for key in row.translations
        if (item := found.get(key)) is not None
    ]


def _paper(run: Run) -> Paper | None:
    """The paper as it stood for the earlier run."""
    held = json.loads((run.folder / "analysis.json").read_bytes()).get("paper")
    if not held:
        return None
    questions = tuple(
        Question(**{name: item.get(name) or "" for name in Question.__dataclass_fields__})
        for item in held["questions"]
    )
    return Paper(held["title"], questions, held.get("language", "en"), held.get("symbol", ""))


class _Progress:
    """Writes how far the analysis has come, at most once a second."""

    def __init__(self, row: AnalysisRequest) -> None:
        self._row = row
        self._last = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._last < 1.0 and done != total:
            return
        self._last = now
        AnalysisRequest.objects.filter(pk=self._row.pk).update(stage=stage, done=done, total=total)
