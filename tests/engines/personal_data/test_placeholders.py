"""What stands in the place of something redacted is found again in every language, and nothing else is."""

from __future__ import annotations

import pytest

from colloquia.engines.personal_data import (
    CATEGORIES,
    has_placeholder,
    own_words,
    placeholder,
    redact,
    without_placeholders,
)
from colloquia.engines.personal_data.redaction import placeholder_languages


@pytest.mark.parametrize("language", [*placeholder_languages(), "sw"])
def test_every_placeholder_is_found_in_every_language(language: str) -> None:
    for category in CATEGORIES:
        put = placeholder(category, language)
        text = f"Before {put} after."
        assert has_placeholder(text)
        assert own_words(text) == ["Before ", " after."]
        assert without_placeholders(text) == "Before after."
        assert without_placeholders(f" {put}\n{put}") == ""


def test_words_of_the_sender_stay_as_they_are() -> None:
    text = "  [Sic] personal data removed: name of a person, [1] and [2].\n"
    assert not has_placeholder(text)
    assert without_placeholders(text) == text
    assert own_words(text) == [text]
    assert own_words(" \n") == []


def test_what_redaction_put_there_is_found() -> None:
    made = redact("Write to Ada Example, +41 22 000.", [(9, 20, "name"), (22, 32, "phone")], "fr")
    assert own_words(made.text) == ["Write to ", ", ", "."]
