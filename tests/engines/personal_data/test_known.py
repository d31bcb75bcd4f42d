"""A sender's own names are found in whatever case, spacing and script, and not within other words."""

from __future__ import annotations

import pytest

from colloquia.engines.personal_data.known import known_words


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Signed: JANE\n Doe, for us", "Jane Doe", ["JANE\n Doe"]),
        ("Acme says; acmeist does not. (Acme)", "Acme", ["Acme", "Acme"]),
        ("كتب ومحمد علي هذا", "محمد علي", ["محمد علي"]),
        ("由陳大文提交", "陳大文", ["陳大文"]),
        ("We are we.", "We", []),
    ],
)
def test_exact_words_are_found(text: str, words: str, found: list[str]) -> None:
    result = known_words(text, [(words, "name")])
    assert [text[each.start : each.end] for each in result] == found
    assert {each.rule for each in result} <= {"name.sender"}
