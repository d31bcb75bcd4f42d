"""The reads that other rooms use: what they give, and that they cost few queries whatever the number."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from colloquia.engines.paper import Number
from colloquia.issues import queries
from colloquia.issues.models import PaperVersion, QuestionWording
from tests.issues.conftest import SLUG


def version(key: str) -> PaperVersion:
    found = queries.find_version(SLUG, key)
    assert found is not None
    return found


@pytest.mark.parametrize("ids", [["IP-08.q1"], ["IP-08.q1", "IP-01.q1", "IP-16.q3"]])
def test_labels_cost_two_queries(starter: None, django_assert_num_queries: Any, ids: list[str]) -> None:
    with django_assert_num_queries(2):
        labels = queries.question_labels([*ids, "IP-99.q9"])
    assert sorted(labels) == sorted(ids)
    assert labels["IP-08.q1"] == "Is unauthorised use of works for machine learning an infringement?"


def test_labels_are_short_and_in_the_language_of_the_reader(starter: None) -> None:
    label = queries.question_labels(["IP-14.q1"])["IP-14.q1"]
    assert (len(label) <= 90, label.endswith("…")) == (True, True)
    wording = QuestionWording.objects.filter(placement__question="IP-14.q1", language="en").latest("pk").text
    assert wording.startswith(f"{label[:-1]} ")
    with translation.override("ar"):
        assert queries.question_labels(["IP-11.q8"]) == {"IP-11.q8": "كيف يجري إنفاذه؟"}
    assert queries.question_labels(["IP-11.q8"], language="ar") == {"IP-11.q8": "كيف يجري إنفاذه؟"}


def test_paper_as_records_of_the_revision(starter: None, django_assert_num_queries: Any) -> None:
    found = version("revised-2020")
    with django_assert_num_queries(6):
        paper = queries.paper_as_records(found)
    assert (len(paper.questions), paper.language, paper.symbol) == (68, "en", "WIPO/IP/AI/2/GE/20/1 REV.")
    question = next(each for each in paper.questions if each.id == "IP-08.q1")
    assert (question.issue_id, question.issue_title, question.evidence) == (
        "IP-08",
        "Infringement and Exceptions",
        "secondary",
    )
    assert [each for each in paper.numbers if each.target == "IP-08"] == [
        Number("IP-08", "7", "draft"),
        Number("IP-08", "8", "revised-2020"),
    ]


def test_wording_that_the_draft_does_not_hold_comes_from_the_revision_with_its_grade(starter: None) -> None:
    paper = queries.paper_as_records(version("draft-2019"))
    assert len(paper.questions) == 50
    question = next(each for each in paper.questions if each.id == "IP-08.q2")
    assert (question.text, question.evidence) == ("If not, should an express exception say so?", "recalled")


def test_question_issue_and_versions(starter: None) -> None:
    question, issue = queries.question("IP-08.q2"), queries.issue("IP-08")
    assert question is not None
    assert issue is not None
    assert (question.issue, question.issue.paper.slug) == (issue, SLUG)
    assert (queries.question("none"), queries.issue("none")) == (None, None)
    paper = queries.paper(SLUG)
    assert paper is not None
    assert queries.latest(paper) == version("revised-2020")


def test_translation_whose_original_changed_is_stale(starter: None) -> None:
    from colloquia.issues.models import QuestionWording

    own = {"placement__question": "IP-08.q1", "placement__version__key": "revised-2020", "language": "en"}
    stale = lambda: [  # noqa: E731 -- the same read before and after
        held.is_stale
        for each in queries.question_in_versions("IP-08.q1")
        if each.version.key == "revised-2020"
        for held in each.wordings
        if held.language == "ar"
    ]
    assert stale() == [False]
    QuestionWording.objects.filter(**own).update(text="Another question?")
    assert stale() == [True]


def test_official_text_is_not_replaced_by_our_words_in_another_language(starter: None, bring: Any) -> None:
    text = (
        "title: Revised\nlanguage: en\nissues:\n"
        "  - {id: IP-08, number: 8, title: I, questions: [{id: IP-08.q1, text: The official text}]}\n"
    )
    found = bring(text, paper=SLUG, version="revised-2020")
    question = queries.questions_of(found)[0]
    with translation.override("ar"):
        assert (question.wording().grade, question.wording().language) == ("authentic", "en")
    assert question.wording("ar").grade == "secondary"
