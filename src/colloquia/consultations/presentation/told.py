"""What an officer is told of corrections: who did what, when, and why; the public learns less."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from colloquia.consultations.models import Correction
from colloquia.consultations.presentation.acts import labels_in, sentence
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries import as_act
from colloquia.consultations.services import CorrectionConflict


@dataclass(frozen=True, slots=True)
class Told:
    """One act of another officer; ``undone`` where what they did is take it back."""

    number: int
    who: str
    what: str
    at: datetime.datetime
    note: str
    undone: bool


def told(visit: Visit, conflict: CorrectionConflict) -> list[Told]:
    """The acts that a conflict names."""
    return [_told(visit, row) for row in conflict.corrections]


def _told(visit: Visit, row: Correction) -> Told:
    undone = row.undone_at is not None
    return Told(
        row.number,
        str((row.undone_by if undone else row.by) or ""),
        sentence(as_act(row), labels_in(visit.state)),
        row.undone_at or row.at,
        row.note,
        undone,
    )


def told_of(visit: Visit, rows: Iterable[Correction]) -> list[Told]:
    """Acts as they were done, whatever became of them."""
    label = labels_in(visit.state)
    return [
        Told(
            row.number, str(row.by), sentence(as_act(row), label), row.at, row.note, row.undone_at is not None
        )
        for row in rows
    ]
