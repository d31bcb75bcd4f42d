"""Received text cannot break what stands around it, and loses nothing that can be shown."""

from __future__ import annotations

from colloquia.engines.report.text import (
    anchor,
    clean,
    direction,
    excerpt,
    language_tag,
    one_line,
    starts_right_to_left,
)


def test_clean_keeps_ordinary_text_in_every_script():
    for text in ("Ça va – déjà vu", "مرحبًا\u200fبكم", "训练 👩\u200d🔬", "क्\u200dष", "tab\tand\nline"):
        assert clean(text) == text


def test_clean_replaces_what_cannot_be_shown():
    assert clean("a\x00b\x07c\ud800d\ufffee\x9f") == "a\ufffdb\ufffdc\ufffdd\ufffde\ufffd"


def test_clean_closes_what_is_open_and_drops_what_closes_nothing():
    assert clean("\u2067abc") == "\u2067abc\u2069"
    assert clean("abc\u2069def\u202c") == "abcdef"
    assert clean("\u2066a\u202bb\u2069c") == "\u2066a\u202bb\u202c\u2069c"


def test_clean_replaces_overrides():
    assert clean("invoice\u202egpj.exe") == "invoice\ufffdgpj.exe"


def test_clean_balances_each_line_by_itself():
    assert clean("\u202ba\nb") == "\u202ba\u202c\nb"


def test_one_line_joins_lines():
    assert one_line(" a\n\n b\tc ") == "a b c"


def test_excerpt_cuts_at_a_space_and_counts_the_rest():
    assert excerpt("one two three", 20) == ("one two three", 0)
    assert excerpt("one two three four", 9) == ("one two", 11)


def test_excerpt_keeps_letters_with_their_marks():
    text = "e\u0301" * 10
    assert excerpt(text, 5) == (text[:4], 16)


def test_direction_follows_the_language():
    assert [direction(one) for one in ("ar", "fa-AF", "en", "zh-Hans", "", "und", '"><b>')] == [
        "rtl",
        "rtl",
        "ltr",
        "ltr",
        "auto",
        "auto",
        "auto",
    ]


def test_language_tag_refuses_what_is_not_one():
    assert [language_tag(one) for one in ("pt-BR", "und", '"><b>', "")] == ["pt-BR", "", "", ""]


def test_starts_right_to_left_looks_at_the_first_letter():
    assert [starts_right_to_left(one) for one in ("12 مرحبا", "abc مرحبا", "123")] == [True, False, False]


def test_anchors_are_safe_and_differ():
    assert anchor("q", "IP-08.q2") == "q-IP-08.q2"
    assert anchor("q", 'a b"<') == "q-a_20_b_22__3c_"
    assert anchor("q", "a_20_b") != anchor("q", "a b")
