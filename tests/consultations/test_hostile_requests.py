"""What nobody sends from a page: numbers that no database holds, names of views, forms without a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from colloquia.consultations import services

if TYPE_CHECKING:
    from django.test import Client

    from colloquia.accounts.models import User
    from colloquia.consultations.models import Run

pytestmark = pytest.mark.django_db
HERE = "/consultations/example"
ENORMOUS = "9" * 40


def test_renaming_nothing_is_refused_with_what_to_choose(officer: Client, stored_run: Run) -> None:
    response = officer.post(f"{HERE}/correct/rename/", {"label": "A label", "seen": "0"})
    assert response.status_code == 422
    assert "Choose one theme." in response.content.decode()


@pytest.mark.parametrize(
    ("address", "field"), [("reading/batches/new/", "readers"), ("reading/samples/new/", "coders")]
)
def test_officer_with_an_enormous_number_is_nobody(
    officer: Client, stored_run: Run, address: str, field: str
) -> None:
    given = {field: [ENORMOUS], "size": "10", "order": "lot", "seed": "1", "question": "IP-08.q1"}
    response = officer.post(f"{HERE}/{address}", given)
    assert response.status_code == 422
    assert "is not one of the available choices" in response.content.decode()


@pytest.mark.parametrize(
    "following", ["home", "passages", "https://elsewhere.example/", "//elsewhere.example"]
)
def test_after_a_mark_nobody_is_sent_to_what_is_no_address_of_the_site(
    officer: Client, stored_run: Run, following: str
) -> None:
    given = {"submission": "S-2026-00001", "next": following}
    assert officer.post(f"{HERE}/reading/mark/", given)["Location"] == f"{HERE}/reading/"


def test_signature_with_an_enormous_number_read_is_refused(
    officer: Client, stored_run: Run, olga: User
) -> None:
    services.review_run(run=stored_run, by=olga)
    given = {"act": "sign", "seen_read": "9" * 5000, "run": "1"}
    assert officer.post(f"{HERE}/sign/", given)["Location"] == f"{HERE}/sign/?run=1"
    stored_run.refresh_from_db()
    assert stored_run.is_signed is False


@pytest.mark.parametrize(
    "address",
    ["/issues/%00/", "/questions/a%00b.json", f"{HERE}/questions/a%00b/", f"{HERE}/originals/%00/"],
)
def test_address_with_a_null_character_leads_nowhere(client: Client, stored_run: Run, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("address", "given"),
    [
        ("sign/", {"act": "review", "note": "a\x00b"}),
        ("organisations/proposals/", {"answer-0": "same", "one-0": "a", "other-0": "b", "name-0": "\x00"}),
        ("corrections/1/undo/", {"\x00": "1"}),
    ],
)
def test_form_with_a_null_character_is_refused(
    officer: Client, stored_run: Run, address: str, given: dict[str, str]
) -> None:
    assert officer.post(f"{HERE}/{address}", given).status_code == 400
    stored_run.refresh_from_db()
    assert stored_run.status == "draft"
