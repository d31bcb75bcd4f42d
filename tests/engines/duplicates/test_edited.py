"""Form letters with changed words and added text are found; texts that merely share a subject are not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colloquia.engines.duplicates.edited import edited_groups
from tests.engines.duplicates.letters import ENGLISH, PREAMBLE, SCRIPTS, SECOND, edited


def test_edited_groups_find_changed_words():
    texts = [edited(ENGLISH, seed) for seed in range(6)] + [edited(SECOND, seed) for seed in range(4)]
    assert edited_groups(texts) == [[0, 1, 2, 3, 4, 5], [6, 7, 8, 9]]


def test_edited_groups_find_a_letter_behind_added_text_several_times_its_length():
    letter = ENGLISH[:156]
    assert edited_groups([letter, PREAMBLE + letter, letter + " " + PREAMBLE, SECOND]) == [[0, 1, 2]]


def test_edited_groups_find_a_letter_that_nobody_sent_bare():
    own = [edited(PREAMBLE, seed, rate=1.0) for seed in range(3)]
    letter = ENGLISH + " " + SECOND
    texts = [f"{own[0]} {letter}", f"{letter} {own[1]}", f"{own[2]} {letter}"]
    assert edited_groups(texts) == [[0, 1, 2]]


def test_edited_groups_find_sentences_in_another_order():
    first, second, third = ENGLISH.split(". ")
    assert edited_groups([ENGLISH, f"{second}. {third} {first}."]) == [[0, 1]]


@pytest.mark.parametrize("script", sorted(SCRIPTS))
def test_edited_groups_work_in_every_script(script):
    letter = SCRIPTS[script]
    changed = letter.replace(letter[20:23], "", 1)
    others = [text for name, text in SCRIPTS.items() if name != script]
    assert edited_groups([letter, changed, *others]) == [[0, 1]]


def test_edited_groups_put_a_text_with_two_letters_in_both_and_keep_these_apart():
    first = [edited(ENGLISH, seed, 0.05) for seed in range(5)]
    second = [edited(SECOND, seed, 0.05) for seed in range(5)]
    both = ENGLISH + " " + SECOND
    assert edited_groups([*first, *second, both]) == [[0, 1, 2, 3, 4, 10], [5, 6, 7, 8, 9, 10]]


def test_edited_groups_leave_short_answers_and_stock_phrases_alone():
    texts = [
        "I agree with the proposal",
        "I agree with this",
        "Thank you for the opportunity to comment. Data mining should be free for museums everywhere.",
        "Thank you for the opportunity to comment. My paintings were copied and nobody asked me.",
        "Yes, I agree.",
        "Yes, I agree!",
    ]
    assert edited_groups(texts) == []


def test_edited_groups_leave_long_texts_that_quote_one_sentence_alone():
    quote = "Article 27 says that everyone has the right freely to participate in the cultural life."
    texts = [f"{edited(PREAMBLE, seed, 1.0)} {quote} {edited(PREAMBLE, seed + 9, 1.0)}" for seed in range(4)]
    assert edited_groups(texts) == []


def test_edited_groups_bring_identical_copies_with_them():
    assert edited_groups([ENGLISH, ENGLISH, edited(ENGLISH, 3)]) == [[0, 1, 2]]
    assert edited_groups([ENGLISH, ENGLISH.upper()]) == []


def test_edited_groups_find_a_changed_text_of_forty_pages():
    rng = random.Random(5)
    words = ["".join(rng.choices("abcdefghijklmnopqrst", k=rng.randint(2, 9))) for _ in range(20_000)]
    long = " ".join(words)
    other = " ".join(rng.sample(words, len(words)))
    assert edited_groups([long, edited(long, 1), other]) == [[0, 1]]


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [""],
        ["", "", "..."],
        ["a" * 1_000_000, "b", "\ud800" * 200],
        ["!" * 100_000, "?" * 100_000],
        ["\0" * 1000, "x\0y" * 1000],
    ],
)
def test_edited_groups_survive_hostile_texts(texts):
    assert edited_groups(texts) == []


def test_edited_groups_survive_very_many_equal_texts():
    assert edited_groups([ENGLISH] * 100_000) == []
    assert edited_groups([ENGLISH] * 50_000 + [edited(ENGLISH, 1)]) == [list(range(50_001))]


def test_edited_groups_refuse_a_similarity_out_of_range():
    with pytest.raises(ValueError, match="similarity"):
        edited_groups([ENGLISH], similarity=0.0)


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(16)))
def test_edited_groups_do_not_depend_on_the_order_of_the_texts(order):
    texts = [
        *(edited(ENGLISH, seed) for seed in range(5)),
        *(edited(SECOND, seed) for seed in range(4)),
        PREAMBLE + ENGLISH,
        ENGLISH,
        *SCRIPTS.values(),
    ]
    plain = {frozenset(texts[index] for index in group) for group in edited_groups(texts)}
    shuffled = [texts[index] for index in order]
    groups = edited_groups(shuffled)
    assert {frozenset(shuffled[index] for index in group) for group in groups} == plain
    assert groups == sorted(sorted(group) for group in groups)
