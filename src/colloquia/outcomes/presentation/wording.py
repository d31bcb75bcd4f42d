"""Outcomes in words: the label of a term with its paragraph, and a reason in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import get_language

from colloquia.outcomes.models import Outcome, OutcomeTerm


class Text(NamedTuple):
    """A text and the language that it is in."""

    text: str
    language: str


def in_reader_language(texts: Mapping[str, str]) -> Text:
    """The text in the reader's language, else in English, else in whatever there is."""
    for code in (get_language() or "en", "en", *texts):
        if texts.get(code):
            return Text(texts[code], code)
    return Text("", "")


def label_of(term: OutcomeTerm, paragraph: str = "") -> Text:
    """The label of a term for the reader, its paragraph filled in."""
    found = in_reader_language(term.labels)
    return Text(found.text.replace("{paragraph}", paragraph or "…") or term.code, found.language)


def outcome_label(outcome: Outcome) -> Text:
    """What became of it, in a few words."""
    return label_of(outcome.term, outcome.paragraph)


def outcome_reason(outcome: Outcome) -> Text:
    """Why."""
    return in_reader_language(outcome.reasons)
