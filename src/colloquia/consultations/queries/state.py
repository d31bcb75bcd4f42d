"""The state of a run in effect: the fold of its corrections, remembered by the name of that state."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Generic, TypeVar

from django.db.models import Q

from colloquia.consultations.models import Correction, MachineTheme, OrganisationDecision, Run
from colloquia.engines import corrections as engine
from colloquia.engines.bulk import Bulk, Overlay
from colloquia.engines.bulk.organisations import known_names
from colloquia.engines.organisations.settling import Decision, Settlement, settle

Value = TypeVar("Value")


class Latest(Generic[Value]):
    """The few values asked for last, by names that never mean anything else; threads may share it."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._held: OrderedDict[tuple[object, ...], Value] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, *name: object) -> Value | None:
        with self._lock:
            return self._held.get(name)

    def keep(self, value: Value, *name: object) -> Value:
        with self._lock:
            self._held[name] = value
            self._held.move_to_end(name)
            while len(self._held) > self._size:
                self._held.popitem(last=False)
        return value


_states: Latest[engine.State] = Latest(16)
_overlays: Latest[Overlay] = Latest(16)
_settlements: Latest[Settlement] = Latest(16)


def acts_of(run: Run, *, up_to: int | None = None) -> list[engine.Act]:
    """The acts in effect, in order, when ``up_to`` (``run.sequence`` where None) was the last act or undo."""
    return _acts(run.pk, run.sequence if up_to is None else up_to)


def _acts(run_id: int, sequence: int) -> list[engine.Act]:
    still = Q(undone_sequence=None) | Q(undone_sequence__gt=sequence)
    rows = Correction.objects.filter(still, run=run_id, number__lte=sequence).order_by("number")
    return [as_act(row) for row in rows]


def as_act(row: Correction) -> engine.Act:
    """A stored correction as the engine wants it."""
    return engine.Act(row.number, row.kind, row.question_id, row.values)


def machine_themes(run: Run) -> list[engine.MachineTheme]:
    """The themes as the machine left them, in its order."""
    themes = MachineTheme.objects.filter(run=run).values_list(
        "theme_id", "question_id", "parent_id", "label", "is_parent"
    )
    return [engine.MachineTheme(*row) for row in themes]


def state_of(run: Run) -> engine.State:
    """The state after all corrections of ``run.sequence``. Shared: never change it in place."""
    found = _states.find(run.pk, run.version)
    return found or _states.keep(engine.fold(machine_themes(run), acts_of(run)), run.pk, run.version)


def remember_state(run: Run, version: str, state: engine.State) -> None:
    """Keep a state that was worked out already, so that the next page need not fold it again."""
    _states.keep(state, run.pk, version)


def bulk_of(run: Run) -> Bulk:
    """The bulk of a run, with everything laid over it that people decided."""
    return bulk_under(run, state_of(run), run.version)


def bulk_under(run: Run, state: engine.State, version: str) -> Bulk:
    """The bulk of a run as it would be in a state, which ``version`` names."""
    name = (run.pk, version, *standing_of(run))
    overlay = _overlays.find(*name)
    return Bulk(run.folder, overlay or _overlays.keep(_overlay(run, state, name), *name))


def standing_of(run: Run) -> tuple[str, tuple[str, ...]]:
    """A name for the organisations that hold for a run, and the stakeholder values that are states for it.

    A signed run keeps those with which it was signed.
    """
    if run.is_signed and run.signed_with:
        return f"signed {run.signed_with['organisations']}", tuple(run.signed_with["states"])
    consultation = run.consultation
    return consultation.organisations_version, tuple(consultation.state_stakeholders)


def machine_bulk(run: Run) -> Bulk:
    """The bulk of a run as the machine left it."""
    return Bulk(run.folder, Overlay(version="machine"))


def _overlay(run: Run, state: engine.State, name: tuple[object, ...]) -> Overlay:
    return Overlay(
        version=repr(name),
        theme_map=state.theme_map(),
        parents=state.parents(),
        overrides=tuple(state.overrides()),
        answers=tuple(state.judged()),
        not_opinion=tuple(sorted(state.not_opinion)),
        organisations=settlement_of(run).organisations,
        state_stakeholders=standing_of(run)[1],
    )


def settlement_of(run: Run) -> Settlement:
    """What people's decisions on organisations come to for a run. Shared: never change it in place."""
    name = (run.pk, standing_of(run)[0])
    return _settlements.find(*name) or _settlements.keep(settlement_with(run, decisions_of(run)), *name)


def settlement_with(run: Run, decisions: Sequence[Decision]) -> Settlement:
    """What other decisions would come to."""
    return settle(decisions, known_names(run.folder, [key for one in decisions for key in one.keys]))


def decisions_of(run: Run) -> list[Decision]:
    """The decisions on organisations that hold for a run, in order."""
    rows = OrganisationDecision.objects.filter(consultation=run.consultation_id)
    if run.is_signed and run.signed_with:
        last = run.signed_with["organisations"]
        rows = rows.filter(Q(undone_number=None) | Q(undone_number__gt=last), number__lte=last)
    else:
        rows = rows.filter(undone_at=None)
    return [as_decision(row) for row in rows.order_by("number", "pk")]


def as_decision(row: OrganisationDecision) -> Decision:
    """A stored decision as the engine wants it."""
    return Decision(row.number, row.verdict, tuple(row.keys), row.name)  # type: ignore[arg-type]
