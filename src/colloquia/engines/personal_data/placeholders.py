"""The placeholders of a redacted text, found again: they are nobody's words, and tell of no subject."""

from __future__ import annotations

import re
from functools import cache

from colloquia.engines.personal_data.records import CATEGORIES
from colloquia.engines.personal_data.redaction import placeholder, placeholder_languages


def has_placeholder(text: str) -> bool:
    """Whether something was redacted in a text."""
    return "[" in text and _pattern().search(text) is not None


def own_words(text: str) -> list[str]:
    """The stretches of a text between its placeholders, in order; those of white space alone are left out."""
    if "[" not in text:
        return [text] if text.strip() else []
    return [part for part in _pattern().split(text) if part.strip()]


def without_placeholders(text: str) -> str:
    """A text without its placeholders, for whatever compares what is meant; "" where nothing is left.

    A text that has none comes back as it is.
    """
    return " ".join(part.strip() for part in own_words(text)) if has_placeholder(text) else text


@cache
def _pattern() -> re.Pattern[str]:
    """Every placeholder in every language in which one is ever put."""
    every = {
        placeholder(category, language)
        for language in placeholder_languages()
        for category in (*CATEGORIES, "other")
    }
    return re.compile("|".join(re.escape(each) for each in sorted(every)))
