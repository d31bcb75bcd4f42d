"""A quote is an exact part of its passage, whole sentences that say what the theme is about."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colloquia.engines.passages.split import weight
from colloquia.engines.personal_data import has_placeholder, placeholder
from colloquia.engines.quotes import LONGEST, cut_quote

FILLER = "We thank the office for the chance to take part in this round once more and hope it goes well. "
POINT = "Every licence for training must be asked for in advance."
ODD = st.text(st.one_of(st.sampled_from(" \n.。!?,aé字ก\u0301\u3000\ud800"), st.characters()), max_size=200)


@settings(max_examples=200, deadline=None)
@given(
    ODD, st.integers(1, 12), st.lists(st.text(max_size=4), max_size=3), st.sampled_from(["en", "zh", "th"])
)
def test_a_quote_is_a_trimmed_part_of_any_text(text, times, terms, language):
    whole = text * times
    start, end = cut_quote(whole, terms, language)
    assert 0 <= start <= end <= len(whole)
    assert whole[start:end] == whole[start:end].strip()
    assert (end > start) == bool(whole.strip())


def test_a_short_text_is_quoted_whole():
    text = f"  {POINT}\n"
    start, end = cut_quote(text, [], "en")
    assert text[start:end] == POINT


@pytest.mark.parametrize("place", [0, 3, 7])
def test_the_sentences_with_the_terms_are_chosen_wherever_they_stand(place):
    parts = [FILLER] * 8
    parts[place] = POINT + " "
    text = "".join(parts)
    start, end = cut_quote(text, ["licence", "training"], "en")
    quote = text[start:end]
    assert POINT in quote
    assert weight(quote) <= LONGEST
    assert quote[-1] == "."
    assert quote[0] in "WE"


def test_chinese_sentences_are_weighed_by_their_density():
    text = "感谢主管局给我们机会再次参加这一轮意见征集，希望一切顺利。" * 12 + "训练许可必须事先取得。"
    start, end = cut_quote(text, ["许可", "训练许可"], "zh")
    assert "训练许可必须事先取得。" in text[start:end]
    assert weight(text[start:end]) <= LONGEST


def test_one_sentence_longer_than_a_quote_stays_whole():
    text = "licence " * 100 + "end. " + FILLER * 6
    start, end = cut_quote(text, ["licence"], "en")
    assert text[start:end] == ("licence " * 100 + "end.")


def test_sentences_in_which_something_was_redacted_are_quoted_last():
    hidden = (
        f"Every licence for training is asked for by {placeholder('name', 'en')} and a licence is training. "
    )
    text = 3 * FILLER + 3 * hidden + 3 * FILLER
    start, end = cut_quote(text, ("licence", "training"), "en")
    assert not has_placeholder(text[start:end])
    start, end = cut_quote(10 * hidden, ("licence",), "en")
    assert (10 * hidden)[start:end] == hidden.strip()
