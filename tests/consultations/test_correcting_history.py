"""The history of corrections: little for the public, everything for officers, and undo with what follows."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest

from colloquia.consultations import services
from colloquia.consultations.models import Correction, Run, ThemeInEffect
from colloquia.consultations.queries import bulk_of
from tests.consultations.test_correcting_pages import ONE, Q8, TWO, text

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from colloquia.accounts.models import User

pytestmark = pytest.mark.django_db

HISTORY = "/consultations/example/corrections/"


@pytest.fixture
def corrected(stored_run: Run, bruno: User) -> Run:
    """A rename, undone, and a merge."""
    services.rename_theme(
        run=stored_run, theme=ONE, label="Secret words", by=bruno, seen=0, note="A private reason"
    )
    services.undo(run=stored_run, number=1, by=bruno, seen=1)
    services.merge_themes(run=stored_run, themes=[ONE, TWO], into=ONE, by=bruno, seen=2)
    stored_run.refresh_from_db()
    return stored_run


def listed(response: Any) -> list[int]:
    return [line.row.number for line in response.context["lines"]]


@pytest.mark.parametrize(
    "address", [HISTORY, HISTORY.rstrip("/") + ".json", f"{HISTORY}?table=corrections&format=csv"]
)
def test_public_learns_kinds_and_times_and_no_more(client: Client, corrected: Run, address: str) -> None:
    response = client.get(address)
    page = b"".join(response) if response.streaming else response.content
    assert response.status_code == 200
    assert b"merge" in page.lower()
    for secret in (b"Bruno", b"Secret words", b"A private reason", b"undo/"):
        assert secret not in page
    for word in (b"secretariat",):
        assert word in page.lower()


def test_officers_see_who_why_before_and_after(officer: Client, corrected: Run) -> None:
    page = text(officer.get(HISTORY))
    for words in (
        "Bruno",
        f"Named {ONE} “Secret words”.",
        "A private reason",
        "undone by",
        "Make again",
        "Undo",
    ):
        assert words in page
    line = officer.get(HISTORY).context["lines"][1]
    change = next(item for item in line.changes if item.name == ONE)
    assert (change.before, change.after) == ("“train · register · works used”", "“Secret words”")


def test_filters(officer: Client, corrected: Run) -> None:
    assert listed(officer.get(HISTORY)) == [3, 1]
    assert listed(officer.get(HISTORY, {"kind": "merge"})) == [3]
    assert listed(officer.get(HISTORY, {"question": "IP-07.q1"})) == []
    assert "No correction matches these filters." in text(officer.get(HISTORY, {"question": "IP-07.q1"}))
    assert officer.get("/consultations/example/corrections.json?kind=rename").json()["count"] == 1


def test_no_opinion_is_in_the_history_of_every_question(officer: Client, corrected: Run, bruno: User) -> None:
    services.mark_not_opinion(run=corrected, passages=["S-2026-00001.p1"], by=bruno, seen=3)
    assert listed(officer.get(HISTORY, {"question": "IP-07.q1"})) == [4]
    assert listed(officer.get(HISTORY, {"question": "IP-07.q1", "kind": "merge"})) == []


def test_empty_history_says_so(client: Client, stored_run: Run) -> None:
    assert "No officer has corrected this run." in text(client.get(HISTORY))


def test_files(officer: Client, corrected: Run) -> None:
    response = officer.get(HISTORY, {"table": "corrections", "format": "csv"})
    rows = list(csv.DictReader(io.StringIO(b"".join(response).decode("utf-8-sig"))))
    assert [row["number"] for row in rows] == ["3", "1"]
    assert rows[1]["note"] == "A private reason"


def test_undo_shows_what_follows_and_does_it(officer: Client, corrected: Run) -> None:
    address = f"{HISTORY}3/undo/"
    asked = officer.get(address)
    rows = {row["id"]: row for row in asked.context["changes"].rows}
    assert (rows[ONE]["passages"], rows[ONE]["passages_after"]) == (11, 8)
    assert rows[TWO]["what"] == "stands by itself again"
    done = officer.post(address, {"seen": asked.context["seen"], "note": "Too hasty"}, follow=True)
    message = str(next(iter(done.context["messages"])))
    assert message.startswith("Took back: Merged")
    assert f"{HISTORY}3/again/" in message
    assert ThemeInEffect.objects.get(theme_id=TWO).is_live is True


def test_making_again_makes_a_new_one_once(officer: Client, corrected: Run) -> None:
    address = f"{HISTORY}1/again/"
    assert officer.get(address).status_code == 200
    assert officer.post(address).status_code == 302
    assert ThemeInEffect.objects.get(theme_id=ONE).label == "Secret words"
    refused = officer.post(address)
    assert refused.status_code == 422
    assert "This correction was made again already; nothing was changed." in text(refused)


def test_undo_names_those_that_rest_on_it(officer: Client, stored_run: Run, bruno: User) -> None:
    names = [row.passage_id for row in bulk_of(stored_run).passages(question=Q8, theme=ONE, limit=3)[0]]
    services.split_theme(run=stored_run, theme=ONE, parts=[("Part", names)], by=bruno, seen=0)
    services.rename_theme(run=stored_run, theme=f"{Q8}.t4", label="Piece", by=bruno, seen=1)
    page = officer.get(f"{HISTORY}1/undo/")
    assert "Later corrections rest on this one. Undo these first: 2." in text(page)
    assert f"{HISTORY}2/undo/" in page.content.decode()


def test_undo_under_a_later_act_says_that_nothing_would_change(
    officer: Client, stored_run: Run, bruno: User
) -> None:
    services.rename_theme(run=stored_run, theme=ONE, label="a", by=bruno, seen=0)
    services.rename_theme(run=stored_run, theme=ONE, label="b", by=bruno, seen=1)
    assert "Nothing that stands now would change" in text(officer.get(f"{HISTORY}1/undo/"))


def test_undo_of_what_another_changed_since_is_told(
    officer: Client, stored_run: Run, bruno: User, amara: User
) -> None:
    services.rename_theme(run=stored_run, theme=ONE, label="a", by=bruno, seen=0)
    services.rename_theme(run=stored_run, theme=ONE, label="b", by=amara, seen=1)
    met = officer.post(f"{HISTORY}1/undo/", {"seen": 1, "note": "Mine"})
    assert met.status_code == 409
    assert "While you were looking" in text(met)
    assert "Mine</textarea>" in met.content.decode()
    assert officer.post(f"{HISTORY}1/undo/", {"seen": met.context["seen"]}).status_code == 302


def test_unknown_number_is_not_found(officer: Client, stored_run: Run) -> None:
    assert officer.get(f"{HISTORY}9/undo/").status_code == 404
    assert officer.post(f"{HISTORY}9/again/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_list(
    officer: Client,
    stored_run: Run,
    bruno: User,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(count):
        services.rename_theme(run=stored_run, theme=ONE, label=f"label {number}", by=bruno, seen=number)
    officer.get(HISTORY)
    with django_assert_num_queries(11):
        officer.get(HISTORY)
    assert Correction.objects.count() == count
