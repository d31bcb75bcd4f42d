"""What a sender added is shown in the sender's own words; what was changed inside the letter is not."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colloquia.engines.duplicates.unique import unique_spans, unique_text
from tests.engines.duplicates.letters import ENGLISH, PREAMBLE, SCRIPTS, edited

OWN = {
    "chinese": ("我是一名插画师，去年失去了三份工作。", "谢谢您的阅读和考虑。"),
    "arabic": ("أنا معلمة من القاهرة وأكتب للأطفال.", "شكرا لكم على القراءة."),
    "thai": ("ฉันเป็นครูจากเชียงใหม่", "ขอบคุณที่อ่านจดหมายของฉัน"),
    "japanese": ("私は絵を描いて暮らしています。", "お読みいただき感謝します。"),
    "russian": ("Я преподаю гобой в портовом городе.", "Спасибо за внимание к моему письму."),
}


def test_unique_text_is_preamble_and_postscript():
    text = "I am a nurse from Bergen. " + edited(ENGLISH, 4) + " Thank you for reading, Anna."
    assert unique_text(text, ENGLISH) == "I am a nurse from Bergen.\nThank you for reading, Anna."


def test_unique_text_is_an_inserted_sentence():
    text = ENGLISH.replace("Licences must", "As an illustrator I lost three jobs. Licences must")
    assert unique_text(text, ENGLISH) == "As an illustrator I lost three jobs."


@pytest.mark.parametrize("script", sorted(OWN))
def test_unique_text_works_in_every_script(script):
    before, after = OWN[script]
    assert unique_text(f"{before}\n{SCRIPTS[script]}\n{after}", SCRIPTS[script]) == f"{before}\n{after}"


def test_unique_text_leaves_changed_words_and_moved_sentences_out():
    first, second, third = ENGLISH.split(". ")
    assert unique_text(ENGLISH.replace("urge", "strongly ask"), ENGLISH) == ""
    assert unique_text(f"{third} {second}. {first}.", ENGLISH) == ""


def test_unique_text_of_a_text_that_shares_nothing_is_the_text():
    assert unique_text(PREAMBLE.strip(), ENGLISH) == PREAMBLE.strip()
    assert unique_text("A short note.", "") == "A short note."
    assert unique_text("", ENGLISH) == ""


def test_unique_text_keeps_a_long_preamble_whole_though_it_shares_a_stock_phrase():
    text = PREAMBLE + "I hope that payment must be fair and so on for us. " + ENGLISH
    assert unique_text(text, ENGLISH).startswith(PREAMBLE.strip())


@pytest.mark.parametrize(
    "text", ["x" * 1_000_000, "a " * 100_000, "!" * 100_000, "\ud800 \ud800", "的" * 100_000]
)
def test_unique_spans_survive_hostile_texts(text):
    for start, end in unique_spans(text, text[: len(text) // 2]):
        assert 0 <= start < end <= len(text)


def test_unique_text_finds_one_sentence_in_a_text_of_200_kilobytes():
    rng = random.Random(2)
    words = ["".join(rng.choices("abcdefghijklmnopqrst", k=rng.randint(2, 9))) for _ in range(35_000)]
    letter = " ".join(words)
    assert unique_text("My name is Ines and I agree. " + letter, letter) == "My name is Ines and I agree."


SHORT = st.text(alphabet="ab cd.\n作者权利ไทย!", max_size=60)


@given(SHORT, SHORT)
def test_unique_spans_are_ascending_and_do_not_overlap(text, shared):
    spans = unique_spans(text, shared)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert unique_text(text, shared) == "\n".join(text[start:end] for start, end in spans)
