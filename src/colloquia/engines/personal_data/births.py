"""Dates of birth, numbers of passports and identity cards: what stands behind words that announce them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from colloquia.engines.personal_data.cues import LATIN, Spoken, alternation, languages_in
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
_IDENTITY = r"(?:[A-Z]{0,3}[ .-]?\d(?:[ .-]?\d){5,17}[A-Z]?)(?![\w]|[.,]\d)"
_WORD_AFTER = re.compile(r"生まれ|出生(?!日)|출생|г\. ?р\.")
_DATE_BEFORE = re.compile(rf"(?P<value>{_DATE}) ?\Z")
_ENDS_A_DATE = frozenset("0123456789日일月월年년 ")
_LONGEST_DATE = 40
_BETWEEN = (
    r"(?: ?\(?(?i:is|was|est le|est|es el|es|ist|é o|é|هو|為|는|은|は|为|是|no|no\.|n°|n\.º|nº|nr\.|№"
    r"|number|numéro|numero|número|núm\.|nummer|номер|серия|رقمها|رقمه|رقم|号码|号|番号|번호|:|,|-)"
    r"\)?){0,3} ?"
)


def births(text: str, language: str) -> Iterator[Finding]:
    """Dates behind words such as “born on”, in a plain text."""
    spoken = Spoken(text)
    for code in languages_in(text, language):
        if spoken.has(["birth"], code):
            for found in _announced("birth", code, _DATE).finditer(text):
                yield Finding(*found.span("value"), "birth", f"birth.{code}")
    for word in _WORD_AFTER.finditer(text):
        begins = word.start()
        if text[begins - 1 : begins] in _ENDS_A_DATE:
            before = _DATE_BEFORE.search(text, max(0, begins - _LONGEST_DATE), begins)
            if before:
                yield Finding(*before.span("value"), "birth", "birth.before")


def passports(text: str, language: str) -> Iterator[Finding]:
    """Numbers behind the words passport and identity card, in a plain text."""
    spoken = Spoken(text)
    for code in languages_in(text, language):
        for kind, value, category in (("passport", _NUMBER, "passport"), ("card", _IDENTITY, "identity")):
            if spoken.has([kind], code):
                rule = f"{category}.{code}" if kind == "passport" else f"identity.announced.{code}"
                for found in _announced(kind, code, value).finditer(text):
                    yield Finding(*found.span("value"), category, rule)


@cache
def _announced(kind: str, code: str, value: str) -> re.Pattern[str]:
    """A word of the kind, a few small words, and what it announces."""
    before = r"(?<![^\W\d_])" if code in (*LATIN, "ru") else ""
    cue = alternation([kind], code)
    return re.compile(rf"{before}(?i:{cue}){_BETWEEN}(?P<value>{value})")
