"""Double coding: a sample is drawn, each coder codes it blind, and it is closed and measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.accounts.rules import is_officer
from colloquia.consultations.models import Coding, Run, Sample
from colloquia.consultations.queries.coverage import readers_bulk
from colloquia.consultations.queries.double_coding import compute
from colloquia.consultations.queries.state import state_of
from colloquia.consultations.services.reading import ReadingRefused
from colloquia.core import audit
from colloquia.engines.agreement import draw_sample as draw

LARGEST = 1000
STRATA = ("", "language", "stakeholder")


def draw_sample(
    *,
    run: Run,
    question_id: str,
    size: int,
    seed: int,
    coders: Sequence[Any],
    by: Any,
    stratified_by: str = "",
    without_shared: bool = True,
) -> Sample:
    """Draw passages of a question ("" for the whole docket) for two or more officers to code.

    The themes in effect now are what all are offered, and where the machine has put each passage is kept,
    so that later corrections change neither. Raises ReadingRefused where there are fewer than two
    coders, no themes or passages, or too small a sample for its strata.
    """
    _check(coders, size, stratified_by)
    themes = [
        {"id": theme.theme_id, "label": theme.label}
        for theme in state_of(run).themes.values()
        if theme.is_live and not theme.is_parent and theme.question_id == question_id
    ]
    bulk = readers_bulk(run)
    population = bulk.population(question_id, without_shared=without_shared)
    if not themes or not population:
        raise ReadingRefused(_("This question has no themes or no passages. Choose another question."))
    column = STRATA.index(stratified_by)
    strata = {row[0]: row[column] for row in population} if column else None
    try:
        passages = draw([row[0] for row in population], size=size, seed=seed, strata=strata)
    except ValueError as error:
        needed = len(set(strata.values())) if strata else 0
        raise ReadingRefused(
            _("The sample must have at least %(n)s passages, so that each group has one.") % {"n": needed}
        ) from error
    machine = bulk.machine_themes(question_id, passages)
    offered = {theme["id"] for theme in themes}
    with transaction.atomic():
        Run.objects.select_for_update(of=("self",), no_key=True).get(pk=run.pk)
        last = Sample.objects.filter(run=run).aggregate(last=Max("number"))["last"] or 0
        row = Sample.objects.create(
            run=run,
            number=last + 1,
            question_id=question_id,
            size=len(passages),
            seed=seed,
            passages=list(passages),
            themes=themes,
            machine={name: [theme for theme in found if theme in offered] for name, found in machine.items()},
            population=len(population),
            stratified_by=stratified_by,
            without_shared=without_shared,
            made_by=by,
        )
        row.coders.set(coders)
        audit.record(
            row,
            "consultations.draw_sample",
            by=by,
            before={},
            after={"question": question_id, "size": len(passages), "seed": seed, "coders": len(coders)},
        )
    return row


@transaction.atomic
def code(*, sample: Sample, by: Any, passage_id: str, themes: Sequence[str]) -> Coding:
    """Say which of the offered themes a passage belongs to; none of them is an answer too.

    A coder may change an answer until they have finished. The audit keeps that they coded, not what, so
    that the sample stays blind. Raises ReadingRefused where they may not code this passage, or not so.
    """
    row = _open_for(sample, by)
    offered = [theme["id"] for theme in row.themes]
    if passage_id not in row.passages or not set(themes) <= set(offered):
        raise ReadingRefused(_("The passage or the theme is not in this sample. Open the page again."))
    given = [theme for theme in offered if theme in themes]
    coding, made = Coding.objects.get_or_create(
        sample=row, coder=by, passage_id=passage_id, defaults={"themes": given}
    )
    if not made:
        coding.themes, coding.at = given, timezone.now()
        coding.save(update_fields=["themes", "at"])
    audit.record(coding, "consultations.code", by=by)
    return coding


def finish(*, sample: Sample, by: Any) -> Sample:
    """Say that one's own coding is finished; it is not changed any more. With the last the sample closes.

    Raises ReadingRefused where passages are not coded yet.
    """
    with transaction.atomic():
        row = _open_for(sample, by)
        coded = Coding.objects.filter(sample=row, coder=by).count()
        if coded < len(row.passages):
            raise ReadingRefused(
                _("%(n)s passages are not coded yet. Code them first.") % {"n": len(row.passages) - coded}
            )
        row.finished = sorted([*row.finished, by.pk])
        if set(row.coders.values_list("pk", flat=True)) <= set(row.finished):
            row.closed_at = timezone.now()
        row.save(update_fields=["finished", "closed_at"])
        audit.record(row, "consultations.finish_coding", by=by)
    return _store_result(row)


def close(*, sample: Sample, by: Any) -> Sample:
    """End the coding of a sample before all have finished. What was coded is measured; gaps are said.

    Raises ReadingRefused where it is closed already.
    """
    with transaction.atomic():
        row = _locked(sample)
        if row.closed_at is not None:
            raise ReadingRefused(_("This sample is closed already."))
        row.closed_at, row.closed_by = timezone.now(), by
        row.save(update_fields=["closed_at", "closed_by"])
        audit.record(row, "consultations.close_sample", by=by)
    return _store_result(row)


def _store_result(row: Sample) -> Sample:
    """Measured outside of any transaction: codings of a closed sample do not change."""
    if row.closed_at is not None:
        row.result = asdict(compute(row))
        Sample.objects.filter(pk=row.pk).update(result=row.result)
    return row


def _locked(sample: Sample) -> Sample:
    return Sample.objects.select_for_update(of=("self",), no_key=True).select_related("run").get(pk=sample.pk)


def _open_for(sample: Sample, by: Any) -> Sample:
    row = _locked(sample)
    if row.closed_at is not None:
        raise ReadingRefused(_("This sample is closed; its codes are not changed any more."))
    if not row.coders.filter(pk=by.pk).exists():
        raise ReadingRefused(_("You are not a coder of this sample."))
    if by.pk in row.finished:
        raise ReadingRefused(_("You have finished this sample; your codes are not changed any more."))
    return row


def _check(coders: Sequence[Any], size: int, stratified_by: str) -> None:
    if len({coder.pk for coder in coders}) < 2 or not all(is_officer(coder) for coder in coders):
        raise ReadingRefused(_("Choose at least two coders; coders are officers."))
    if not 1 <= size <= LARGEST:
        raise ReadingRefused(
            _("A sample has between 1 and %(n)s passages. Choose a number in between.") % {"n": LARGEST}
        )
    if stratified_by not in STRATA:
        raise ReadingRefused(_("A sample is stratified by language, by stakeholder group, or not at all."))
