"""Texts that are the same once case, spacing and punctuation are folded away."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from colloquia.engines.duplicates.exact import exact_groups
from colloquia.engines.duplicates.folding import fold


def test_exact_groups_ignore_case_spacing_punctuation_and_letter_variants():
    texts = ["Yes, I agree.", "no", "YES   I agree!", "ｙｅｓ i agree", "Straße", "STRASSE", "yes I disagree"]
    assert exact_groups(texts) == [[0, 2, 3], [4, 5]]


def test_exact_groups_ignore_spaces_between_characters_of_scripts_without_them():
    assert exact_groups(["保护作者。", "保护 作者", "保护\n作者！"]) == [[0, 1, 2]]


def test_exact_groups_leave_out_texts_without_words():
    assert exact_groups(["", "", "...", "...", " \n"]) == []


def test_exact_groups_keep_symbols_and_vowel_signs_apart():
    assert exact_groups(["👍", "👎", "👍", "กิน", "กัน", "1+1", "11"]) == [[0, 2]]


def test_exact_groups_of_many_copies_and_lone_surrogates():
    assert exact_groups(["same"] * 100_000) == [list(range(100_000))]
    assert exact_groups(["a\ud800b", "a\ud800b"]) == [[0, 1]]


@given(st.lists(st.text(max_size=8), max_size=12))
def test_exact_groups_join_exactly_the_texts_with_equal_folds(texts):
    together = {(a, b) for group in exact_groups(texts) for a in group for b in group if a < b}
    folds = [fold(text) for text in texts]
    assert together == {
        (a, b)
        for a in range(len(texts))
        for b in range(a + 1, len(texts))
        if folds[a] and folds[a] == folds[b]
    }


@given(st.text())
def test_fold_of_a_folded_text_is_itself(text):
    assert fold(fold(text)) == fold(text)
