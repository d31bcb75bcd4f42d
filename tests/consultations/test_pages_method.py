"""Method and quality, runs and their comparison: what was done, with what, and what could not be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from colloquia.consultations import services
from colloquia.consultations.models import MachineTheme, Run
from tests.consultations.test_pages_analysis import rows_of, text_of

if TYPE_CHECKING:
    from django.test import Client

    from colloquia.accounts.models import User

pytestmark = pytest.mark.django_db
METHOD = "/consultations/example/method/"
COMPARE = "/consultations/example/compare/"


def test_method_says_how_it_was_made_and_what_it_cannot_say(client: Client, stored_run: Run) -> None:
    page = text_of(client.get(METHOD))
    assert stored_run.fingerprint in page
    assert "Counted as states are senders of the group Member state" in page
    assert "Swahili no: waits for a person or a translation" in page
    assert "No position of any state, office or person was inferred." in page


def test_method_counts_corrections_by_kind(client: Client, stored_run: Run, bruno: User) -> None:
    theme = stored_run.themes.filter(is_live=True)[0]
    services.rename_theme(run=stored_run, theme=theme.theme_id, label="One", by=bruno, seen=0)
    stored_run.refresh_from_db()
    services.rename_theme(run=stored_run, theme=theme.theme_id, label="Two", by=bruno, seen=1)
    stored_run.refresh_from_db()
    services.undo(run=stored_run, number=2, by=bruno, seen=2)
    rows = rows_of(client.get(f"{METHOD}?table=corrections&format=json"))
    assert [(row["count"], row["undone"]) for row in rows] == [(1, 1)]


def test_problems_name_places_to_officers_and_kinds_to_everybody(
    client: Client, stored_run: Run, bruno: User
) -> None:
    assert "broken.pdf" not in client.get(METHOD).content.decode()
    assert client.get("/consultations/example/method.json").json()["problems"] == [
        {"kind": "unreadable file", "count": 1},
        {"kind": "unsupported language", "count": 1},
    ]
    client.force_login(bruno)
    assert "broken.pdf" in text_of(client.get(METHOD))


def test_public_sees_one_run_and_cannot_compare(client: Client, second_run: Run) -> None:
    assert client.get("/consultations/example/runs.json").json()["count"] == 1
    assert "nothing to compare it with" in text_of(client.get(COMPARE))
    assert client.get(f"{COMPARE[:-1]}.json?from=1&to=2").json()["to"] is None


def test_runs_of_the_same_results_do_not_differ(officer: Client, second_run: Run) -> None:
    data = officer.get(f"{COMPARE[:-1]}.json?from=1&to=2").json()
    assert {row["kind"] for row in data["themes"]} == {"continued"}
    assert all(flow["from"] == flow["to"] for flow in data["flows"])
    assert sum(flow["passages"] for flow in data["flows"]) == 31


def test_comparison_shows_new_ended_and_merged_themes_and_moved_passages(
    officer: Client, second_run: Run, bruno: User
) -> None:
    machine = list(MachineTheme.objects.filter(run=second_run, question_id="").order_by("position"))
    for theme in machine[1:]:
        MachineTheme.objects.filter(pk=theme.pk).update(continues=theme.theme_id)
    into, gone = machine[1].theme_id, machine[2].theme_id
    services.merge_themes(run=second_run, themes=[into, gone], into=into, by=bruno, seen=0)
    data = officer.get(f"{COMPARE[:-1]}.json?from=1&to=2").json()
    kinds = {row["theme"]: row["kind"] for row in data["themes"] if row["theme"].startswith("T")}
    assert kinds[into] == "merged"
    assert (kinds["T1"], kinds[machine[3].theme_id]) == ("new", "continued") or kinds["T1"] == "ended"
    assert [gone, into] in [[flow["from"], flow["to"]] for flow in data["flows"]]
    page = text_of(officer.get(f"{COMPARE}?from=1&to=2"))
    assert "merged from several" in page


def test_settings_that_differ_stand_beside_each_other(officer: Client, second_run: Run) -> None:
    second_run.parameters = second_run.parameters | {"seed": 7}
    second_run.save()
    rows = rows_of(officer.get(f"{COMPARE}?from=1&to=2&table=settings&format=json"))
    assert rows == [{"name": "seed", "before": "0", "after": "7"}]


def test_runs_that_do_not_exist_are_said(officer: Client, second_run: Run) -> None:
    response = officer.get(f"{COMPARE}?from=1&to=9")
    assert response.status_code == 404
    assert "no such two runs" in text_of(response)


def test_what_was_carried_is_said_and_what_was_not_is_listed_for_officers(
    officer: Client, second_run: Run
) -> None:
    lost = [{"passage_id": "S-2026-00001.p1", "reason": "its text is gone"}]
    second_run.carried = {"run": "a", "corrections": 3, "carried": 2, "refound": 0, "lost": lost}
    second_run.save()
    page = text_of(officer.get(f"{COMPARE}?from=1&to=2"))
    assert "Of these, corrections that hold in the later run 2" in page
    assert "its text is gone" in page


def test_theme_merged_by_an_officer_is_merged_in_the_comparison(
    officer: Client, second_run: Run, bruno: User
) -> None:
    services.merge_themes(run=second_run, themes=["T1", "T2"], into="T1", by=bruno, seen=0)
    data = officer.get(f"{COMPARE[:-1]}.json?from=1&to=2").json()
    kinds = {row["theme"]: row["kind"] for row in data["themes"]}
    assert kinds["T1"] == "merged"
    assert "T2" not in kinds
