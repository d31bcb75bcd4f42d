"""A quotation is found where it stands word for word, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colloquia.engines.drafting.finding import find_quote, sentences_around
from tests.engines.drafting.material import ARABIC, CHINESE, LICENCE, REGISTER

LETTERS = st.text(st.sampled_from("ab é\u0301\u200b\n\u00a0“'字ا."), max_size=30)


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        ("needs a licence", LICENCE, "needs a licence"),
        ('"A public register" would help', REGISTER, "“A public register” would help"),
        ("which works were used, and when.", REGISTER, "which works were used,\nand when."),
        ("“needs a licence”", LICENCE, "needs a licence"),
        ("… needs a licence …", LICENCE, "needs a licence"),
        ("a - b", "was a\u00a0—\u2003b, no", "a\u00a0—\u2003b"),
        ("café noir", "un cafe\u0301 noir.", "cafe\u0301 noir"),
        ("cafe\u0301 noir", "un café noir.", "café noir"),
        ("the copyright owner", "the copy\u00adright owner", "the copy\u00adright owner"),
        ("العربية هنا", "اللغة\u202bالعربية\u202c هنا", "العربية\u202c هنا"),
        ("ترخيص قبل التدريب", ARABIC, "ترخيص قبل التدريب"),
        ("公开所使用", CHINESE, "公开所使用"),
        ("it's", "and it’s so", "it’s"),
    ],
)
def test_found_as_it_is_stored(quote: str, text: str, found: str) -> None:
    span = find_quote(quote, text)
    assert span is not None
    assert text[span[0] : span[1]] == found


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("needs no licence", LICENCE),
        ("Needs a licence", LICENCE),
        ("Training needs a licence", LICENCE),
        ("Training … needs a licence", LICENCE),
        ("eeds a licence", LICENCE),
        ("needs a lic", LICENCE),
        ("cafe", "un café noir"),
        ("cafe", "un cafe\u0301 noir"),
        ("1000", "in 10000 works"),
        ("الشفافية", "والشفافية شرط"),
        ("", LICENCE),
        (" … ", LICENCE),
        ("anything", ""),
    ],
)
def test_not_found(quote: str, text: str) -> None:
    assert find_quote(quote, text) is None


def test_a_later_place_in_whole_words_is_found() -> None:
    assert find_quote("art", "partly art") == (7, 10)


@settings(max_examples=300, deadline=None)
@given(LETTERS, LETTERS)
def test_offsets_always_lie_in_the_text_and_what_is_found_is_found_again(quote: str, text: str) -> None:
    span = find_quote(quote, text)
    if span is not None:
        start, end = span
        assert 0 <= start < end <= len(text)
        again = find_quote(text[start:end], text)
        assert again is not None
        assert again[0] <= start


def test_sentences_around_show_what_a_cut_quote_hides() -> None:
    span = find_quote("reading is enough", LICENCE)
    assert span is not None
    start, end = sentences_around(LICENCE, *span)
    assert LICENCE[start:end] == "We reject the view that reading is enough."


def test_sentences_around_an_item_of_a_list_hold_what_introduces_it() -> None:
    text = "Thank you. We oppose:\n\n- a levy\n- a duty to publish\n- a tax. More follows."
    start = text.index("a duty")
    first, last = sentences_around(text, start, start + 17)
    assert text[first:last] == "We oppose:\n\n- a levy\n- a duty to publish\n- a tax."


def test_sentences_around_a_quote_over_two_sentences_are_both() -> None:
    span = find_quote("a licence. We reject", LICENCE)
    assert span is not None
    assert sentences_around(LICENCE, *span) == (0, len(LICENCE))
