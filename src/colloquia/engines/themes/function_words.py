"""Words that carry grammar and no subject, in the fifteen languages of the encoder.

They never name a theme; a term is trimmed of them at both ends.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_suffix(".txt")
_HEADING = re.compile(r"^\[(\w+)(?: (start|end|keep))?\]$")
# Arabic vowel marks and tatweel, and the dot that case-folding leaves of a Turkish capital.
_MARKS = re.compile("[\u064b-\u0652\u0640\u0307]")
_UNSPACED = frozenset(("ja", "th", "zh"))
_THAI_ABOVE = frozenset("ะัาำิีึืฺุู็่้๊๋์ํ๎ๅๆฯ")
_CLITICS = ("وال", "فال", "بال", "كال", "ولل", "لل", "ال", "وب", "ول", "وك", "فب", "و", "ف", "ب", "ل", "ك")


@dataclass(slots=True)
class _Words:
    words: set[str] = field(default_factory=set)
    start: set[str] = field(default_factory=set)
    end: set[str] = field(default_factory=set)
    keep: set[str] = field(default_factory=set)
    longest: int = 1


def is_function_word(word: str, language: str) -> bool:
    """Whether ``word`` carries no subject in ``language`` (ISO 639-1); False in a language not listed.

    Case, compatibility forms and Arabic vowel marks do not matter. A word with an apostrophe is
    one when each of its parts is (``d'une``), an Arabic word also with a clitic before it.
    """
    language, known = _words(language)
    if known is None:
        return False
    folded = _fold(word)
    if not folded or folded in known.words:
        return True
    if language == "ar":
        return folded not in known.keep and _clitic_before_word(folded, known.words)
    if language in _UNSPACED:
        return not _cut(folded, language, known)
    parts = folded.split("'")
    return len(parts) > 1 and all(len(part) < 2 or part in known.words for part in parts)


def trim_term(term: str, language: str) -> str:
    """``term`` without function words at its ends; "" if nothing with a subject is left.

    A term of a script without blanks (Chinese, Japanese, Thai) loses function characters and
    strings instead, unless they belong to a word that is known to begin or end with them. In a
    language not listed the term comes back as it is.
    """
    language, known = _words(language)
    if known is None:
        return term
    words = term.split()
    while words and is_function_word(words[0], language):
        words.pop(0)
    while words and is_function_word(words[-1], language):
        words.pop()
    if len(words) == 1 and language in _UNSPACED:
        return _cut(words[0], language, known)
    return " ".join(words)


def _fold(text: str) -> str:
    folded = _MARKS.sub("", unicodedata.normalize("NFKC", text).casefold())
    return folded.replace("\u2019", "'").strip("'-")


def _cut(term: str, language: str, known: _Words) -> str:
    while term and term not in known.words:
        shorter = _from_start(_from_end(term, known), known)
        if language == "th":
            while shorter and shorter[0] in _THAI_ABOVE:
                shorter = shorter[1:]
        if shorter == term:
            return term
        term = shorter
    return ""


def _from_start(term: str, known: _Words) -> str:
    sizes = range(min(known.longest, len(term)), 0, -1)
    if any(term[:size] in known.keep for size in sizes):
        return term
    return next((term[size:] for size in sizes if term[:size] in known.start), term)


def _from_end(term: str, known: _Words) -> str:
    sizes = range(min(known.longest, len(term)), 0, -1)
    if any(term[-size:] in known.keep for size in sizes):
        return term
    return next((term[:-size] for size in sizes if term[-size:] in known.end), term)


def _clitic_before_word(folded: str, words: set[str]) -> bool:
    return any(
        folded.startswith(clitic) and len(folded) > len(clitic) + 1 and folded[len(clitic) :] in words
        for clitic in _CLITICS
    )


def _words(language: str) -> tuple[str, _Words | None]:
    code = language.partition("-")[0]
    return code, _all().get(code)


@cache
def _all() -> dict[str, _Words]:
    """Every language's words, read once from the file beside this one."""
    found: dict[str, _Words] = {}
    target: set[str] = set()
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if heading := _HEADING.match(line):
            language, part = heading[1], heading[2] or "words"
            target = getattr(found.setdefault(language, _Words()), part)
        elif not line.startswith("#"):
            target.update(filter(None, map(_fold, line.split())))
    for language in _UNSPACED & found.keys():
        words = found[language]
        # A word of several characters may be cut from an end too; a single one only where listed.
        several = {word for word in words.words if len(word) > 1}
        if language == "zh":
            words.start |= several
            words.end |= several
        words.longest = max(map(len, words.start | words.end | words.keep))
    return found
