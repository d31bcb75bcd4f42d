"""Sentences of the engines are known again, and told in the language of the page where translated."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils import translation

from colloquia.core.engine_words import SENTENCES, known_as, told
from colloquia.engines.documents import mediatypes as media
from colloquia.engines.documents import problems

CONSTANTS = [value for name, value in vars(problems).items() if name.isupper() and isinstance(value, str)]
WAITING = "3 passage(s) in Swahili, Amharic were not analysed; they wait for a human reader."


@pytest.mark.parametrize("sentence", CONSTANTS)
def test_every_fixed_sentence_about_files_is_known(sentence: str) -> None:
    assert sentence in SENTENCES
    assert known_as(sentence) == (sentence, {})


def test_values_are_taken_out_of_what_was_stored() -> None:
    values = [
        known[1]
        for text in (
            problems.too_large(90_000_000, 50_000_000),
            problems.cut_text(12_345, 10),
            problems.only_pictures(3),
            problems.recognised("Tesseract 5"),
            problems.damaged(media.PDF, ValueError()),
            WAITING,
        )
        if (known := known_as(text))
    ]
    assert values == [
        {"size": "86", "limit": "48"},
        {"taken": "10", "all": "12,345"},
        {"count": "3"},
        {"tool": "Tesseract 5"},
        {"kind": media.WORDS[media.PDF], "error": "ValueError"},
        {"count": "3", "languages": "Swahili, Amharic"},
    ]


def test_english_and_what_is_not_known_stay_as_they_are() -> None:
    for language in ("en", "ar"):
        with translation.override(language):
            assert (
                told("Something else. The file is empty (0 bytes); ask the sender for it again.")[1] == "en"
            )
            assert told("Rien de <b>") == ("Rien de <b>", "en")
            assert told("") == ("", "en")
    with translation.override("ar"):
        shown = Template("{% load components %}{% engine_words text %}").render(Context({"text": "Rien <b>"}))
    assert shown == '<bdi lang="en" dir="ltr">Rien &lt;b&gt;</bdi>'


def test_what_is_translated_is_told_in_the_language_of_the_page() -> None:
    with translation.override("ar"):
        translated = [translation.gettext(each) != each for each in (problems.EMPTY_FILE, problems.PASSWORD)]
        words, language = told(f"{problems.EMPTY_FILE} {problems.PASSWORD}")
        assert (language == "ar") == all(translated)
        assert (problems.EMPTY_FILE in words) != all(translated)
        waiting = told(WAITING)[0]
        assert ("Swahili" in waiting) == (waiting == WAITING)
