"""Carrying out an act: worked out beside the database, written in one short transaction if nothing moved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from colloquia.consultations.models import Correction, Run
from colloquia.consultations.models.consultation import RunStatus
from colloquia.consultations.queries.state import acts_of, as_act, machine_themes, remember_state
from colloquia.consultations.services import acts
from colloquia.consultations.services.counting import write_questions, write_themes
from colloquia.consultations.services.planning import (
    Build,
    Plan,
    Standpoint,
    described,
    plan_act,
    plan_undo,
)
from colloquia.consultations.services.refusals import CorrectionConflict, CorrectionRefused
from colloquia.core import audit
from colloquia.engines import corrections as engine

_TRIES = 3
"""Beyond so many acts of others in the meantime, the work is done while they wait."""


def carry_out(run: Run, build: Build, *, by: Any, seen: int, note: str) -> Correction:
    """Add an act. Raises CorrectionRefused or CorrectionConflict, and writes nothing then."""

    def plan(standpoint: Standpoint) -> Plan:
        act = build(standpoint)
        refuse_conflict(standpoint.run, act, by, seen)
        return plan_act(standpoint, act)

    def write(locked: Run, plan: Plan) -> tuple[Correction, str]:
        row = Correction.objects.create(
            run=locked,
            number=plan.act.number,
            kind=plan.act.kind,
            values=dict(plan.act.values),
            question_id=plan.act.question_id,
            by=by,
            note=note.strip(),
        )
        return row, plan.act.kind

    return _settle(run, plan, write, by=by, note=note)


def carry_out_undo(run: Run, number: int, *, by: Any, seen: int, note: str) -> Correction:
    """Take an act back. Raises CorrectionRefused or CorrectionConflict, and writes nothing then."""

    def plan(standpoint: Standpoint) -> Plan:
        found = undo_plan(standpoint, number)
        refuse_conflict(standpoint.run, found.act, by, seen)
        return found

    def write(locked: Run, _plan: Plan) -> tuple[Correction, str]:
        row = correction(locked, number)
        row.undone_by, row.undone_at, row.undone_sequence = by, timezone.now(), locked.sequence + 1
        row.save(update_fields=["undone_by", "undone_at", "undone_sequence"])
        return row, "undo"

    return _settle(run, plan, write, by=by, note=note)


def undo_plan(standpoint: Standpoint, number: int) -> Plan:
    """What taking act ``number`` back would change. Raises CorrectionRefused."""
    run = standpoint.run
    row = correction(run, number)
    if row.undone_at is not None:
        raise CorrectionRefused("undone already")
    standing = acts_of(run)
    resting = engine.dependents(standing, number)
    if resting:
        numbers = ", ".join(str(act.number) for act in reversed(resting))
        raise CorrectionRefused("others rest on it", numbers=numbers)
    rest = [act for act in standing if act.number != number]
    return plan_undo(standpoint, as_act(row), engine.fold(machine_themes(run), rest))


def resting_on(run: Run, number: int) -> list[Correction]:
    """The corrections in effect that must be undone before this one can be, in that order."""
    numbers = [act.number for act in engine.dependents(acts_of(run), number)]
    rows = Correction.objects.filter(run=run, number__in=numbers).select_related("by", "undone_by")
    return list(rows.order_by("-number"))


def again_build(run: Run, number: int) -> Build:
    """The act of making an undone correction again. Raises CorrectionRefused."""
    row = correction(run, number)
    if row.undone_at is None:
        raise CorrectionRefused("not undone")
    old = as_act(row)

    def build(standpoint: Standpoint) -> engine.Act:
        later = Correction.objects.filter(run=run, kind=row.kind, number__gt=number, undone_at=None)
        if any(as_act(other).same_as(old) for other in later):
            raise CorrectionRefused("made again already")
        return acts.again(old)(standpoint)

    return build


def correction(run: Run, number: int) -> Correction:
    """One correction of a run. Raises CorrectionRefused where there is none."""
    row = Correction.objects.filter(run=run, number=number).select_related("by", "undone_by").first()
    if row is None:
        raise CorrectionRefused("unknown correction")
    return row


def standpoint_of(run: Run) -> Standpoint:
    """The run as it stands now. Raises CorrectionRefused where it is signed."""
    return Standpoint(_open(Run.objects.select_related("consultation").get(pk=run.pk)))


def refuse_conflict(run: Run, act: engine.Act, by: Any, seen: int) -> None:
    """Raise CorrectionConflict where others since changed what this act speaks of."""
    if seen >= run.sequence:
        return
    rows = Correction.objects.filter(run=run, number__gt=seen) | Correction.objects.filter(
        run=run, undone_sequence__gt=seen
    )
    found = []
    for row in rows.select_related("by", "undone_by").order_by("number"):
        came, went = row.number > seen, (row.undone_sequence or 0) > seen
        actor = row.undone_by_id if went else row.by_id
        if came != went and actor != by.pk and engine.meets(act, as_act(row)):
            found.append(row)
    if found:
        raise CorrectionConflict(found, run.sequence)


def _settle(
    run: Run,
    plan: Callable[[Standpoint], Plan],
    write: Callable[[Run, Plan], tuple[Correction, str]],
    *,
    by: Any,
    note: str,
) -> Correction:
    """Plan outside of any transaction, then write where the run still stands as it was planned for."""
    for _ in range(_TRIES):
        planned = plan(standpoint_of(run))
        with transaction.atomic():
            locked = _locked(run)
            if _name(locked) == _name(planned.run):
                return _write(locked, planned, write, by, note)
    with transaction.atomic():
        locked = _locked(run)
        return _write(locked, plan(Standpoint(locked)), write, by, note)


def _write(
    locked: Run, plan: Plan, write: Callable[[Run, Plan], tuple[Correction, str]], by: Any, note: str
) -> Correction:
    row, verb = write(locked, plan)
    status = locked.status
    _step(locked, plan.version)
    write_themes(locked, plan.after, plan.sizes, plan.questions, counted=plan.counted)
    if plan.answered is not None:
        write_questions(locked, plan.answered)
    audit.record(
        row,
        f"consultations.{verb}",
        by=by,
        before={"run": status, **described(plan.before, plan.act, plan.places_before)},
        after={"run": locked.status, **described(plan.after, plan.act, plan.places_after)},
        note=note.strip(),
    )
    remember_state(locked, plan.version, plan.after)
    return row


def _name(run: Run) -> tuple[str, str, tuple[str, ...]]:
    """What the counts follow from."""
    consultation = run.consultation
    return run.version, consultation.organisations_version, tuple(consultation.state_stakeholders)


def _locked(run: Run) -> Run:
    return _open(Run.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=run.pk))


def _open(run: Run) -> Run:
    if run.is_signed:
        raise CorrectionRefused("signed")
    return run


def _step(run: Run, version: str) -> None:
    """The next state of the run. What was reviewed is no longer what stands: the review falls away."""
    settled = run.counted_sequence == run.sequence
    run.sequence += 1
    run.version = version
    if settled:
        run.counted_sequence = run.sequence
    run.status, run.reviewed_by, run.reviewed_at = RunStatus.DRAFT, None, None
    run.save(
        update_fields=["sequence", "counted_sequence", "version", "status", "reviewed_by", "reviewed_at"]
    )
