"""Scripts, as far as language identification needs them."""

from __future__ import annotations

import pytest

from colloquia.engines.languages.scripts import certain_language, may_be, script_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("authors", "latin"),
        ("œuvre déjà", "latin"),
        ("автор", "cyrillic"),
        ("المؤلف", "arabic"),
        ("作者", "han"),
        ("作者の権利", "kana"),
        ("저자", "hangul"),
        ("ผู้แต่ง", "thai"),
        ("συγγραφέας", "other"),
        ("AI 學習 데이터 보호", "hangul"),
        ("2026", ""),
        ("", ""),
    ],
)
def test_the_script_of_most_letters_is_told(text, script):
    assert script_of(text, sum(map(str.isalpha, text))) == script


def test_a_script_of_one_language_names_it():
    assert [certain_language(name) for name in ("kana", "hangul", "thai", "han", "latin")] == [
        "ja",
        "ko",
        "th",
        "",
        "",
    ]


def test_a_language_is_written_in_its_own_scripts_alone():
    assert [may_be("ja", name) for name in ("kana", "han", "latin")] == [True, True, False]
    assert [may_be("fr", name) for name in ("latin", "cyrillic", "other")] == [True, False, False]
    assert [may_be("el", name) for name in ("latin", "thai", "other")] == [True, False, True]
    assert may_be("th", "")
