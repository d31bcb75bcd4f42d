"""Makes headings comparable and says which field a heading names."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from colloquia.engines.intake.vocabulary import FIELDS, PHRASES

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])")
_LONG_MARKS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u0640]")
_NUMBERING = re.compile(
    r"^\s*(?:(?:q|question|frage|pregunta|вопрос|pergunta|domanda|السؤال|质问|問|문)\s*)?\d{1,3}(?:[.\-]\d{1,3})*\s*[a-z]?\s*[.:)\-–—、．：]+\s*",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\s*[(\[（][^()\[\]（）]*[)\]）]\s*$")


def normalise(heading: str) -> str:
    """Small letters without accents, punctuation and numbering marks; words apart by one space."""
    text = _CAMEL.sub(" ", unicodedata.normalize("NFKC", heading))
    text = unicodedata.normalize("NFKD", text.casefold())
    text = unicodedata.normalize("NFC", _LONG_MARKS.sub("", text))
    text = text.replace("أ", "ا").replace("إ", "ا").replace("آ", "ا").replace("ى", "ي").replace("ё", "е")
    return " ".join("".join(letter if letter.isalnum() or _joins(letter) else " " for letter in text).split())


def _joins(letter: str) -> bool:
    """Vowel signs and voicing marks belong to the word that they stand in."""
    return unicodedata.category(letter) in {"Mn", "Mc"}


@cache
def _known() -> dict[str, tuple[str, int]]:
    known: dict[str, tuple[str, int]] = {}
    for field, phrases in FIELDS.items():
        for rank, phrase in enumerate(phrases.split("|")):
            known.setdefault(normalise(phrase), (field, rank))
    return known


@cache
def _phrases() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((field, re.compile(pattern)) for field, pattern in PHRASES)


def field_and_rank(heading: str) -> tuple[str, int]:
    """The field that the heading names exactly, with the strength of the name (0 strongest); or ``("",
    0)``.
    """
    known = _known()
    for form in (
        heading,
        _REMARK.sub("", heading),
        _NUMBERING.sub("", heading),
        _REMARK.sub("", _NUMBERING.sub("", heading)),
    ):
        found = known.get(normalise(form))
        if found:
            return found
    last = heading.rpartition(" - ")[2] if " - " in heading else heading.rpartition(".")[2]
    if last != heading:
        found = known.get(normalise(last))
        if found and found[0] not in {"title", "tool"}:
            return found[0], found[1] + 1000
    return "", 0


def field_of(heading: str) -> str:
    """The field that the heading names exactly, or an empty string."""
    return field_and_rank(heading)[0]


def field_by_phrase(heading: str) -> str:
    """The field that a long heading asks for by one of its phrases, or an empty string."""
    text = normalise(_NUMBERING.sub("", heading))
    for field, pattern in _phrases():
        if pattern.search(text):
            return field
    return ""


def without_numbering(heading: str) -> str:
    """The heading without ``Q14.``, ``3:`` and the like at its start."""
    return _NUMBERING.sub("", heading).strip()
