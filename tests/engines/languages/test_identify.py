"""The language of passages: own letters first, then the document, the statement and the docket."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colloquia.engines.languages.identify import evidence, languages_of
from colloquia.engines.meaning.encoders import USE_LANGUAGES

DATA = Path(__file__).parents[3] / "evals" / "data" / "short_language.jsonl"
ENGLISH = (
    "Licences for training should be asked for in advance, and the register should be open to everybody."
)
FRENCH = (
    "Les autorisations doivent être demandées à l'avance, et le registre doit être ouvert à tous les auteurs."
)
SWAHILI = (
    "Tunaomba watengenezaji wa mifumo hii waweke orodha ya kazi zote zilizotumika kufundisha mifumo yao."
)
UNSPACED = {"ja", "th", "zh"}


def sentences(language: str, words: int) -> list[str]:
    """The first words of each sentence written in a language; two characters stand for an unspaced word."""
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    texts = [row["text"] for row in rows if row["language"] == language]
    if language in UNSPACED:
        return [text[: 2 * words] for text in texts]
    return [" ".join(text.split()[:words]) for text in texts]


def named(*texts: str, documents: list[str] | None = None, declared: list[str] | None = None) -> list[str]:
    count = len(texts)
    return languages_of(
        [evidence(text) for text in texts],
        documents or [str(number) for number in range(count)],
        declared or [""] * count,
    )


@pytest.mark.parametrize("language", sorted(USE_LANGUAGES))
def test_ten_informal_words_are_told_in_every_supported_language(language):
    found = [named(text)[0] for text in sentences(language, 10)]
    assert len(found) == 6
    assert found.count(language) >= 5


@pytest.mark.parametrize("language", ["cs", "el", "he", "hi", "ro", "sw", "uk", "vi"])
def test_twenty_words_of_an_unsupported_language_are_told_as_themselves(language):
    found = [named(text)[0] for text in sentences(language, 20)]
    assert len(found) == 6
    assert found.count(language) >= 5
    assert found.count("und") + found.count(language) == 6 or not set(found) & USE_LANGUAGES


@pytest.mark.parametrize("text", ["", "  \n", "\ud800", "12 345,67 — §§", "!!! ??? …", "🙂🙂🙂"])
def test_symbols_alone_have_no_language(text):
    assert named(text) == ["und"]


@pytest.mark.parametrize("text", ["ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ ᎤᎾᏙᏢᏒᎢ", "ⵜⴰⵎⴰⵣⵉⵖⵜ ⵜⵓⵜⵍⴰⵢⵜ", "𐎠𐎼𐎹𐎠𐎴𐎠𐎶"])
def test_a_script_that_nobody_learned_is_not_taken_for_a_supported_language(text):
    assert set(named(text * 4)) & USE_LANGUAGES == set()


@pytest.mark.parametrize("text", ["字", "著作权", "학습", "ลิขสิทธิ์", "かな", "カタカナ"])
def test_a_certain_script_decides_at_any_length(text):
    expected = {"학": "ko", "ล": "th", "か": "ja", "カ": "ja"}.get(text[0], "zh")
    assert named(text) == [expected]


def test_both_chinese_scripts_are_chinese_and_norwegian_has_one_code():
    assert named("我们要求公开训练所用的作品清单", "我們要求公開訓練所用的作品清單") == ["zh", "zh"]
    norwegian = "Vi ber om at utviklerne fører et åpent register over alle verk som ble brukt til opplæring."
    assert named(norwegian)[0] == "no"


def test_a_short_heading_follows_its_document():
    assert named("Documentation", ENGLISH, FRENCH, FRENCH, documents=["a", "b", "a", "a"]) == [
        "fr",
        "en",
        "fr",
        "fr",
    ]
    assert named("Documentation", ENGLISH, FRENCH, documents=["b", "b", "a"]) == ["en", "en", "fr"]


def test_numbers_between_passages_follow_their_document():
    assert named("2019–2024", FRENCH, documents=["a", "a"]) == ["fr", "fr"]


def test_a_title_of_chinese_characters_in_a_japanese_document_is_japanese():
    japanese = "著作者の権利を守ることを求めます。人工知能の学習には事前の許諾と公正な報酬が必要です。"
    chinese = "我们要求公开训练所用的作品清单，并且支付合理的报酬。"
    texts = ["著作権保護", japanese, "同意", chinese, ENGLISH]
    assert named(*texts, documents=["a", "a", "b", "c", "d"]) == ["ja", "ja", "zh", "zh", "en"]


def test_a_long_passage_keeps_its_language_in_a_document_of_another():
    assert named(ENGLISH, FRENCH, SWAHILI, documents=["a", "a", "a"]) == ["en", "fr", "sw"]


def test_a_stated_language_helps_a_short_text_and_does_not_override_a_long_one():
    assert named("Documentation", declared=["fr"]) == ["fr"]
    assert named("Documentation", declared=["en"]) == ["en"]
    assert named(ENGLISH, declared=["fr"]) == ["en"]
    assert named(ENGLISH * 40, declared=["fr"]) == ["en"]


def test_a_text_in_several_scripts_is_not_denied_all_its_languages():
    assert named("AI 學習 데이터와 저작권 保護")[0] in {"ko", "zh"}


def test_a_stated_language_is_not_believed_of_another_script():
    assert named("학습 데이터", declared=["ja"]) == ["ko"]
    assert named("Data", declared=["th"])[0] != "th"


def test_no_passages_have_no_languages():
    assert languages_of([], [], []) == []


def test_one_or_two_letters_of_an_alphabet_name_no_language():
    assert named("a", "éà", "я", documents=["1", "2", "3"]) == ["und", "und", "und"]
    assert named("No", documents=["1"], declared=["es"]) == ["es"]


def test_two_letters_are_in_the_language_of_nearly_the_whole_docket():
    assert named("No", ENGLISH)[0] == "en"
    assert named("No", ENGLISH, FRENCH)[0] == "und"


def test_a_likelihood_is_a_probability():
    for text in (ENGLISH, FRENCH, "Документация", "字", "art"):
        found = [probability for _, probability in evidence(text).likelihoods]
        assert found == sorted(found, reverse=True)
        assert 0.0 < sum(found) <= 1.0 + 1e-9


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(st.characters(), max_size=30), max_size=4))
def test_any_text_gets_one_language_and_the_same_one_again(texts):
    found = named(*texts, documents=["a"] * len(texts))
    assert found == named(*texts, documents=["a"] * len(texts))
    assert [isinstance(code, str) and 2 <= len(code) <= 3 for code in found] == [True] * len(texts)


def test_a_very_long_text_is_judged_by_its_beginning():
    assert evidence(ENGLISH * 40) == evidence((ENGLISH * 40)[:3000])
