"""Words that announce personal data, by kind and language, from ``data/cues.csv``."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

LATIN = ("en", "fr", "es", "de", "pt")
"""Languages whose words could mean something else in a text of another one of them."""
OWN_SCRIPT = ("ar", "ru", "zh", "ja", "ko")


def languages_for(language: str) -> tuple[str, ...]:
    """The languages whose words are looked for: the text's own, English, and those of other scripts."""
    own = language.partition("-")[0].lower()
    latin = (own, "en") if own in LATIN and own != "en" else ("en",)
    return (*latin, *OWN_SCRIPT)


@cache
def words(kind: str, language: str) -> tuple[str, ...]:
    """The words of a kind in a language, longest first."""
    found = [
        word.strip()
        for row in _rows()
        if row["kind"] == kind and row["language"] == language
        for word in row["words"].split("|")
        if word.strip()
    ]
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def alternation(kinds: Iterable[str], language: str) -> str:
    """A regular expression of the words; it matches nothing where there are none."""
    found = [word for kind in kinds for word in words(kind, language)]
    if not found:
        return r"(?!)"
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"[ \u00a0]") for word in found) + ")"


@cache
def _rows() -> list[dict[str, str]]:
    path = files("colloquia.engines.personal_data") / "data" / "cues.csv"
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
