"""Which language a text is said to be in. Of a short text whose sender did not say, none is made up."""

from __future__ import annotations

from collections.abc import Sequence

from colloquia.engines.languages.identify import UNDETERMINED, evidence, languages_of
from colloquia.engines.languages.scripts import may_be
from colloquia.engines.personal_data.cues import LATIN, OWN_SCRIPT

PLAIN = 40
"""Letters from which a text may tell its language against what its sender stated."""
SHORT = 60
"""Letters below which a program takes many a text for Norwegian, Welsh or Bulgarian."""
SURE = 0.8
"""Probability from which a language that many write in is believed of a short text."""
CHECKED = frozenset((*LATIN, *OWN_SCRIPT))


def searched_in(text: str, language: str) -> str:
    """In which language a text is searched for personal data: where none is known, the likeliest."""
    if language or not text.strip():
        return language
    found = languages_of([evidence(text)], [""], [""])[0]
    return found if found in CHECKED else ""


def language_of(text: str, stated: str, call_languages: Sequence[str]) -> str:
    """The language of a text, "" where it is not known.

    What its sender stated stands, unless a longer text plainly is in another. Where nothing was stated, a
    short text is in a language only if its script has no other, or if the language is surely the call's, or
    one in which many write; else in the call's only one, if it has but one.
    """
    if not text.strip():
        return stated
    base = stated.partition("-")[0]
    known = evidence(text)
    found = languages_of([known], [""], [base])[0]
    if base:
        return stated if found == base or known.letters < PLAIN or found not in CHECKED else found
    if known.letters >= SHORT or known.likelihoods == ((found, 1.0),):
        return "" if found == UNDETERMINED else found
    held = {code.partition("-")[0] for code in call_languages}
    likely = held if known.letters < PLAIN // 2 else held | CHECKED
    if found in likely and dict(known.likelihoods).get(found, 0.0) >= SURE:
        return found
    only = next(iter(held)) if len(held) == 1 else ""
    return only if known.letters and may_be(only, known.script) else ""
