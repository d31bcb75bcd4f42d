"""The state of a run in effect: the fold of its corrections, remembered by its version."""

from __future__ import annotations

from functools import lru_cache

from colloquia.consultations.models import Correction, MachineTheme, OrganisationDecision, Run
from colloquia.consultations.models.organisations import OrganisationVerdict
from colloquia.engines import corrections as engine
from colloquia.engines.bulk import Bulk, Overlay


def acts_of(run: Run, *, up_to: int | None = None) -> list[engine.Act]:
    """The acts in effect, in order: those that are not undone."""
    rows = Correction.objects.filter(run=run, undone_at=None).order_by("number")
    if up_to is not None:
        rows = rows.filter(number__lte=up_to)
    return [as_act(row) for row in rows]


def as_act(row: Correction) -> engine.Act:
    """A stored correction as the engine wants it."""
    return engine.Act(row.number, row.kind, row.question_id, row.values)


def state_of(run: Run) -> engine.State:
    """The state after all corrections of ``run.sequence``. Shared: never change it in place."""
    return _state(run.pk, run.version)


@lru_cache(maxsize=16)
def _state(run_id: int, _version: str) -> engine.State:
    themes = MachineTheme.objects.filter(run=run_id).values_list(
        "theme_id", "question_id", "parent_id", "label", "is_parent"
    )
    machine = [engine.MachineTheme(*row) for row in themes]
    rows = Correction.objects.filter(run=run_id, undone_at=None).order_by("number")
    return engine.fold(machine, [as_act(row) for row in rows])


def bulk_of(run: Run) -> Bulk:
    """The bulk of a run, with everything laid over it that people decided."""
    consultation = run.consultation
    return _bulk(
        run.pk,
        run.version,
        consultation.organisations_version,
        tuple(consultation.state_stakeholders),
    )


@lru_cache(maxsize=16)
def _bulk(run_id: int, version: str, organisations: str, state_stakeholders: tuple[str, ...]) -> Bulk:
    run = Run.objects.select_related("consultation").get(pk=run_id)
    state = _state(run_id, version)
    overlay = Overlay(
        version=f"{version}/{organisations}/{state_stakeholders}",
        theme_map=state.theme_map(),
        parents={
            name: theme.parent_id for name, theme in state.themes.items() if theme.is_live and theme.parent_id
        },
        overrides=tuple(state.overrides()),
        answers=tuple(
            (question, row, answers)
            for question, judged in sorted(state.answers.items())
            for row, answers in sorted(judged.items())
        ),
        not_opinion=tuple(sorted(state.not_opinion)),
        organisations=organisation_map(run.consultation_id),
        state_stakeholders=state_stakeholders,
    )
    return Bulk(run.folder, overlay)


def organisation_map(consultation_id: int) -> dict[str, str]:
    """Folded names to the key of their organisation: the first name of those decided to be the same."""
    leader: dict[str, str] = {}

    def find(name: str) -> str:
        while leader.setdefault(name, name) != name:
            name = leader[name]
        return name

    decisions = OrganisationDecision.objects.filter(
        consultation=consultation_id, verdict=OrganisationVerdict.SAME, undone_at=None
    )
    for keys in decisions.values_list("keys", flat=True):
        for key in keys[1:]:
            leader[find(key)] = find(keys[0])
    return {name: find(name) for name in leader if find(name) != name}
