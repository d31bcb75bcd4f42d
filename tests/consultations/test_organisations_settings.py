"""The settings of a consultation: audited, counted again where states changed, and nobody's work lost."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from colloquia.consultations import services
from colloquia.consultations.models import Consultation, Run
from colloquia.consultations.queries import bulk_of
from colloquia.consultations.services.recounting import recount
from colloquia.consultations.services.settings import (
    Settings,
    SettingsConflict,
    change_settings,
    fingerprint,
    settings_of,
)
from colloquia.core.models import AuditEntry
from tests.consultations.counted import by_hand, stored

if TYPE_CHECKING:
    from django.test import Client

    from colloquia.accounts.models import User

pytestmark = pytest.mark.django_db
PAGE = "/consultations/example/settings/"


def now(run: Run) -> Consultation:
    return Consultation.objects.select_related("shown_run").get(pk=run.consultation_id)


def sent(run: Run, **changes: Any) -> dict[str, Any]:
    """What the form sends, with changes."""
    held = settings_of(now(run))
    data: dict[str, Any] = {
        "title_en": held.titles.get("en", ""), "title_ar": held.titles.get("ar", ""),
        "note_en": held.notes.get("en", ""), "note_ar": held.notes.get("ar", ""),
        "closed_on": held.closed_on.isoformat() if held.closed_on else "",
        "shown_run": held.shown_run or "", "states": list(held.states), "seen": fingerprint(held),
    }  # fmt: skip
    return data | changes


def test_settings_are_changed_and_audited(officer: Client, stored_run: Run, bruno: User) -> None:
    data = sent(stored_run, title_fr="Un exemple", closed_on="2026-03-01", note_ar="", note="A reason")
    assert officer.post(PAGE, data).status_code == 302
    row = now(stored_run)
    assert row.titles == {"en": "An example", "ar": "مثال", "fr": "Un exemple"}
    assert row.notes == {"en": "Nobody holds these views."}
    assert row.closed_on == datetime.date(2026, 3, 1)
    entry = AuditEntry.objects.get(verb="consultations.change_settings")
    assert (entry.actor, entry.note) == (bruno, "A reason")
    assert entry.changes["closed_on"] == ["2026-02-15", "2026-03-01"]
    assert Run.objects.get().counted_sequence == 0, "nothing that is counted was changed"


def test_changed_states_are_counted_again_and_take_the_review_back(
    officer: Client, stored_run: Run, amara: User
) -> None:
    services.review_run(run=stored_run, by=amara)
    assert bulk_of(stored_run).total().states == 2
    assert officer.post(PAGE, sent(stored_run, states=["Civil society"])).status_code == 302
    run = Run.objects.select_related("consultation").get()
    assert (run.counted_sequence, run.reviewed_by) == (-1, None)
    recount(run.consultation_id)
    run = Run.objects.select_related("consultation").get()
    assert run.counted_sequence == 0
    assert stored(run) == by_hand(run)
    assert bulk_of(run).total().states > 2


def test_the_run_shown_is_chosen_or_none(officer: Client, client: Client, second_run: Run) -> None:
    assert officer.post(PAGE, sent(second_run, shown_run="2")).status_code == 302
    assert settings_of(now(second_run)).shown_run == 2
    assert officer.post(PAGE, sent(second_run, shown_run="")).status_code == 302
    row = now(second_run)
    assert (row.is_public, settings_of(row).shown_run) == (False, None)
    officer.logout()
    assert officer.get("/consultations/example/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title_en": " ", "title_ar": ""}, "Give the consultation a title"),
        ({"closed_on": "tomorrow"}, "Enter a valid date"),
        ({"shown_run": "7"}, "Select a valid choice"),
        ({"states": ["Nobody"]}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_settled_is_said_and_nothing_typed_is_lost(
    officer: Client, stored_run: Run, changes: dict[str, Any], words: str
) -> None:
    before = fingerprint(settings_of(now(stored_run)))
    response = officer.post(PAGE, sent(stored_run, note_es="Una nota", **changes))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert "Una nota" in response.content.decode()
    assert fingerprint(settings_of(now(stored_run))) == before


def test_the_second_of_two_officers_is_told_and_may_save_again(
    officer: Client, stored_run: Run, amara: User
) -> None:
    data = sent(stored_run, title_en="Mine")
    held = settings_of(now(stored_run))
    theirs = Settings({"en": "Theirs"}, held.notes, held.closed_on, held.shown_run, held.states)
    change_settings(consultation=stored_run.consultation, settings=theirs, by=amara, seen=fingerprint(held))
    response = officer.post(PAGE, data)
    text = response.content.decode()
    assert response.status_code == 409
    assert "Theirs" in text
    assert 'value="Mine"' in text
    assert now(stored_run).titles == {"en": "Theirs"}
    assert officer.post(PAGE, data | {"seen": fingerprint(settings_of(now(stored_run)))}).status_code == 302
    assert now(stored_run).titles["en"] == "Mine"


def test_the_service_refuses_what_the_form_would(stored_run: Run, bruno: User) -> None:
    consultation, seen = stored_run.consultation, fingerprint(settings_of(now(stored_run)))
    for wrong in (Settings({}), Settings({"en": "A"}, shown_run=9)):
        with pytest.raises(ValidationError):
            change_settings(consultation=consultation, settings=wrong, by=bruno, seen=seen)
    with pytest.raises(SettingsConflict):
        change_settings(consultation=consultation, settings=Settings({"en": "A"}), by=bruno, seen="older")


def test_the_page_takes_as_many_queries_for_two_runs_as_for_one(officer: Client, second_run: Run) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for _ in range(2):
        officer.get(PAGE)
        with CaptureQueriesContext(connection) as captured:
            assert officer.get(PAGE).status_code == 200
        counts.append(len(captured))
        Run.objects.filter(number=2).update(is_complete=False)
    assert counts == [7, 7]


def test_deadline_of_a_call_is_not_settled_here(officer: Client, stored_run: Run) -> None:
    Consultation.objects.update(closes_at=timezone.now(), time_zone="UTC")
    assert "moves where the call is extended" in officer.get(PAGE).content.decode()
    assert officer.post(PAGE, sent(stored_run, closed_on="2026-03-01")).status_code == 302
    assert now(stored_run).closed_on == datetime.date(2026, 2, 15)
