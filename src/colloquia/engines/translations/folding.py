"""Texts and ids compared without regard to what word processors and people change unasked."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)
_QUOTES = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´ʼ＇", "'"),
        **dict.fromkeys("“”„‟″«»＂", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),
        "…": "...",
    }
)
_SPACES_AT_QUOTES = re.compile(r"\s*([\"'])\s*")


def folded(text: str) -> str:
    """``text`` for comparison: quotes, dashes, spacing, line ends, invisible marks and composition aside."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).translate(_QUOTES)
    return " ".join(_SPACES_AT_QUOTES.sub(r" \1 ", text).split())


def folded_id(written: str) -> str:
    """An id without spaces and invisible marks, with plain hyphens, in one case."""
    return "".join(_INVISIBLE.sub("", written).translate(_QUOTES).split()).casefold()


def cleaned(text: str) -> str:
    """A translation as it is kept: trimmed, ``\\n`` line ends, no soft hyphens, words and quotes as typed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00ad", "").replace("\ufeff", "")
    return "\n".join(line.strip(" \t") for line in text.split("\n")).strip()


def has_words(text: str) -> bool:
    """Whether there is anything to translate; figures and signs alone stay as they are."""
    return any(character.isalpha() for character in text)


def main_language(code: str) -> str:
    """The language without country or script: ``pt`` of ``pt-BR``."""
    return re.split("[-_]", code.strip())[0].lower()
