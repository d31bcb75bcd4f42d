"""Dates of birth and numbers of passports: what stands behind the words that announce them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from colloquia.engines.personal_data.cues import LATIN, alternation, languages_for
from colloquia.engines.personal_data.records import Finding

_WORD = r"[^\W\d_]{3,12}\.?"
_DATE = (
    r"(?:\d{1,2} ?[./-] ?\d{1,2} ?[./-] ?\d{2,4}"
    r"|\d{4} ?[./-] ?\d{1,2} ?[./-] ?\d{1,2}"
    r"|\d{4} ?[年년] ?(?:\d{1,2} ?[月월] ?(?:\d{1,2} ?[日일])?)?"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|\.|º)? (?:of |de )?{_WORD}(?: de| del)?,? \d{{4}}"
    rf"|{_WORD} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    r"|(?:19|20)\d\d(?!\d))"
)
_NUMBER = (
    r"(?:[A-Z]{0,3} ?\d{6,9}|\d{2} ?\d{2} ?(?:№ ?|номер )?\d{6}|\d{2} ?(?:№ ?)?\d{7}|\d{2}[A-Z]{2}\d{5}"
    r"|(?=[A-Z0-9]{0,8}\d[A-Z0-9]{0,7}\d)[A-Z][A-Z0-9]{8})(?![\w])"
)
_BEFORE_WORD = re.compile(rf"(?P<value>{_DATE}) ?(?:生まれ|出生(?!日)|출생|г\. ?р\.)")
_BETWEEN = (
    r"(?: ?\(?(?i:is|was|est|es|ist|é|هو|為|는|은|は|为|no|no\.|n°|n\.º|nº|nr\.|№|number|номер"
    r"|серия|رقم|:|,|-)\)?){0,3} ?"
)


def births(text: str, language: str) -> Iterator[Finding]:
    """Dates behind words such as “born on”, in a plain text."""
    for code in languages_for(language):
        for found in _announced("birth", code, _DATE).finditer(text):
            yield Finding(*found.span("value"), "birth", f"birth.{code}")
    for found in _BEFORE_WORD.finditer(text):
        yield Finding(*found.span("value"), "birth", "birth.before")


def passports(text: str, language: str) -> Iterator[Finding]:
    """Numbers behind the word passport, in a plain text."""
    for code in languages_for(language):
        for found in _announced("passport", code, _NUMBER).finditer(text):
            yield Finding(*found.span("value"), "passport", f"passport.{code}")


@cache
def _announced(kind: str, code: str, value: str) -> re.Pattern[str]:
    """A word of the kind, a few small words, and what it announces."""
    before = r"(?<![^\W\d_])" if code in (*LATIN, "ru") else ""
    cue = alternation([kind], code)
    return re.compile(rf"{before}(?i:{cue}){_BETWEEN}(?P<value>{value})")
