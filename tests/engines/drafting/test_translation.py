"""A machine's translation is asked for as data, and looked at before it is kept as a machine's."""

from __future__ import annotations

import json

import pytest

from colloquia.engines.drafting import (
    Reason,
    Refusal,
    Translation,
    TranslationUnit,
    prompt_for_translation,
    read_translation,
)
from tests.engines.drafting.material import NONCE

SWAHILI = "Mafunzo ya mashine yanahitaji leseni 12 kwa mwaka 2024, na asilimia 5,5 ya mapato."
UNIT = TranslationUnit("S-7.p3", SWAHILI, "sw", "en")
GOOD = "Machine training needs 12 licences in the year 2024, and 5.5 percent of the revenue."


def answer(text: object) -> str:
    return json.dumps({"translation": text})


def test_the_text_is_fenced_and_its_language_is_named() -> None:
    prompt = prompt_for_translation(UNIT, nonce=NONCE)
    assert prompt.messages[1]["content"] == (
        f"⟦text {NONCE}⟧\n{SWAHILI}\n⟦end of text {NONCE}⟧\n\nThe text is in Swahili."
    )
    assert "Translate all of it into English" in prompt.messages[0]["content"]
    assert prompt.version == "translation-1"
    assert prompt.passages == ()


def test_a_language_that_is_not_determined_is_not_named() -> None:
    unit = TranslationUnit("p1", SWAHILI, "und", "ar")
    assert prompt_for_translation(unit, nonce=NONCE).messages[1]["content"].endswith("⟧")


def test_a_translation_is_marked_as_a_machines() -> None:
    assert read_translation(answer(GOOD), UNIT) == Translation("S-7.p3", "en", GOOD, kind="machine")


def test_numbers_that_differ_are_shown_for_a_person_to_look() -> None:
    read = read_translation(answer(GOOD.replace("12", "21")), UNIT)
    assert isinstance(read, Translation)
    assert (read.missing_numbers, read.added_numbers) == (("12",), ("21",))


def test_digits_of_other_scripts_are_the_same_numbers() -> None:
    unit = TranslationUnit("p1", "En 2024, 1.000 licences.", "fr", "ar")
    read = read_translation(answer("في عام ٢٠٢٤، ١٬٠٠٠ ترخيص."), unit)
    assert isinstance(read, Translation)
    assert (read.missing_numbers, read.added_numbers) == ((), ())


def test_paragraphs_stay_and_invisible_signs_go() -> None:
    read = read_translation(answer("One para\u00adgraph of the text.\r\n\r\nAnother paragraph of it."), UNIT)
    assert isinstance(read, Translation)
    assert read.text == "One paragraph of the text.\n\nAnother paragraph of it."


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (GOOD, Reason.UNREADABLE),
        (answer(None), Reason.UNREADABLE),
        (answer("  "), Reason.DECLINED),
        (answer(SWAHILI), Reason.NOT_TRANSLATED),
        (answer("Yes."), Reason.LENGTH),
        (answer(GOOD * 10), Reason.LENGTH),
        (answer("Обучение машин требует лицензий каждый год."), Reason.LANGUAGE),
        (answer(GOOD + "\u202e"), Reason.CHARACTERS),
        (answer(GOOD + "\x00"), Reason.CHARACTERS),
        (answer(GOOD + " <script>x</script>"), Reason.MARKUP),
        (answer(GOOD + " See https://elsewhere.example/x"), Reason.MARKUP),
    ],
)
def test_what_is_no_translation_is_refused(given: str, reason: Reason) -> None:
    assert read_translation(given, UNIT) == Refusal(reason)


def test_an_address_in_the_original_may_stay() -> None:
    unit = TranslationUnit("p1", "Tazama https://example.org/a kwa habari zaidi.", "sw", "en")
    assert isinstance(read_translation(answer("See https://example.org/a for more news."), unit), Translation)


@pytest.mark.parametrize(
    ("unit", "message"),
    [
        (TranslationUnit("p1", "x", "sw", "de"), "not “de”"),
        (TranslationUnit("p1", " \n", "sw", "en"), "p1 has 2 characters"),
        (TranslationUnit("p1", "x" * 6001, "sw", "en"), "p1 has 6001 characters"),
    ],
)
def test_what_cannot_be_asked_for_is_an_error(unit: TranslationUnit, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        prompt_for_translation(unit, nonce=NONCE)
