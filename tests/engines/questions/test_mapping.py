"""Passages find the questions they answer; ids in the text are recognised, and only whole ones."""

from __future__ import annotations

import numpy as np
import pytest

from colloquia.engines.questions import CUT, QuestionMapper
from colloquia.engines.questions.mapping import texts_to_encode
from colloquia.engines.records import Question
from tests.engines.meaning.vectors import encode

QUESTIONS = [
    Question("IP-02.q1", "May a machine be named as the inventor of a patent?", "IP-02", "Inventorship"),
    Question(
        "IP-02.q10", "Who owns an invention that a machine helped to make?", "IP-02", "Inventorship", "Tools."
    ),
    Question("IP-07.q1", "Should the use of works for training need permission?", "IP-07", "Copyright"),
    Question("IP-12.q1", "How should customs officers be trained to find fakes?", "IP-12", "Enforcement"),
]


@pytest.fixture(scope="module")
def mapper():
    return QuestionMapper(QUESTIONS, encode(texts_to_encode(QUESTIONS)))


def test_every_question_gives_three_texts_in_order():
    texts = texts_to_encode(QUESTIONS[:2])
    assert texts == [
        QUESTIONS[0].text,
        "Inventorship.",
        f"Inventorship: {QUESTIONS[0].text}",
        QUESTIONS[1].text,
        "Inventorship. Tools.",
        f"Inventorship: {QUESTIONS[1].text}",
    ]


def test_passages_find_their_question_across_languages(mapper):
    answers = [
        ("Only a human being can be the inventor on a patent; a computer cannot sign.", 0),
        ("Un ordinateur ne peut pas être désigné comme inventeur dans un brevet.", 0),
        ("未经作者许可，不得将作品用于训练人工智能。", 2),
        ("Customs staff need courses that show them how counterfeit goods look.", 3),
    ]
    scores = mapper.scores(encode([text for text, _ in answers]))
    assert scores.argmax(axis=1).tolist() == [question for _, question in answers]
    assert [bool(score >= CUT) for score in scores.max(axis=1)] == [True] * 4


def test_scores_are_shares_in_which_none_has_a_part(mapper):
    texts = ["Thank you for the coffee.", "The bus is late again.", QUESTIONS[0].text, "", "字"]
    scores = mapper.scores(encode(texts))
    assert (scores.shape, scores.dtype) == ((5, 4), np.float32)
    assert np.all((scores >= 0) & (scores <= 1))
    assert np.all(scores.sum(axis=1) <= 1 + 1e-3)


def test_no_passages_have_no_scores(mapper):
    assert mapper.scores(np.zeros((0, 512), dtype=np.float32)).shape == (0, 4)


def test_a_paper_of_one_question_is_no_special_case():
    alone = QuestionMapper(QUESTIONS[:1], encode(texts_to_encode(QUESTIONS[:1])))
    scores = alone.scores(encode(["A machine cannot be an inventor.", "The bus is late."]))
    assert np.isfinite(scores).all()
    assert np.all((scores >= 0) & (scores <= 1))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("On IP-02.q1 we say no.", ["IP-02.q1"]),
        ("(ip-02.Q10): the owner", ["IP-02.q10"]),
        ("IP-02.q1, IP-07.q1 and IP-02.q1 again", ["IP-02.q1", "IP-07.q1"]),
        ("See IP-02.q1.", ["IP-02.q1"]),
        ("IP-02.q1.a is part of it", []),
        ("IP-02.q11", []),
        ("XIP-02.q1", []),
        ("IP-02xq1", []),
        ("1.IP-02.q1", []),
        ("IP-02", []),
        ("", []),
    ],
)
def test_a_question_is_named_by_its_whole_id(mapper, text, named):
    assert mapper.named_in(text) == named
