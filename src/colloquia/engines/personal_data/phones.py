"""Telephone numbers: by their country code, by the grouping of a country, or by a word before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from colloquia.engines.personal_data.cues import alternation, languages_for
from colloquia.engines.personal_data.records import Finding

_RUN = re.compile(r"(?<![0-9A-Za-z_À-ɏЀ-ӿ؀-ۿ.,/#§$€£¥%-])(?:\+ {0,2})?\(?\d[\d ().\-/]{4,60}")
_FEWEST, _MOST = 6, 15
_CUE_REACH = 28

# ITU-T E.164 country codes: one digit (zones 1 and 7), two, all others three.
_TWO_DIGITS = (
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 "
    "82 84 86 90 91 92 93 94 95 98 "
)
_BEGIN_THREE_DIGITS = "21 22 23 24 25 26 29 35 37 38 42 50 59 67 68 69 80 85 87 88 96 97 99"
_COUNTRIES = frozenset((_TWO_DIGITS + _BEGIN_THREE_DIGITS).split())

# Groupings of national numbers that hardly occur elsewhere.
_NATIONAL = tuple(
    (country, re.compile(pattern))
    for country, pattern in (
        ("fr", r"0[1-9](?P<s>[ .-])\d\d(?P=s)\d\d(?P=s)\d\d(?P=s)\d\d"),
        ("ch", r"0[2-9]\d \d{3} \d\d \d\d"),
        ("gb", r"\(?0\d{2,4}\)? \d{3,4} \d{3,4}"),
        ("gb", r"0\d{4} \d{6}"),
        ("de", r"\(?0[1-9]\d{1,4}\)? ?[/-] ?\d{3,8}(?:[ -]\d{1,4})?"),
        ("jp", r"0\d{1,4}-\d{1,4}-\d{4}"),
        ("jp", r"0\d{1,4}\(\d{1,4}\)\d{4}"),
        ("cn", r"0\d{2,3}-\d{7,8}(?:-\d{1,4})?"),
        ("cn", r"1[3-9]\d(?:\d{8}|[ -]\d{4}[ -]\d{4})"),
        ("ru", r"8 ?[ (-]\d{3}[ )-] ?\d{3}[ -]\d\d[ -]\d\d"),
        ("us", r"(?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[.-])\d{3}[.-]\d{4}"),
        ("br", r"\(\d\d\) ?9?\d{4}-\d{4}"),
        ("es", r"[6-9]\d\d \d\d \d\d \d\d"),
        ("in", r"[6-9]\d{4} \d{5}"),
        ("any", r"0\d{9,10}"),
        ("any", r"0\d{2}[ -]\d{3}[ -]\d{4}"),
    )
)
_DATE = re.compile(r"(?<!\d)(?:\d{4}([-./])\d{1,2}\1\d{1,2}|\d{1,2}([-./])\d{1,2}\2(?:\d{4}|\d\d))(?!\d)")
_YEARS = re.compile(r"(?:1[5-9]|20)\d\d(?:[ ()./-]+(?:1[5-9]|20)\d\d)+")


def phones(text: str, language: str) -> Iterator[Finding]:
    """Telephone numbers in a plain text. Each run of digits is looked at once, as a whole."""
    for run in _RUN.finditer(text):
        # Two blanks or more end a number: what follows is the next cell of a table.
        given = re.split(r" {3,}", run[0], maxsplit=1)[0].rstrip(" (.-/")
        if given.endswith(")") and given.count("(") < given.count(")"):
            given = given[:-1].rstrip()
        end = run.start() + len(given)
        if text[end : end + 1].isalnum() and not _is_compact(text[end]):
            continue
        rule = _rule(given, text, run.start(), language)
        if rule:
            yield Finding(run.start(), end, "phone", f"phone.{rule}")


def _rule(given: str, text: str, start: int, language: str) -> str:
    digits = re.sub(r"\D", "", given)
    if not _FEWEST <= len(digits) <= _MOST + 2 or len(set(digits)) < 3:
        return ""
    if given.startswith("+"):
        return "international" if len(digits) >= 8 and _has_country(digits) else ""
    national = next((name for name, shape in _NATIONAL if shape.fullmatch(given)), "")
    if not national and (_DATE.search(given) or _YEARS.fullmatch(given)):
        return ""
    if _cue(language).search(text, max(0, start - _CUE_REACH), start):
        return "announced"
    if _not_phone().search(text, max(0, start - _CUE_REACH), start):
        return ""
    if given.startswith("00") and len(digits) >= 10 and _has_country(digits[2:]):
        return "international"
    return f"national.{national}" if national else ""


def _has_country(digits: str) -> bool:
    return digits[0] in "17" or digits[:2] in _COUNTRIES


def _is_compact(character: str) -> bool:
    return "\u3040" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7a3"


@cache
def _cue(language: str) -> re.Pattern[str]:
    found = "|".join(alternation(["phone"], code) for code in languages_for(language))
    return re.compile(
        rf"(?<![^\W_])(?:{found})[ .]{{0,2}}(?:[^\W\d_]{{1,8}} ?)?[ :.(№°#)]{{0,4}}\Z", re.IGNORECASE
    )


@cache
def _not_phone() -> re.Pattern[str]:
    return re.compile(rf"\b{alternation(['notphone'], 'en')}[ :.]{{0,3}}\Z", re.IGNORECASE)
