"""Counting the themes in effect, and keeping the counts beside them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction

from colloquia.consultations.models import Consultation, MachineTheme, Run, RunQuestion, ThemeInEffect
from colloquia.consultations.queries.state import bulk_of, standing_of, state_of
from colloquia.engines.bulk import Size
from colloquia.engines.corrections import Standing, State

_COUNTS = ("submissions", "messages", "organisations", "states", "passages")
_STANDING = (
    "question_id", "parent_id", "is_parent", "label", "terms", "label_by_officer", "made_by_officer",
    "is_live", "merged_into", "stability", "position",
)  # fmt: skip
_FIELDS = (*_STANDING, *_COUNTS)
_TRIES = 5


def count_themes(run: Run) -> None:
    """Count all themes in effect of ``run`` as it stands now, and write what changed.

    For when a run was stored, or organisations or states were decided upon; an act of correction writes its
    own counts. Counted outside of any transaction; where something was decided meanwhile, counted again. Safe
    to call at any time.
    """
    for _ in range(_TRIES):
        if _count(Run.objects.select_related("consultation").get(pk=run.pk)):
            return
    with transaction.atomic():
        _count(_locked(run))


def _locked(run: Run) -> Run:
    """The run, locked, with its consultation as it is now: a join that waited for the lock may be older."""
    locked = Run.objects.select_for_update().get(pk=run.pk)
    locked.consultation = Consultation.objects.get(pk=locked.consultation_id)
    return locked


def _count(run: Run) -> bool:
    state, bulk = state_of(run), bulk_of(run)
    questions = {theme.question_id for theme in state.themes.values()}
    sizes = bulk.by_theme(None)
    by_question = bulk.by_question()
    with transaction.atomic():
        locked = _locked(run)
        if (locked.version, *standing_of(locked)) != (run.version, *standing_of(run)):
            return False
        write_themes(locked, state, sizes, questions)
        write_questions(locked, by_question)
        locked.counted_sequence = locked.sequence
        locked.save(update_fields=["counted_sequence"])
        return True


def write_themes(
    run: Run,
    state: State,
    sizes: Mapping[str, Size],
    questions: Collection[str],
    *,
    counted: Collection[str] | None = None,
) -> None:
    """Bring the themes in effect of some questions in line with a state. Within the caller's transaction.

    Themes that are not ``counted`` (None: all are) keep the counts that they have.
    """
    machine = {
        theme.theme_id: theme
        for theme in MachineTheme.objects.filter(run=run, question_id__in=list(questions))
    }
    held = {
        row.theme_id: row for row in ThemeInEffect.objects.filter(run=run, question_id__in=list(questions))
    }
    new, changed = [], []
    fields: set[str] = set()
    for position, standing in enumerate(state.themes.values()):
        if standing.question_id not in questions:
            continue
        name = standing.theme_id
        old = held.pop(name, None)
        kept = old is not None and counted is not None and name not in counted
        size = _size_of(old) if old is not None and kept else sizes.get(name, Size())
        row = _row(run, standing, machine.get(name), size, position)
        if old is None:
            new.append(row)
        elif differing := {field for field in _FIELDS if getattr(old, field) != getattr(row, field)}:
            row.pk = old.pk
            changed.append(row)
            fields |= differing
    ThemeInEffect.objects.bulk_create(new, batch_size=500)
    if changed:
        ThemeInEffect.objects.bulk_update(changed, sorted(fields), batch_size=200)
    if held:
        ThemeInEffect.objects.filter(pk__in=[row.pk for row in held.values()]).delete()


def _size_of(row: ThemeInEffect) -> Size:
    return Size(**{name: getattr(row, name) for name in _COUNTS})


def _row(
    run: Run, standing: Standing, machine: MachineTheme | None, size: Size, position: int
) -> ThemeInEffect:
    return ThemeInEffect(
        run=run,
        theme_id=standing.theme_id,
        question_id=standing.question_id,
        parent_id=standing.parent_id,
        is_parent=standing.is_parent,
        label=standing.label,
        terms=machine.terms if machine else [],
        label_by_officer=standing.label_by_officer,
        made_by_officer=standing.made_by_officer,
        is_live=standing.is_live,
        merged_into=standing.merged_into,
        stability=None if standing.touched or machine is None else machine.stability,
        position=position,
        **{name: getattr(size, name) if standing.is_live else 0 for name in _COUNTS},
    )


def write_questions(run: Run, sizes: Mapping[str, Size]) -> None:
    """Bring the counts of all questions in line. Within the caller's transaction."""
    changed = []
    for row in RunQuestion.objects.filter(run=run):
        size = sizes.get(row.question_id, Size())
        if any(getattr(row, name) != getattr(size, name) for name in _COUNTS):
            for name in _COUNTS:
                setattr(row, name, getattr(size, name))
            changed.append(row)
    RunQuestion.objects.bulk_update(changed, list(_COUNTS), batch_size=200)
