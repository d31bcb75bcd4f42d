from __future__ import annotations

import pytest

from colloquia.engines.intake import collect, understand
from colloquia.engines.intake.questions import QuestionFinder
from colloquia.engines.records import Paper

from .helpers import messages


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("IP-01.q2", "IP-01.q2"),
        ("ip_01_Q2", "IP-01.q2"),
        ("Answer to IP-01.q2 (optional)", "IP-01.q2"),
        ("IP-02", "IP-02.q1"),
        ("IP-01", None),
        ("IP-010.q2", None),
        ("Who should own what a machine writes on its own?", "IP-01.q1"),
        ("Q9. who should own what a machine writes on its own", "IP-01.q1"),
        ("Q9. Must the sources of training data be disclosed? - Please explain", "IP-02.q1"),
        ("Should ownership depend on the effort of…", "IP-01.q2"),
        ("Training data", "IP-02.q1"),
        ("Issue 3", "IP-02.q1"),
        ("Issue 2 (draft)", "IP-02.q1"),
        ("Draft issue 2", "IP-02.q1"),
        ("Issue 2", None),
        ("Question 3", "IP-02.q1"),
        ("What is your name?", None),
        ("", None),
    ],
)
def test_question_is_found_by_id_text_or_declared_number(paper, value, expected):
    assert QuestionFinder(paper).match(value).question_id == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Question 3", "IP-02.q1"),
        ("Q3", "IP-02.q1"),
        ("3", "IP-02.q1"),
        ("Q14", None),
        ("Q1 What is your name and postal address", None),
    ],
)
def test_numbers_count_through_a_paper_that_declares_none(paper, value, expected):
    plain = Paper(paper.title, paper.questions)

    assert QuestionFinder(plain).match(value).question_id == expected


def test_question_column_of_a_long_table(write, paper):
    path = write(
        "r.csv", "id,question,answer\nR1,IP-01.q1,one\nR1,IP-02,two\nR1,What else?,three\nR2,Issue 3,four\n"
    )

    understanding = understand([path], paper=paper)
    first, second = collect(understanding)
    assert [answer.question_id for answer in first.answers] == ["IP-01.q1", "IP-02.q1", None]
    assert [answer.question_id for answer in second.answers] == ["IP-02.q1"]
    assert 'names the question "What else?"' in messages(understanding.warnings)[0]


def test_question_column_without_paper_says_nothing(write):
    understanding = understand([write("r.csv", "id,question,answer\nR1,1,one\nR2,2,two\n")])

    assert understanding.problems == []
    assert [answer.question_id for item in collect(understanding) for answer in item.answers] == [None, None]


def test_wide_headings_with_ids_are_mapped_and_said(write, paper):
    path = write("r.csv", "id,IP-01.q1 Ownership,IP-02.q1\nR1,Yes,No\nR2,No,\n")

    understanding = understand([path], paper=paper)
    columns = understanding.tables[0].columns
    assert [(column.role, column.question_id, column.reason) for column in columns[1:]] == [
        ("text", "IP-01.q1", "found by its id"),
        ("text", "IP-02.q1", "found by its id"),
    ]
    assert [len(item.answers) for item in collect(understanding)] == [2, 1]
