"""Counts of themes in effect: counted in their place, again where something was decided meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from colloquia.consultations import services
from colloquia.consultations.models import Run, ThemeInEffect
from colloquia.consultations.models.consultation import new_version
from tests.consultations.counted import by_hand, snapshot, stored

if TYPE_CHECKING:
    from colloquia.accounts.models import User

pytestmark = pytest.mark.django_db


def test_stored_run_is_counted_before_anybody_sees_it(hidden_run: Run) -> None:
    assert hidden_run.counted_sequence == 0
    assert stored(hidden_run) == by_hand(hidden_run)


def test_counts_of_the_machine_are_those_of_the_run_before_any_correction(stored_run: Run) -> None:
    machine = {
        theme.theme_id: (theme.submissions, theme.messages) for theme in stored_run.machine_themes.all()
    }
    assert {name: counts[:2] for name, counts in stored(stored_run)[0].items()} == machine


def test_counting_again_changes_nothing_and_keeps_the_rows(stored_run: Run) -> None:
    before = list(ThemeInEffect.objects.filter(run=stored_run).values_list("pk", "theme_id"))
    services.count_themes(stored_run)
    assert list(ThemeInEffect.objects.filter(run=stored_run).values_list("pk", "theme_id")) == before


def test_rows_that_were_lost_are_made_again(stored_run: Run) -> None:
    before = snapshot(stored_run)
    ThemeInEffect.objects.filter(run=stored_run, question_id="IP-08.q1").delete()
    services.count_themes(stored_run)
    assert snapshot(stored_run) == before


def test_organisations_found_to_be_one_are_counted_once(stored_run: Run, bruno: User) -> None:
    from colloquia.consultations.models import OrganisationDecision
    from colloquia.consultations.queries import bulk_of

    names = [key for key, *_rest in bulk_of(stored_run).organisations()][:2]
    before = bulk_of(stored_run).total().organisations
    consultation = stored_run.consultation
    OrganisationDecision.objects.create(consultation=consultation, keys=names, verdict="same", by=bruno)
    consultation.organisations_version = new_version()
    consultation.save()
    services.count_themes(stored_run)
    fresh = Run.objects.select_related("consultation").get(pk=stored_run.pk)
    assert bulk_of(fresh).total().organisations == before - 1
