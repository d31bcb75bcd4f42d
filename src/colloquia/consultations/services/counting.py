"""Counting the themes in effect, and keeping the counts beside them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from colloquia.consultations.models import MachineTheme, Run, RunQuestion, ThemeInEffect
from colloquia.consultations.queries.state import bulk_of, state_of
from colloquia.engines.bulk import Size
from colloquia.engines.corrections import Standing

_COUNTS = ("submissions", "messages", "organisations", "states", "passages")
_STANDING = (
    "question_id", "parent_id", "is_parent", "label", "terms", "label_by_officer", "made_by_officer",
    "is_live", "merged_into", "stability", "position",
)  # fmt: skip


def count_themes(run: Run, *, questions: Iterable[str] | None = None) -> None:
    """Count the themes in effect of ``run`` as it stands now, and write what changed.

    ``questions`` narrows the work to those ("" for the docket) where the counts before the last act are
    known to hold. Counted outside of any transaction; written only if no later act came between, whose own
    count will then be right. Safe to call again at any time.
    """
    run = Run.objects.select_related("consultation").get(pk=run.pk)
    state, bulk = state_of(run), bulk_of(run)
    known = {theme.question_id for theme in state.themes.values()}
    wanted = known if questions is None else known & set(questions)
    sizes: dict[str, Size] = {}
    for question in sorted(wanted):
        sizes.update(bulk.by_theme(question))
    machine = {theme.theme_id: theme for theme in MachineTheme.objects.filter(run=run)}
    rows = [
        _row(run, standing, machine.get(standing.theme_id), sizes.get(standing.theme_id, Size()), position)
        for position, standing in enumerate(state.themes.values())
        if standing.question_id in wanted
    ]
    by_question = bulk.by_question()
    with transaction.atomic():
        locked = Run.objects.select_for_update().get(pk=run.pk)
        if locked.version != run.version:
            return
        _write_themes(run, rows, wanted)
        _write_questions(run, by_question)
        locked.counted_sequence = locked.sequence
        locked.save(update_fields=["counted_sequence"])


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


def _write_themes(run: Run, rows: list[ThemeInEffect], questions: Iterable[str]) -> None:
    held = {
        row.theme_id: row for row in ThemeInEffect.objects.filter(run=run, question_id__in=list(questions))
    }
    fields = [*_STANDING, *_COUNTS]
    changed = []
    for row in rows:
        old = held.pop(row.theme_id, None)
        row.pk = old.pk if old else None
        if old is not None and any(getattr(old, name) != getattr(row, name) for name in fields):
            changed.append(row)
    ThemeInEffect.objects.bulk_create([row for row in rows if row.pk is None], batch_size=500)
    ThemeInEffect.objects.bulk_update(changed, fields, batch_size=200)
    ThemeInEffect.objects.filter(pk__in=[row.pk for row in held.values()]).delete()


def _write_questions(run: Run, sizes: dict[str, Size]) -> None:
    changed = []
    for row in RunQuestion.objects.filter(run=run):
        size = sizes.get(row.question_id, Size())
        if any(getattr(row, name) != getattr(size, name) for name in _COUNTS):
            for name in _COUNTS:
                setattr(row, name, getattr(size, name))
            changed.append(row)
    RunQuestion.objects.bulk_update(changed, list(_COUNTS), batch_size=200)
