"""Whether prose names a territory, in the languages of the United Nations and by the naming profile.

A country field is read by ``matching``; here a name stands in a sentence, inflected or with a prefix.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from colloquia.engines.jurisdictions.folding import fold
from colloquia.engines.jurisdictions.loading import DATA
from colloquia.engines.jurisdictions.profile import Profile
from colloquia.engines.jurisdictions.tables import read_table

_LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")
_SPELLINGS = {"", "zh-hant", *_LANGUAGES}
"""Languages of the packaged spellings that are looked for; blank are those that were gathered by hand."""
_COMMON = {"states", "sun"}
"""Spellings that mean something else in prose."""
_NO_ARTICLE = {"مالي"}
_ELISION = re.compile(r"(?<!\w)[ldLD]['’ʼ`´‘](?=\w)")
_DOTTED = re.compile(r"(?<=\b\w)\.\s?(?=\w\b)")
_WORD = re.compile(r"\w+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_CASE_ENDING = re.compile(r"(?<=\w{4})[аеийоуыьэюявмх]{1,3}$")
_SHORTEST_INFLECTED = 5
_SHORTEST_IN_SMALL_LETTERS = 4


def territory_named_in(text: str, profile: Profile) -> str:
    """The first territory that a text names, as it is written there; blank where it names none.

    Only territories count, no offices and organisations. A name in a script with capitals has to begin with
    one, and an abbreviation has to stand in capitals: “turkey” and “us” name nobody.
    """
    words, longest, characters = _index(profile)
    plain = _DOTTED.sub("", _ELISION.sub("", unicodedata.normalize("NFKC", text)))
    tokens = _WORD.findall(plain)
    for start, first in enumerate(tokens):
        if first[0].islower():
            continue
        for end in range(min(start + longest, len(tokens)), start, -1):
            if _names(tokens[start:end], words):
                return " ".join(tokens[start:end])
    whole = "".join(plain.split())
    return next((name for name in characters if name in whole), "")


def _names(tokens: list[str], words: frozenset[str]) -> bool:
    key = _key(tokens)
    if len(key) < _SHORTEST_IN_SMALL_LETTERS and tokens[0].isascii() and not tokens[0].isupper():
        return False
    return any(
        _key([bare, *tokens[1:]]) in words and not (bare.startswith("ال") and bare[2:] in _NO_ARTICLE)
        for bare in _without_prefix(tokens[0])
    )


def _without_prefix(token: str) -> Iterator[str]:
    """The word, and in Arabic what is left of it without “and”, “so”, “in”, “as” or “for” before it."""
    yield token
    if not "\u0600" <= token[0] <= "\u06ff" or len(token) < _SHORTEST_IN_SMALL_LETTERS:
        return
    joined = (token, token[1:]) if token[0] in "وف" else (token,)
    for word in joined:
        yield word
        if word.startswith("لل"):
            yield f"ال{word[2:]}"
        elif word[0] in "بكل":
            yield word[1:]


def _key(tokens: list[str]) -> str:
    """The folded words; Russian ones without the ending of a case."""
    return " ".join(_stem(word) for word in fold(" ".join(tokens)).split())


def _stem(word: str) -> str:
    if len(word) < _SHORTEST_INFLECTED or not "а" <= word[0] <= "я":
        return word
    return _CASE_ENDING.sub("", word)


@lru_cache(maxsize=4)
def _index(profile: Profile) -> tuple[frozenset[str], int, tuple[str, ...]]:
    """Folded names, the number of words of the longest, and the names in Chinese characters."""
    codes = {row.code for row in profile.territories() if row.kind == "territory"}
    entries = (profile.entry(code, language) for code in codes for language in _LANGUAGES)
    names = {text for row in entries if row for text in (row.name, row.full_name) if text}
    rows = read_table(DATA / "variants.csv", required=("text", "code")).rows
    names |= {
        row["text"] for _, row in rows if row["code"] in codes and row.get("language", "") in _SPELLINGS
    }
    unclear = read_table(DATA / "unresolved.csv", required=("text", "kind")).rows
    names |= {row["text"] for _, row in unclear if row["kind"] in {"ambiguous", "former"}}
    han = {"".join(name.split()) for name in names if _HAN.search(name)}
    keys = {_key([name]) for name in names if not _HAN.search(name)} - _COMMON - {""}
    return frozenset(keys), max(key.count(" ") + 1 for key in keys), tuple(sorted(han))
