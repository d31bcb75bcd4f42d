"""Pages of a question and of a theme: nothing buried, every quote true, corrections in words."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest

from colloquia.consultations import services
from colloquia.consultations.models import MachineQuote, Run, ThemeInEffect, Translation
from colloquia.consultations.queries import bulk_of
from tests.consultations.test_pages_analysis import rows_of, text_of

if TYPE_CHECKING:
    from django.test import Client

    from colloquia.accounts.models import User

pytestmark = pytest.mark.django_db
BASE = "/consultations/example/"
QUESTION = f"{BASE}questions/IP-08.q1/"


def theme_of(run: Run, question: str = "IP-08.q1", place: int = 0) -> ThemeInEffect:
    """A theme of a question, the largest first."""
    rows = run.themes.filter(question_id=question, is_live=True).order_by("-submissions", "position")
    return rows[place]


def test_question_page_holds_every_theme(client: Client, stored_run: Run) -> None:
    page = client.get(QUESTION).content.decode()
    themes = stored_run.themes.filter(question_id="IP-08.q1", is_live=True)
    assert themes.count() == 3
    assert all(f'href="/consultations/example/themes/{row.theme_id}/"' in page for row in themes)


def test_question_page_counts_as_the_bulk_does(client: Client, stored_run: Run) -> None:
    data = client.get(f"{BASE}questions/IP-08.q1.json").json()
    bulk = bulk_of(stored_run)
    assert data["question"]["submissions"] == bulk.by_question()["IP-08.q1"].submissions
    assert data["passages_in_no_theme"] == bulk.passages(question="IP-08.q1", theme="")[1]
    assert {row["id"]: row["submissions"] for row in data["themes"]} == {
        name: size.submissions for name, size in bulk.by_theme("IP-08.q1").items()
    }


def test_page_of_few_is_marked_and_not_left_out(client: Client, stored_run: Run) -> None:
    assert "Few voices" in text_of(client.get(f"{BASE}questions/IP-09.q3/"))


def test_question_that_the_run_does_not_have_is_said(client: Client, stored_run: Run) -> None:
    response = client.get(f"{BASE}questions/IP-99.q9/")
    assert response.status_code == 404
    assert "Run 1 has no question “IP-99.q9”." in text_of(response)


def test_every_quote_is_a_part_of_its_passage(client: Client, stored_run: Run) -> None:
    bulk = bulk_of(stored_run)
    checked = 0
    for row in stored_run.themes.filter(is_live=True):
        for quote in client.get(f"{BASE}themes/{row.theme_id}.json").json()["quotes"]:
            passage = bulk.passages_by_id([quote["passage"]])[quote["passage"]]
            assert quote["text"] in passage.text
            checked += 1
    assert checked >= 20


def test_quote_that_no_longer_is_in_its_text_is_not_shown(client: Client, stored_run: Run) -> None:
    theme = theme_of(stored_run)
    MachineQuote.objects.filter(run=stored_run, theme_id=theme.theme_id).update(text="Invented words.")
    assert "Invented words" not in text_of(client.get(f"{BASE}themes/{theme.theme_id}/"))
    quotes = client.get(f"{BASE}themes/{theme.theme_id}.json").json()["quotes"]
    assert len(quotes) == 3


def test_quote_of_a_passage_that_was_moved_away_goes_with_it(
    client: Client, stored_run: Run, bruno: User
) -> None:
    theme, other = theme_of(stored_run), theme_of(stored_run, place=1)
    quote = MachineQuote.objects.filter(run=stored_run, theme_id=theme.theme_id).first()
    assert quote is not None
    services.move_passages(
        run=stored_run,
        question="IP-08.q1",
        passages=[quote.passage_id],
        theme=other.theme_id,
        by=bruno,
        seen=0,
    )
    left = client.get(f"{BASE}themes/{theme.theme_id}.json").json()["quotes"]
    assert quote.passage_id not in {item["passage"] for item in left}


def test_quotes_take_languages_in_turn(client: Client, stored_run: Run) -> None:
    theme = theme_of(stored_run)
    languages = [
        item["language"] for item in client.get(f"{BASE}themes/{theme.theme_id}.json").json()["quotes"]
    ]
    assert len(set(languages)) == 3


def test_translation_stands_beside_its_original_marked_as_what_it_is(client: Client, stored_run: Run) -> None:
    theme = theme_of(stored_run)
    quotes = client.get(f"{BASE}themes/{theme.theme_id}.json").json()["quotes"]
    quote = next(item for item in quotes if item["language"] != "en")
    passage = bulk_of(stored_run).passages_by_id([quote["passage"]])[quote["passage"]]
    row = Translation.objects.create(
        consultation=stored_run.consultation,
        passage_id=passage.passage_id,
        submission_id=passage.submission_id,
        language="en",
        text="A rendering in English.",
        kind="machine",
        source_sha256=hashlib.sha256(passage.text.encode()).hexdigest(),
    )
    address = f"{BASE}themes/{theme.theme_id}/"
    page = text_of(client.get(address))
    assert "Machine translation English A rendering in English." in page
    Translation.objects.filter(pk=row.pk).update(source_sha256="0" * 64, at="2026-01-01T00:00:00Z")
    assert "A rendering in English." not in text_of(client.get(address))


def test_officers_changes_stand_in_words_beside_the_machines_original(
    client: Client, stored_run: Run, bruno: User
) -> None:
    theme = theme_of(stored_run)
    machine = theme.label
    services.rename_theme(run=stored_run, theme=theme.theme_id, label="Ask first", by=bruno, seen=0)
    page = text_of(client.get(f"{BASE}themes/{theme.theme_id}/"))
    assert "an officer named it “Ask first”." in page
    assert f"The program had found “{machine}”" in page
    assert "An officer chose this label." in page
    assert bruno.name not in page
    client.force_login(bruno)
    assert bruno.name in text_of(client.get(f"{BASE}themes/{theme.theme_id}/"))


def test_theme_that_was_merged_away_leads_to_the_one_that_holds_it(
    client: Client, stored_run: Run, bruno: User
) -> None:
    into, gone = theme_of(stored_run), theme_of(stored_run, place=1)
    services.merge_themes(
        run=stored_run, themes=[into.theme_id, gone.theme_id], into=into.theme_id, by=bruno, seen=0
    )
    response = client.get(f"{BASE}themes/{gone.theme_id}/")
    assert response.status_code == 200
    assert f'href="/consultations/example/themes/{into.theme_id}/"' in response.content.decode()
    assert client.get(f"{BASE}themes/{gone.theme_id}.json").json()["merged_into"] == into.theme_id
    assert client.get(f"{BASE}word/?theme={gone.theme_id}").status_code == 404


def test_theme_that_never_was_is_said(client: Client, stored_run: Run) -> None:
    response = client.get(f"{BASE}themes/IP-08.q1.t99/")
    assert response.status_code == 404
    assert "has no theme “IP-08.q1.t99”" in text_of(response)


def test_filters_hold_for_passages_and_their_files(client: Client, stored_run: Run) -> None:
    theme = theme_of(stored_run)
    rows = rows_of(client.get(f"{BASE}themes/{theme.theme_id}/?language=fr&table=passages&format=json"))
    assert {row["language"] for row in rows} == {"fr"}
    page = client.get(f"{BASE}themes/{theme.theme_id}.json?language=fr").json()
    assert page["count"] == len(rows)
    assert {quote["language"] for quote in page["quotes"]} == {"fr"}


def test_persons_stand_in_the_files_of_officers_alone(client: Client, stored_run: Run, bruno: User) -> None:
    address = f"{QUESTION}?table=passages&format=json"
    assert "person" not in rows_of(client.get(address))[0]
    client.force_login(bruno)
    assert "Ignace Feuillard" in {row["person"] for row in rows_of(client.get(address))}


def test_passage_has_a_permanent_address(client: Client, stored_run: Run) -> None:
    response = client.get(f"{BASE}passages/S-2026-00006.p1/")
    assert response.status_code == 302
    assert response["Location"] == "/consultations/example/submissions/S-2026-00006/#S-2026-00006.p1"
    assert client.get(f"{BASE}passages/S-2026-99999.p1/").status_code == 404


def test_officer_can_choose_themes_and_passages_and_the_public_cannot(
    client: Client, stored_run: Run, bruno: User
) -> None:
    theme = theme_of(stored_run)
    pages = (QUESTION, f"{BASE}themes/{theme.theme_id}/")
    assert all('id="selection"' not in client.get(page).content.decode() for page in pages)
    client.force_login(bruno)
    question, one = (client.get(page).content.decode() for page in pages)
    assert f'form="selection" name="theme" value="{theme.theme_id}"' in question
    assert 'form="selection" name="passage"' in one
    assert f'<input type="hidden" name="run" value="{stored_run.number}">' in one
    assert '<input type="hidden" name="question" value="IP-08.q1">' in one


@pytest.mark.parametrize(("language", "item_count"), [("fr", 1), ("en", 6)])
def test_theme_page_asks_the_database_as_often_for_one_passage_as_for_many(
    client: Client, stored_run: Run, django_assert_num_queries: Any, language: str, item_count: int
) -> None:
    theme = theme_of(stored_run)
    address = f"{BASE}themes/{theme.theme_id}/?language={language}"
    client.get(address)
    with django_assert_num_queries(15):
        page = client.get(f"{address}&order=received").content.decode()
    assert page.count('<article class="passage"') == item_count


def test_question_page_asks_the_database_a_fixed_number_of_times(
    client: Client, stored_run: Run, django_assert_num_queries: Any
) -> None:
    client.get(QUESTION)
    with django_assert_num_queries(14):
        client.get(f"{QUESTION}?order=name")
