"""Analysing what a call brought in: its published submissions, under their ids, as the next run."""

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
from colloquia.consultations.queries.prior import prior_of
from colloquia.consultations.queries.translating import entering
from colloquia.consultations.services import store_run
from colloquia.core import audit
from colloquia.core.jobs import enqueue
from colloquia.core.queries import profile
from colloquia.engines.analysis import Options, StageTimes, analyse
from colloquia.engines.analysis.again import PassageTranslation, submissions_of
from colloquia.engines.paper import NumberedPaper
from colloquia.engines.records import Submission
from colloquia.engines.store import next_prior, write_manifest, write_prior
from colloquia.folder_lock import folder_lock
from colloquia.issues.queries import paper_as_records
from colloquia.result_folder import Labels, write_results
from colloquia.submissions.models import AnalysisState, Call, CallAnalysis
from colloquia.submissions.queries.docket import docket_counts, docket_of, numbered
from colloquia.submissions.services.refusals import SubmissionRefused
from colloquia.supervisor import end_with_parent

TASK = "submissions.analyse"
LANGUAGES = ("en", "ar")
_UNDER_WAY = (AnalysisState.WAITING, AnalysisState.RUNNING)


def request_analysis(*, call: Call, by: Any, here: bool = False) -> CallAnalysis:
    """Ask for an analysis of what is public of a call now; it learns from the latest run where there is one.

    The worker does it, unless the caller will (``here``).

    Raises:
        SubmissionRefused: nothing is public, or an analysis of the consultation is under way.
    """
    counts = docket_counts(call)
    if not counts.in_it:
        raise SubmissionRefused(_("Nothing is published yet; publish submissions first, then analyse them."))
    base = call.consultation.runs.filter(is_complete=True).order_by("-number").first()
    taken_in = entering(base) if base else []
    under_way = _("An analysis of this consultation is under way already; wait for its end.")
    try:
        with transaction.atomic():
            if AnalysisRequest.objects.filter(
                consultation=call.consultation, state__in=("waiting", "running")
            ).exists():
                raise SubmissionRefused(under_way)
            row = CallAnalysis.objects.create(
                call=call,
                base=base,
                base_sequence=base.sequence if base else 0,
                translations=taken_in,
                counts=counts.as_json(),
                asked_by=by,
            )
            audit.record(row, "submissions.request_analysis", by=by, before={})
            if not here:
                enqueue(TASK, row.pk)
    except IntegrityError as error:
        raise SubmissionRefused(under_way) from error
    return row


@transaction.atomic
def abandon_analysis(*, analysis: CallAnalysis, by: Any) -> None:
    """Give up one that will not end, for instance since its worker was stopped for good.

    Raises:
        SubmissionRefused: it has ended.
    """
    row = CallAnalysis.objects.select_for_update().get(pk=analysis.pk)
    if row.state not in _UNDER_WAY:
        raise SubmissionRefused(_("This request has ended already."))
    before = audit.snapshot(row)
    _end(row, AnalysisState.FAILED, _("Given up by an officer."))
    audit.record(row, "submissions.abandon_analysis", by=by, before=before)


def run_in_child(analysis_id: int) -> None:
    """Do it in a process of its own, whose memory goes when it ends. Called by the worker."""
    row = CallAnalysis.objects.select_related("call__consultation", "asked_by").get(pk=analysis_id)
    if row.state not in _UNDER_WAY:
        return
    command = [
        *(sys.executable, "-m", "colloquia", "consultation", "call", row.call.consultation.slug),
        *("--by", row.asked_by.email, "--request", str(analysis_id)),
    ]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, errors="replace", preexec_fn=end_with_parent
    )
    row.refresh_from_db()
    if done.returncode and row.state in _UNDER_WAY:
        words = done.stderr.strip().splitlines()
        _end(row, AnalysisState.FAILED, words[-1][:1000] if words else _("The process was stopped."))


