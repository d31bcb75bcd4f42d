"""Ends of sentences and weaker cuts, as offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colloquia.engines.passages.sentences import sentence_ends, weak_cut

TEXTS = st.text(st.one_of(st.sampled_from(" \n.!?。,aB字\u0301"), st.characters()), min_size=1, max_size=120)


def sentences_of(text: str) -> list[str]:
    ends = sentence_ends(text, 0, len(text))
    return [text[start:end].strip() for start, end in zip([0, *ends], ends, strict=False)]


@given(TEXTS, st.data())
def test_sentence_ends_ascend_inside_the_span_and_finish_with_it(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    ends = sentence_ends(text, start, end)
    assert ends == sorted(set(ends))
    assert start < ends[0]
    assert ends[-1] == end


@given(TEXTS, st.data())
def test_a_weak_cut_always_goes_forward_and_never_beyond_its_limit(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    limit = data.draw(st.integers(start + 1, len(text)))
    assert start < weak_cut(text, start, limit) <= limit


def test_a_weak_cut_is_the_last_comma_or_space_of_the_second_half():
    assert weak_cut("one two three, four", 0, 17) == len("one two three, ")
    assert weak_cut("one twothreefourfive", 0, 19) == 19


def test_the_end_of_the_span_hides_what_stands_behind_it():
    assert sentence_ends("Yes. no", 0, 4) == [4]
    assert sentence_ends("Yes. no", 0, 7) == [7]
    assert sentence_ends("Yes. No", 0, 7) == [4, 7]


@pytest.mark.parametrize(
    "sentence",
    [
        "See Art. 5 and para. 7 of the draft by Dr. J. Marsh et al. before you go on.",
        "The share rose from 2.5 to 3.75 per cent at www.example.org/a.b.html in one year.",
        "Das gilt z.B. für Verlage bzw. für alle, die Abs. 3 meint.",
        "Это видно, напр. из ст. 5 и т.д. в проекте.",
        "It works (cf. no. 12) e.g. for libraries, even small ones.",
    ],
)
def test_an_abbreviation_or_number_ends_no_sentence(sentence):
    assert sentences_of(f"{sentence} Next one.") == [sentence, "Next one."]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One is done! Two is not? Three…", ["One is done!", "Two is not?", "Three…"]),
        ("She said “never.” He said “why?” We left.", ["She said “never.”", "He said “why?”", "We left."]),
        ("第一句。第二句！第三句？", ["第一句。", "第二句！", "第三句？"]),
        ("هل هذا عادل؟ نعم۔ انتهى.", ["هل هذا عادل؟", "نعم۔", "انتهى."]),
        ("यह पहला है। यह दूसरा है।", ["यह पहला है।", "यह दूसरा है।"]),
        ("「本当です。」と言った。終わり。", ["「本当です。」", "と言った。", "終わり。"]),
        ("first line\nsecond line", ["first line", "second line"]),
    ],
)
def test_sentences_end_in_every_script(text, sentences):
    assert sentences_of(text) == sentences
