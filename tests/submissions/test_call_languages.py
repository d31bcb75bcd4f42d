"""Texts of a call in languages that the interface does not have, and its deadline on two clocks."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from docx import Document

from colloquia.issues.models import QuestionPlacement, QuestionWording
from colloquia.submissions.models import AnswerDraft, Call, Submission
from colloquia.submissions.services import clearance, draft_token, private_token

pytestmark = pytest.mark.django_db

PAGE = "/calls/four-texts/"
CLOSES = datetime(2030, 1, 10, 11, 2, tzinfo=UTC)
TITLES = {"en": "A call", "ar": "نداء", "fr": "Un appel", "zh-hans": "征集意见"}
VENUE = "10 January 2030, 06:02 ( America/New York, UTC−05:00 )"
READER = "10 January 2030, 20:02 ( Asia/Tokyo, UTC+09:00 )"


@pytest.fixture
def four(make_call: Callable[..., Call]) -> Call:
    """An open call with texts in four languages; closes at 6:02 in New York."""
    return make_call(
        "four-texts",
        titles=TITLES,
        languages=list(TITLES),
        introductions={code: f"{title}: introduction" for code, title in TITLES.items()},
        privacy_notices={"en": "Privacy.", "ar": "الخصوصية.", "fr": "Vie privée."},
        publication_notices={"en": "Public.", "fr": "Publié."},
        retention_notices={"en": "Kept.", "fr": "Conservé."},
        closes_at=CLOSES,
        time_zone="America/New_York",
    )


def text_of(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def title_of(client: Client, query: str = "", accepts: str = "") -> tuple[str, str]:
    page = client.get(f"{PAGE}{query}", HTTP_ACCEPT_LANGUAGE=accepts)
    found = re.search(r'<h1><bdi lang="([^"]+)" dir="\w+">([^<]+)</bdi>', page.content.decode())
    assert found
    return found[1], found[2]


def test_the_page_of_a_call_in_a_language_of_its_texts(client: Client, four: Call) -> None:
    page = client.get(f"{PAGE}?text=fr")
    html = page.content.decode()
    assert (page["Content-Language"], '<html lang="en" dir="ltr">' in html) == ("en", True)
    assert '<h1><bdi lang="fr" dir="ltr">Un appel</bdi></h1>' in html
    assert '<section lang="fr" dir="ltr"><p class="lead">Un appel: introduction</p></section>' in html
    for notice in ("Vie privée.", "Publié.", "Conservé."):
        assert f'<div lang="fr" dir="ltr"><p>{notice}</p></div>' in html
    assert "This call in: English · العربية · Français · 简体中文" in text_of(page)
    assert '<a href="?text=fr" lang="fr" hreflang="fr" aria-current="true">Français</a>' in html
    assert 'href="/calls/four-texts/form.docx?lang=fr"' in html


def test_a_text_that_is_missing_in_it_comes_in_the_language_of_the_interface(
    client: Client, four: Call
) -> None:
    html = client.get(f"{PAGE}?text=zh-hans&lang=ar").content.decode()
    assert '<html lang="ar" dir="rtl">' in html
    assert '<bdi lang="zh-hans" dir="ltr">征集意见</bdi>' in html
    assert '<div lang="ar" dir="rtl"><p>الخصوصية.</p></div>' in html
    assert 'href="?lang=ar&amp;text=fr"' in html


@pytest.mark.parametrize(
    ("query", "accepts", "title"),
    [
        ("", "fr-CH, en;q=0.5", ("fr", "Un appel")),
        ("", "de, zh-CN;q=0.8, en;q=0.5", ("zh-hans", "征集意见")),
        ("", "en-GB, fr;q=0.5", ("en", "A call")),
        ("", "sw", ("en", "A call")),
        ("?lang=fr", "en", ("fr", "Un appel")),
        ("?lang=en", "fr", ("en", "A call")),
        ("?text=xx", "fr", ("fr", "Un appel")),
        ('?text="><b>', "", ("en", "A call")),
    ],
)
def test_which_language_a_reader_gets(
    client: Client, four: Call, query: str, accepts: str, title: tuple[str, str]
) -> None:
    assert title_of(client, query, accepts) == title


def test_lists_and_the_home_page_call_it_as_its_page_does(client: Client, four: Call) -> None:
    for address in ("/?lang=fr", "/calls/"):
        found = re.search(r'<[^<]*lang="fr" dir="ltr"[^<]*>Un appel<', client.get(address).content.decode())
        assert found, address


def test_a_call_in_one_language_offers_no_choice(client: Client, call: Call) -> None:
    assert "This call in:" not in text_of(client.get("/calls/small-call/?text=fr"))


def test_the_choice_goes_along_to_the_draft_until_another_language_is_chosen_for_the_site(
    client: Client, four: Call, draft: AnswerDraft, placed: list[str]
) -> None:
    AnswerDraft.objects.update(call=four)
    stands = QuestionPlacement.objects.get(question="XX-01.q1")
    QuestionWording.objects.create(
        placement=stands, language="fr", grade="recalled", text="Que demande-t-on ?"
    )
    assert "Que demande-t-on ?" in text_of(client.get(f"{PAGE}?text=fr"))
    for address in (f"{PAGE}answer/", f"/drafts/{draft_token(draft)}/"):
        assert '<bdi lang="fr" dir="ltr">Un appel</bdi>' in client.get(address).content.decode()
    assert "Que demande-t-on ?" in text_of(client.get(f"/drafts/{draft_token(draft)}/"))
    assert title_of(client, "?lang=ar")[0] == "ar"
    assert title_of(client)[0] == "ar"


def test_the_form_in_word_is_in_that_language(client: Client, four: Call, placed: list[str]) -> None:
    read = Document(BytesIO(client.get(f"{PAGE}form.docx?lang=fr").content))
    text = "\n".join(each.text for each in read.paragraphs)
    said = [each in text for each in ("Un appel: introduction", "Vie privée.", "Publié.", "Conservé.")]
    assert said == [True] * 4


def test_the_deadline_is_on_the_clocks_of_venue_and_reader_on_every_page(
    client: Client, four: Call, draft: AnswerDraft, receive: Callable[..., Submission]
) -> None:
    AnswerDraft.objects.update(call=four)
    draft.refresh_from_db()
    key = draft_token(draft)
    colleague = clearance.clearance_token(clearance.make_link(draft=draft, note="Ada"))
    receipt = private_token(receive(call=four))
    pages = [
        f"{PAGE}answer/",
        *(f"/drafts/{key}/{name}" for name in ("", "files/", "form/", "review/")),
        f"/clearance/{colleague}/",
        f"/receipts/{receipt}/",
        f"/receipts/{receipt}/withdraw/",
    ]
    for address in pages:
        page = client.get(address)
        html = page.content.decode()
        assert (VENUE in text_of(page), READER in text_of(page)) == (True, False), address
        # Where the zone is not known, the script of the page of the call fills it in.
        assert ('data-moment="2030-01-10T11:02:00+00:00"' in html, "zones.js" in html) == (True, True), (
            address
        )
    client.cookies["time_zone"] = "Asia/Tokyo"
    Call.objects.filter(pk=four.pk).update(opens_at=CLOSES - timedelta(days=1))
    begins = text_of(client.get(f"{PAGE}answer/"))
    assert "Opens, in your time zone 9 January 2030, 20:02 ( Asia/Tokyo, UTC+09:00 )" in begins
    Call.objects.filter(pk=four.pk).update(opens_at=four.opens_at)
    for address in pages:
        text = text_of(client.get(address))
        assert (VENUE in text, READER in text) == (True, True), address
