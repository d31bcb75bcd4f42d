"""Analysing what a call brought in: its published submissions, under their ids, as the next run."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from colloquia.consultations.models import AnalysisRequest, Run
from colloquia.consultations.models.requests import UNDER_WAY
from colloquia.consultations.queries.translating import entering
from colloquia.consultations.services import making
from colloquia.core import audit
from colloquia.core.jobs import enqueue
from colloquia.engines.analysis.again import submissions_of
from colloquia.issues.queries import paper_as_records
from colloquia.submissions.models import Call, CallAnalysis
from colloquia.submissions.queries.docket import docket_counts, docket_of, numbered
from colloquia.submissions.services.refusals import SubmissionRefused

TASK = "submissions.analyse"


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
            if AnalysisRequest.objects.filter(consultation=call.consultation, state__in=UNDER_WAY).exists():
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


def abandon_analysis(*, analysis: CallAnalysis, by: Any) -> None:
    """Give up one that will not end. Raises SubmissionRefused: it has ended."""
    if not making.give_up(analysis, by=by, verb="submissions.abandon_analysis"):
        raise SubmissionRefused(_("This request has ended already."))


def run_in_child(analysis_id: int) -> None:
    """Do it in a process of its own. Called by the worker."""
    row = CallAnalysis.objects.select_related("call__consultation", "asked_by").get(pk=analysis_id)
    making.run_in_child(row, act="call", slug=row.call.consultation.slug)


def perform(analysis_id: int) -> Run | None:
    """Do it in this process; the stored run, or None where it has ended already.

    Interrupted, it goes on from finished work when it is called again. What is public is read now: a
    submission taken back since it was asked for is not in the run.
    """
    row = CallAnalysis.objects.select_related("base", "call__consultation", "call__paper_version").get(
        pk=analysis_id
    )
    return making.make_run(
        row,
        consultation=row.call.consultation,
        place=f".call-{row.pk}",
        material=lambda: _material(row),
    )


def _material(row: CallAnalysis) -> making.Material:
    call, base = row.call, row.base
    row.counts = docket_counts(call).as_json()
    row.save(update_fields=["counts"])
    docket = docket_of(call)
    if base is not None:
        docket = numbered(docket, submissions_of(base.folder, making.translations_of(row.translations)))
    texts = [(item.submission_id, each.sha256, each.text) for item in docket for each in item.documents]
    published = hashlib.sha256(json.dumps(texts).encode()).hexdigest()
    return making.Material(
        submissions=docket,
        paper=paper_as_records(call.paper_version) if call.paper_version else None,
        year=call.opens_at.year,
        base=base,
        sequence=row.base_sequence,
        translations=row.translations,
        inputs={f"published submissions of {call.consultation.slug}": published},
        heading="made from",
        more={
            "published": published,
            "submissions": len(docket),
            "reserved files": row.counts.get("reserved_files", 0),
        },
    )
