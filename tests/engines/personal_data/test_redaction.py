"""Placeholders, and where they stand."""

from __future__ import annotations

import pytest

from colloquia.engines.personal_data import CATEGORIES, joined, placeholder, redact


def test_the_rest_of_the_text_stays_and_can_be_traced() -> None:
    text = "Write to ada@example.org or call +41 22 338 91 11 today."
    made = redact(text, [(33, 49, "phone"), (9, 24, "email")], "en", pages=(0, 28, 40, 50))
    assert made.text == (
        "Write to [personal data removed: e-mail address] or call "
        "[personal data removed: telephone number] today."
    )
    at = source = 0
    for start, end, source_start, source_end, category in made.places:
        assert made.text[at:start] == text[source:source_start]
        assert made.text[start:end] == placeholder(category, "en")
        at, source = end, source_end
    assert made.text[at:] == text[source:]
    assert made.pages == (0, made.text.index("call"), 57, made.text.index("today."))


def test_what_overlaps_is_one_placeholder_of_the_longest() -> None:
    assert joined([(5, 9, "name"), (0, 20, "address"), (18, 22, "phone"), (30, 30, "name")]) == [
        (0, 22, "address")
    ]
    assert joined([(0, 5, "name"), (5, 9, "email")]) == [(0, 5, "name"), (5, 9, "email")]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", "[données personnelles retirées : nom d’une personne]"),
        ("ar", "[حُذفت بيانات شخصية: اسم شخص]"),
        ("zh-hans", "[已移除个人信息：个人姓名]"),
        ("sw", "[personal data removed: name of a person]"),
        ("", "[personal data removed: name of a person]"),
    ],
)
def test_a_placeholder_is_in_the_language_of_the_text(language: str, expected: str) -> None:
    assert placeholder("name", language) == expected


def test_every_kind_has_its_words() -> None:
    for language in ("en", "fr", "es", "ar", "ru", "zh", "de", "ja", "ko", "pt"):
        assert len({placeholder(category, language) for category in CATEGORIES}) == len(CATEGORIES)


def test_a_span_beyond_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="beyond"):
        redact("short", [(2, 9, "name")], "en")
