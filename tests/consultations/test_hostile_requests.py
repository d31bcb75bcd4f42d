"""What nobody sends from a page: numbers that no database holds, names of views, forms without a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

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
