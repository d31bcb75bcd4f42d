"""Word-level differences: nothing lost, words whole, any script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colloquia.engines.papers.difference import Piece, difference, words


@given(st.text(max_size=60), st.text(max_size=60))
def test_pieces_make_up_both_texts(before, after):
    import unicodedata

    pieces = difference(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after
    old = "".join(piece.text for piece in pieces if piece.kind != "added")
    assert unicodedata.normalize("NFC", old) == unicodedata.normalize("NFC", before)


@given(st.text(max_size=80))
def test_words_are_the_text(text):
    assert "".join(words(text)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AI’s role, 2020", ["AI’s", " ", "role", ",", " ", "2020"]),
        ("未经许可", ["未", "经", "许", "可"]),
        ("حَقُّ المؤلف", ["حَقُّ", " ", "المؤلف"]),
        ("", []),
    ],
)
def test_words_of_scripts(text, expected):
    assert list(words(text)) == expected


def test_replaced_phrase_reads_as_one():
    assert difference("Is it a fair use of works?", "Is it an infringement of works?") == [
        Piece("same", "Is it "),
        Piece("removed", "a fair use"),
        Piece("added", "an infringement"),
        Piece("same", " of works?"),
    ]


def test_arabic_and_chinese():
    assert difference("هل يحمي القانون البيانات؟", "هل يحمي القانون الجديد البيانات؟") == [
        Piece("same", "هل يحمي القانون "),
        Piece("added", "الجديد "),
        Piece("same", "البيانات؟"),
    ]
    assert difference("机器能否发明", "机器是否能发明")[-1] == Piece("same", "发明")


def test_composed_and_decomposed_letters_are_the_same():
    assert difference("cafe\u0301", "caf\u00e9") == [Piece("same", "caf\u00e9")]


def test_very_long_texts_are_given_whole():
    before, after = "a b " * 2000, "c d " * 2000
    assert difference(before, after) == [Piece("removed", before), Piece("added", after)]
