"""Questions of an analysis in the reader's language, where the paper has what was asked in that language."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.test import Client

from colloquia.consultations.models import Run
from colloquia.issues.models import (
    Issue,
    IssuePlacement,
    IssueWording,
    Paper,
    PaperVersion,
    Question,
    QuestionPlacement,
    QuestionWording,
)
from colloquia.issues.queries import Asked, asked_in, issue_asked

ARABIC, ARABIC_ISSUE = "ما السؤال؟", "التدريب"
PAGES = ("/consultations/example/", "/consultations/example/questions/IP-08.q1/")


@pytest.fixture
def asked(stored_run: Run) -> str:
    """What run 1 asked under IP-08.q1, which a paper has in Arabic too; its text."""
    text = stored_run.questions.get(question_id="IP-08.q1").text
    paper = Paper.objects.create(slug="small-paper", prefix="IP")
    version = PaperVersion.objects.create(paper=paper, key="draft", position=1, language="en")
    issue = Issue.objects.create(pk="IP-08", paper=paper)
    title = stored_run.questions.get(question_id="IP-08.q1").issue_title
    under = IssuePlacement.objects.create(version=version, issue=issue, number="8", position=1)
    IssueWording.objects.create(placement=under, language="en", grade="verified", title=title)
    IssueWording.objects.create(placement=under, language="ar", grade="secondary", title=ARABIC_ISSUE)
    placed = QuestionPlacement.objects.create(
        version=version,
        question=Question.objects.create(pk="IP-08.q1", issue=issue),
        issue=issue,
        number="1",
        position=1,
    )
    QuestionWording.objects.create(placement=placed, language="en", grade="verified", text=text)
    QuestionWording.objects.create(
        placement=placed,
        language="ar",
        grade="secondary",
        text=ARABIC,
        is_translation=True,
        source_hash=hashlib.sha256(text.encode()).hexdigest(),
    )
    return text


def read(text: str, language: str) -> Asked:
    return asked_in({"IP-08.q1": text}, language)["IP-08.q1"]


@pytest.mark.parametrize("page", PAGES)
def test_arabic_page_asks_in_arabic_and_says_where_it_cannot(client: Client, asked: str, page: str) -> None:
    html = client.get(page, headers={"accept-language": "ar"}).content.decode()
    assert f' lang="ar" dir="rtl">{ARABIC}<' in html
    assert asked not in html
    spanish = client.get(page, headers={"accept-language": "es"}).content.decode()
    assert f' lang="en" dir="ltr">{asked}<' in spanish


def test_issue_above_a_question_is_in_the_language_of_the_reader_too(client: Client, asked: str) -> None:
    html = client.get(PAGES[1], headers={"accept-language": "ar"}).content.decode()
    assert f' lang="ar" dir="rtl">{ARABIC_ISSUE}<' in html
    assert issue_asked("IP-08", "Another title", "ar") == Asked("Another title")


def test_page_is_made_anew_where_a_wording_changed(client: Client, asked: str) -> None:
    before = client.get(PAGES[0], headers={"accept-language": "ar"})
    QuestionWording.objects.filter(language="ar").delete()
    after = client.get(PAGES[0], headers={"accept-language": "ar", "if-none-match": before["ETag"]})
    assert (after.status_code, ARABIC in after.content.decode()) == (200, False)


def test_nothing_stands_in_for_what_was_not_asked_or_is_official(
    asked: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        assert read(asked, "ar") == Asked(ARABIC, "ar", "secondary")
    assert read(asked, "fr") == Asked(asked, "en", "verified")
    assert read("Another question?", "ar") == Asked("Another question?")
    QuestionWording.objects.filter(language="ar").update(source_hash="of an earlier text")
    assert read(asked, "ar") == Asked(asked, "en", "verified")
    QuestionWording.objects.filter(language="ar").update(is_translation=False)
    QuestionWording.objects.filter(language="en").update(grade="authentic")
    assert read(asked, "ar") == Asked(asked, "en", "authentic")
