"""What the room adds elsewhere: the answers on a question's page, search, exports; and nothing leaks."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import AnonymousUser

from colloquia.consultations.models import Run, Translation
from colloquia.consultations.presentation import answers, registered
from colloquia.core.registry import (
    Absence,
    registered_exports,
    registered_leak_surfaces,
    registered_question_sections,
    registered_search_sources,
)
from tests.consultations.test_pages_analysis import text_of

if TYPE_CHECKING:
    from django.test import Client

    from colloquia.accounts.models import User

pytestmark = pytest.mark.django_db
PERSONS = ("Odalys Brightwater", "Ignace Feuillard", "Wanjiru Tembo", "Peregrine Ashdown", "Mirabel Quince")


def section(user: Any, question: str) -> str:
    """The section as a page would show it."""
    from django.test import RequestFactory

    request = RequestFactory().get(f"/questions/{question}/")
    request.user = user
    return text_of(SimpleNamespace(content=answers.render(request, question).encode()))


def test_everything_is_registered() -> None:
    assert "consultations.answers" in {item.name for item in registered_question_sections()}
    assert "consultations.passages" in {item.name for item in registered_search_sources()}
    assert {"consultations.themes", "consultations.submissions"} <= {
        item.name for item in registered_exports()
    }
    assert "consultations.pages" in {item.name for item in registered_leak_surfaces()}


def test_question_page_shows_themes_with_quotes_and_voices(stored_run: Run) -> None:
    page = section(AnonymousUser(), "IP-08.q1")
    themes = stored_run.themes.filter(question_id="IP-08.q1", is_live=True)
    assert all(theme.label in page for theme in themes)
    assert "A voice of each stakeholder group" in page
    assert "By stakeholder group" in page
    assert not [name for name in PERSONS if name in page]


def test_question_page_says_nothing_of_a_run_that_is_not_shown(hidden_run: Run, bruno: User) -> None:
    assert section(AnonymousUser(), "IP-08.q1") == ""
    assert section(bruno, "IP-08.q1") == ""
    (count,) = answers.counts(None, "IP-08.q1")
    assert (count.number, count.absence) == (None, Absence.NOT_YET_OPEN)


def test_question_page_counts_submissions(stored_run: Run) -> None:
    row = stored_run.questions.get(question_id="IP-08.q1")
    (count,) = answers.counts(None, "IP-08.q1")
    assert (count.number, count.on) == (row.submissions, stored_run.consultation.closed_on)


def test_search_gets_every_passage_of_the_shown_run(stored_run: Run) -> None:
    documents = list(registered.every_document())
    assert len(documents) == 31
    assert {document.access for document in documents} == {"public"}
    one = list(registered.documents_of("example/S-2026-00010.p1"))
    assert [(row.language, row.title) for row in one] == [("ar", "Union of Calligraphers")]
    assert list(registered.documents_of("example/S-2026-99999.p1")) == []


def test_search_gets_nothing_of_a_run_that_is_not_shown(hidden_run: Run) -> None:
    assert list(registered.every_document()) == []
    assert list(registered.documents_of("example/S-2026-00010.p1")) == []


def test_exports_hold_what_the_person_may_see(stored_run: Run, bruno: User, chen: User) -> None:
    assert len(list(registered.submission_rows(chen))) == 28
    assert len(list(registered.theme_rows(chen))) == stored_run.themes.filter(is_live=True).count()
    rows = list(registered.submission_rows(bruno))
    assert set(rows[0]) == set(registered.SUBMISSION_COLUMNS)


def test_exports_hold_nothing_that_is_not_shown(hidden_run: Run, chen: User, bruno: User) -> None:
    assert list(registered.submission_rows(chen)) == []
    assert list(registered.theme_rows(chen)) == []
    assert len(list(registered.submission_rows(bruno))) == 28


def body_of(response: Any) -> bytes:
    """Everything that was sent."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_no_page_names_a_person_or_who_is_merely_similar(client: Client, stored_run: Run) -> None:
    """Every public address is fetched."""
    seen = 0
    for address in registered.public_addresses():
        response = client.get(address)
        body = body_of(response)
        assert response.status_code in {200, 302}, address
        for name in PERSONS:
            assert name.encode() not in body, (address, name)
        if "M1" in address:
            assert b"S-2026-" not in body, address
        if "/submissions/" in address and "?" not in address:
            assert b"M1" not in body, address
        seen += 1
    assert seen > 150


def test_there_are_persons_to_leak(officer: Client, stored_run: Run) -> None:
    """An officer's pages name them, so the pages above could have."""
    bodies = b"".join(
        officer.get(f"/consultations/example/submissions/S-2026-{number:05}/").content
        for number in (3, 6, 11, 13, 19)
    )
    assert all(name.encode() in bodies for name in PERSONS)


def test_drafts_of_translations_that_were_replaced_are_not_shown(client: Client, stored_run: Run) -> None:
    from django.utils import timezone

    Translation.objects.create(
        consultation=stored_run.consultation,
        passage_id="S-2026-00006.p1",
        submission_id="S-2026-00006",
        language="en",
        text="An older rendering.",
        kind="person",
        source_sha256="0" * 64,
        replaced_at=timezone.now(),
    )
    page = client.get("/consultations/example/submissions/S-2026-00006/").content.decode()
    assert "An older rendering." not in page
