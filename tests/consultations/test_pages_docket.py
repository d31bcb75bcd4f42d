"""The docket of these tests holds what the pages must be able to show."""

from __future__ import annotations

import pytest

from colloquia.consultations.models import Run
from colloquia.consultations.queries import bulk_of

pytestmark = pytest.mark.django_db


def test_run_is_stored_whole_with_every_kind_of_shared_text(stored_run: Run) -> None:
    assert stored_run.is_complete is True
    assert stored_run.funnel["received"] == 28
    assert (stored_run.funnel["unreadable"], stored_run.funnel["unsupported"]) == (1, 1)
    assert set(stored_run.shared_texts.values_list("kind", flat=True)) == {"exact", "edited", "similar"}
    assert stored_run.questions.count() == 3


def test_one_sender_is_in_a_similar_group_alone(stored_run: Run) -> None:
    assert bulk_of(stored_run).groups_of("S-2026-00023") == ["M1"]


def test_two_states_spoke(stored_run: Run) -> None:
    assert bulk_of(stored_run).total().states == 2


def test_second_run_stands_beside_the_first(second_run: Run, stored_run: Run) -> None:
    assert (second_run.number, second_run.prior) == (2, stored_run)
