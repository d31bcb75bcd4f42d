"""Stakeholder values that say that they are states are counted as such, whichever run brings them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from colloquia.accounts.models import User
from colloquia.consultations.models import Consultation, Run
from colloquia.consultations.queries import bulk_of
from colloquia.consultations.services.guessing import guess_states_of
from colloquia.consultations.services.settings import (
    Settings,
    change_settings,
    fingerprint,
    settings_of,
)
from colloquia.core.models import AuditEntry


@pytest.fixture
def later(hidden_run: Run, bruno: User) -> Run:
    """Run 2 with the same docket; no value of run 1 was taken for a state, and run 1 was counted so."""
    Consultation.objects.update(state_stakeholders=[])
    shutil.copytree(hidden_run.folder, hidden_run.folder.with_name("later"))
    row = Run.objects.create(
        consultation=Consultation.objects.get(), number=2, folder_name="later", is_complete=True
    )
    return Run.objects.select_related("consultation").get(pk=row.pk)


def states() -> list[str]:
    return list(Consultation.objects.get().state_stakeholders)


def test_first_states_of_a_later_run_are_counted(later: Run, bruno: User) -> None:
    guess_states_of(later, by=bruno)
    assert states() == ["Member state"]
    assert bulk_of(later).total().states == 2
    assert Run.objects.get(number=1).counted_sequence == -1, "it is counted again"
    entry = AuditEntry.objects.get(verb="consultations.guess_states")
    assert (entry.actor, entry.changes) == (bruno, {"state_stakeholders": [[], ["Member state"]]})


def test_value_that_an_officer_took_out_stays_out(later: Run, bruno: User) -> None:
    for chosen in (("Member state",), ()):
        held = settings_of(later.consultation)
        later.consultation = change_settings(
            consultation=later.consultation,
            settings=Settings(held.titles, states=chosen),
            by=bruno,
            seen=fingerprint(held),
        )
    guess_states_of(later)
    assert states() == []


def test_value_that_no_earlier_run_had_is_counted_beside_what_was_settled(later: Run) -> None:
    Consultation.objects.update(state_stakeholders=["Office"])
    without_states(later.consultation.runs.get(number=1).folder)
    guess_states_of(later)
    assert states() == ["Member state", "Office"]


def test_states_that_were_given_at_the_beginning_stay_as_they_are(later: Run) -> None:
    Consultation.objects.update(state_stakeholders=["Office"])
    Run.objects.filter(number=1).update(is_complete=False)
    guess_states_of(later)
    assert states() == ["Office"]


def without_states(folder: Path) -> None:
    """Leave out of a stored run who answered as a state."""
    import duckdb

    from colloquia.engines.bulk.database import forget

    forget(folder)
    for path in (folder / "index").glob("*submissions*"):
        rest = folder / "rest.parquet"
        duckdb.sql(f"SELECT * FROM '{path}' WHERE stakeholder <> 'Member state'").write_parquet(str(rest))
        rest.replace(path)
