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


_SCRIPTS = {
    "ar": re.compile("[\u0600-\u06ff]"),
    "ru": re.compile("[\u0400-\u04ff]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ja": re.compile("[\u3012\u3040-\u30ff\u4e00-\u9fff]"),
    "ko": re.compile("[\uac00-\ud7a3]"),
}


def languages_in(text: str, language: str) -> tuple[str, ...]:
    """Of ``languages_for`` those whose script stands in the text: rules of the others find nothing in it."""
    return tuple(
        code for code in languages_for(language) if code not in _SCRIPTS or _SCRIPTS[code].search(text)
    )


class Spoken:
    """Which words of the rules stand in a text. Each is looked for once, which is far quicker than a rule."""

    def __init__(self, text: str) -> None:
        self._text = text.lower()
        self._known: dict[str, bool] = {}

    def has(self, kinds: Iterable[str], language: str) -> bool:
        """Whether a word of the kinds may stand in the text; True where the kinds have no words."""
        parts = _parts(tuple(kinds), language)
        return not parts or any(self._holds(part) for part in parts)

    def _holds(self, part: str) -> bool:
        known = self._known.get(part)
        if known is None:
            known = self._known[part] = part in self._text
        return known


@cache
def _parts(kinds: tuple[str, ...], language: str) -> tuple[str, ...]:
    """Of each word its longest part without a blank, which a line or a blank of another kind may break."""
    found = {max(word.lower().split(), key=len) for kind in kinds for word in words(kind, language)}
    return tuple(sorted(found, key=lambda part: (len(part), part)))


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
