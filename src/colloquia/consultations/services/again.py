"""Analysing a consultation again: from the stored texts, with translations, learning from corrections."""

from __future__ import annotations

import json
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.consultations.models import AnalysisRequest, Run
from colloquia.consultations.queries.translating import entering
from colloquia.consultations.services import making
from colloquia.consultations.sources import next_run_at
from colloquia.core import audit
from colloquia.core.jobs import enqueue
from colloquia.engines.analysis.again import problems_of, submissions_of
from colloquia.engines.records import Paper, Question

TASK = "consultations.analyse"


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


def abandon_request(*, request: AnalysisRequest, by: Any) -> None:
    """Give a request up that will not end. Raises AnalysisRefused: it has ended."""
    if not making.give_up(request, by=by, verb="consultations.abandon_request"):
        raise AnalysisRefused(_("This request has ended already."))


def run_in_child(request_id: int) -> None:
    """Do a request in a process of its own. Called by the worker."""
    row = AnalysisRequest.objects.select_related("consultation", "asked_by").get(pk=request_id)
    making.run_in_child(row, act="again", slug=row.consultation.slug)


def perform(request_id: int) -> Run | None:
    """Do a request in this process; the stored run, or None where it has ended already.

    Interrupted, it goes on from finished work when it is called again.
    """
    row = AnalysisRequest.objects.select_related("base", "consultation").get(pk=request_id)
    return making.make_run(
        row, consultation=row.consultation, place=f".again-{row.pk}", material=lambda: _material(row)
    )


def _material(row: AnalysisRequest) -> making.Material:
    base = row.base
    return making.Material(
        submissions=submissions_of(base.folder, making.translations_of(row.translations)),
        problems=problems_of(base.folder),
        paper=_paper(base),
        year=timezone.now().year,
        base=base,
        sequence=row.base_sequence,
        translations=row.translations,
        inputs={f"run {base.number} of {row.consultation.slug}": base.fingerprint},
        heading="learned from",
    )


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