def perform(analysis_id: int) -> Run | None:
    """Do it in this process; the stored run, or None where it has ended already.

    Interrupted, it goes on from finished work when it is called again. What is public is read now: a
    submission taken back since it was asked for is not in the run.
    """
    row = CallAnalysis.objects.select_related("base", "call__consultation", "call__paper_version").get(
        pk=analysis_id
    )
    if row.state not in _UNDER_WAY:
        return None
    row.state, row.begun_at = AnalysisState.RUNNING, row.begun_at or timezone.now()
    row.counts = docket_counts(row.call).as_json()
    row.save(update_fields=["state", "begun_at", "counts"])
    place = Path(settings.RUNS) / f".call-{row.pk}"
    result = place / "result"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    with folder_lock(place):
        shutil.rmtree(result, ignore_errors=True)
        result.mkdir(mode=0o700)
        _analyse(row, place, result)
        run = store_run(
            consultation=row.call.consultation,
            folder=result,
            by=row.asked_by,
            prior=row.base,
            prior_sequence=row.base_sequence,
        )
    row.result = run
    row.save(update_fields=["result"])
    _end(row, AnalysisState.DONE, "")
    shutil.rmtree(place, ignore_errors=True)
    return run


def _end(row: CallAnalysis, state: str, message: str) -> None:
    row.state, row.message, row.ended_at = state, message, timezone.now()
    row.save(update_fields=["state", "message", "ended_at"])


def _analyse(row: CallAnalysis, place: Path, result: Path) -> None:
    consultation, names = row.call.consultation, profile()
    prior = prior_of(row.base) if row.base else None
    docket = _docket(row)
    times = StageTimes(time.monotonic)
    jobs = max(1, (os.cpu_count() or 2) - 1)
    given = row.base.parameters if row.base else {}
    analysis = analyse(
        docket,
        paper=_paper(row.call),
        options=Options(
            title=consultation.title("en"),
            year=row.call.opens_at.year,
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
    asked = _asked(row, docket)
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:12]
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
    if row.base and prior:
        write_prior(next_prior(analysis, f"{consultation.slug} after {row.base.number}", prior), result)
    write_manifest(
        result,
        {
            "program": f"colloquia {__version__}",
            "run": digest,
            "begun": begun,
            "parameters": {"withhold_persons": True, "made from": asked, **analysis.parameters},
            "inputs": {f"published submissions of {consultation.slug}": asked["published"]},
            "jobs": jobs,
            "seconds": times.seconds,
            "peak_memory_bytes": times.peak_bytes,
        },
    )


def _docket(row: CallAnalysis) -> list[Submission]:
    docket = docket_of(row.call)
    if row.base is None:
        return docket
    return numbered(docket, submissions_of(row.base.folder, _translations(row)))


def _paper(call: Call) -> NumberedPaper | None:
    return paper_as_records(call.paper_version) if call.paper_version else None


def _asked(row: CallAnalysis, docket: list[Submission]) -> dict[str, Any]:
    """What the run was made from: what was public, what stayed out, and the run that it learned from."""
    texts = [(item.submission_id, each.sha256, each.text) for item in docket for each in item.documents]
    return {
        "published": hashlib.sha256(json.dumps(texts).encode()).hexdigest(),
        "submissions": len(docket),
        "reserved files": row.counts.get("reserved_files", 0),
        "earlier run": row.base.fingerprint if row.base else "",
        "corrections": row.base_sequence,
        "translations": row.translations,
        "version": __version__,
    }


def _translations(row: CallAnalysis) -> list[PassageTranslation]:
    found = Translation.objects.in_bulk(row.translations)
    return [
        PassageTranslation(item.passage_id, item.language, item.text, item.kind)
        for key in row.translations
        if (item := found.get(key)) is not None
    ]


class _Progress:
    """Writes how far the analysis has come, at most once a second."""

    def __init__(self, row: CallAnalysis) -> None:
        self._row = row
        self._last = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._last < 1.0 and done != total:
            return
        self._last = now
        CallAnalysis.objects.filter(pk=self._row.pk).update(stage=stage, done=done, total=total)
