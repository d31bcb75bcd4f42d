"""Shared texts: the letter and its differences; of similar messages no sender is ever named in public."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from colloquia.consultations.models import Run
from colloquia.consultations.presentation.shared import difference
from tests.consultations.test_pages_analysis import rows_of, text_of

if TYPE_CHECKING:
    from django.test import Client

    from colloquia.accounts.models import User

pytestmark = pytest.mark.django_db
SHARED = "/consultations/example/shared/"
SIMILAR_ALONE = "S-2026-00023"
"""Sent by “Hemeroteca del Faro”: similar to others, and part of no letter."""


def test_list_counts_senders_and_what_they_added(client: Client, stored_run: Run) -> None:
    rows = client.get("/consultations/example/shared.json").json()["shared_texts"]
    assert {row["id"]: (row["kind"], row["members"]) for row in rows} == {
        row.group_id: (row.kind, row.members) for row in stored_run.shared_texts.all()
    }
    assert next(row["texts_added"] for row in rows if row["id"] == "E1") == 2


def test_letter_stands_with_its_senders_and_what_each_added(client: Client, stored_run: Run) -> None:
    page = text_of(client.get(f"{SHARED}E1/"))
    assert "We ask the office to require permission before any song is used to train a machine." in page
    assert "Harbour Music Circle" in page
    assert "my daughter plays them." in page
    assert "Added nothing." in page


def test_differences_of_a_member_are_marked_word_by_word(client: Client, stored_run: Run) -> None:
    page = client.get(f"{SHARED}E1/?member=S-2026-00016").content.decode()
    added = " ".join(re.findall(r"<ins>(.*?)</ins>", page, re.DOTALL))
    assert "lullabies sung at home should never be collected by anybody" in added
    assert "We ask the office" not in added
    assert client.get(f"{SHARED}E1/?member=S-2026-00001").status_code == 404


def test_similar_messages_show_counts_and_nobody(client: Client, stored_run: Run) -> None:
    for address in (f"{SHARED}M1/", f"{SHARED}M1.json", f"{SHARED}M1.json?member={SIMILAR_ALONE}"):
        page = client.get(address).content.decode()
        assert "S-2026-" not in page
        assert "Hemeroteca" not in page
        assert "periódicos" not in page
    assert client.get(f"{SHARED}M1.json").json()["shared_text"]["members"] == 5
    assert client.get(f"{SHARED}M1/?table=members&format=csv").status_code == 200
    assert "Hemeroteca" not in client.get(f"{SHARED}M1/?table=members&format=csv").content.decode()


def test_there_is_something_to_leak(officer: Client, stored_run: Run) -> None:
    """What the public is not shown, officers are."""
    page = text_of(officer.get(f"{SHARED}M1/"))
    assert "Hemeroteca del Faro" in page
    assert "Only officers see who sent these messages" in page
    assert {
        row["submission_id"] for row in rows_of(officer.get(f"{SHARED}M1/?table=members&format=json"))
    } > {SIMILAR_ALONE}


def test_page_of_a_similar_submission_says_nothing_of_it(
    client: Client, stored_run: Run, bruno: User
) -> None:
    address = f"/consultations/example/submissions/{SIMILAR_ALONE}"
    assert "M1" not in client.get(f"{address}/").content.decode()
    assert client.get(f"{address}.json").json()["shared_texts"] == []
    client.force_login(bruno)
    assert client.get(f"{address}.json").json()["shared_texts"] == ["M1"]


def test_submission_of_a_letter_says_which(client: Client, stored_run: Run) -> None:
    data = client.get("/consultations/example/submissions/S-2026-00012.json").json()
    assert sorted(data["shared_texts"]) == ["E1", "X1"]


def test_text_that_the_run_does_not_have_is_said(client: Client, stored_run: Run) -> None:
    response = client.get(f"{SHARED}E99/")
    assert response.status_code == 404
    assert "has no shared text “E99”" in text_of(response)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("one two three", "one 2 three four"),
        ("训练必须事先取得许可。", "训练应当事先取得许可！"),
        ("يجب طلب الترخيص مسبقا", "يجب طلب الإذن مسبقا"),
        ("", "everything is new"),
    ],
)
def test_difference_holds_both_texts_whole(before: str, after: str) -> None:
    changes = difference(before, after)
    assert changes is not None
    assert "".join(change.text for change in changes if change.kind != "added") == before
    assert "".join(change.text for change in changes if change.kind != "removed") == after


def test_difference_of_texts_that_are_too_long_is_not_tried() -> None:
    assert difference("word " * 4000, "other " * 4000) is None
