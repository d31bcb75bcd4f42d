"""Function words: what may never name a theme, and what must be left to name one."""

from __future__ import annotations

import pytest

from colloquia.engines.meaning.encoders import USE_LANGUAGES
from colloquia.engines.themes.function_words import _all, is_function_word, trim_term

FUNCTION = {
    "ar": "من على التي والتي بالذي وفي لأن هذه يجب كَانَ",
    "de": "Der und sollten können über dass würden für DASS",
    "en": "The should can't from may many like than their would’ve couldn't",
    "es": "el debería según también están muy",
    "fr": "le qu'il d'une devrait être aux L’ C'est",
    "it": "dell della dovrebbe perché sono anche",
    "ja": "場合 事 私達 は また",
    "ko": "그리고 있는 합니다 대한 것은 위해",
    "nl": "het moeten wordt ook zijn kunnen",
    "pl": "oraz się powinny które jest można",
    "pt": "não deveria também está para uma",
    "ru": "и который должны чтобы Также ещё",
    "th": "ที่ และ ควร ได้",
    "tr": "için bir olmalıdır ve İÇİN ama",
    "zh": "的 以及 應該 应该 我們 因為",
}
CONTENT = {
    "ar": "الفهم فهم الترخيص مؤلفون والولد",
    "de": "Urheber Vergütung Training",
    "en": "use licence training author new consent",
    "es": "autor licencia obra",
    "fr": "l'auteur oeuvre licence",
    "it": "l'opera autore",
    "ja": "著作権 学習 平等",
    "ko": "저작권 학습 국가",
    "nl": "auteur vergoeding",
    "pl": "autor licencja",
    "pt": "obra licença",
    "ru": "автор лицензия",
    "th": "ลิขสิทธิ์ รายได้",
    "tr": "eser lisans",
    "zh": "對話 著作權 有效 許可 行為",
}


def test_every_language_of_the_encoder_has_a_list():
    assert set(_all()) == set(USE_LANGUAGES)


@pytest.mark.parametrize("language", sorted(FUNCTION))
def test_function_words_are_known(language):
    words = [word for word in FUNCTION[language].split() if "’ve" not in word]
    assert [word for word in words if not is_function_word(word, language)] == []


@pytest.mark.parametrize("language", sorted(CONTENT))
def test_words_with_a_subject_are_left_alone(language):
    words = CONTENT[language].split()
    assert [word for word in words if is_function_word(word, language)] == []
    assert [trim_term(word, language) for word in words] == words


@pytest.mark.parametrize(
    ("term", "language", "trimmed"),
    [
        ("should be licensed", "en", "licensed"),
        ("right of authors", "en", "right of authors"),
        ("of the", "en", ""),
        ("من المؤلفين في", "ar", "المؤلفين"),
        ("die Urheber sollten", "de", "Urheber"),
        ("的著作權和", "zh", "著作權"),
        ("我们应该", "zh", ""),
        ("应该许可", "zh", "许可"),
        ("对话的", "zh", "对话"),
        ("和与", "zh", ""),
        ("ที่ลิขสิทธิ์และ", "th", "ลิขสิทธิ์"),
        ("์สิทธิ", "th", "สิทธิ"),
        ("著作物等", "ja", "著作物"),
        ("著作権の", "ja", "著作権"),
        ("", "zh", ""),
        ("", "en", ""),
    ],
)
def test_terms_are_trimmed_at_both_ends(term, language, trimmed):
    assert trim_term(term, language) == trimmed


def test_a_language_without_a_list_is_left_as_it_is():
    assert is_function_word("na", "sw") is False
    assert trim_term("ya na", "sw") == "ya na"


def test_both_names_of_chinese_scripts_are_one_language():
    assert trim_term("的許可", "zh-TW") == "許可"
