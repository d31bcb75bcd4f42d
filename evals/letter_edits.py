"""What senders do to a form letter: change words, add text, move sentences, scan it badly."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

NAMES = [
    "Amara", "Bruno", "Chiara", "Dmitri", "Elif", "Farid", "Greta",
    "Hiroshi", "Ines", "Jonas", "Keiko", "Lamin", "Mei", "Nadia", "Otto",
]  # fmt: skip
PLACES = [
    "Aarhus", "Bamako", "Cusco", "Dakar", "Esbjerg", "Fes", "Gyeongju",
    "Hanoi", "Izmir", "Juba", "Kazan", "Lomé", "Minsk", "Nara",
]  # fmt: skip
CONFUSED = {
    "l": "1",
    "o": "0",
    "e": "c",
    "m": "rn",
    "i": "l",
    "s": "5",
    "n": "ri",
    "a": "o",
    "u": "v",
    "t": "f",
}


@dataclass(frozen=True, slots=True)
class Pool:
    """Material for edits in one language: personal sentences, and words to put in place of others."""

    personal: list[str]
    words: list[str]
    language: str


def split_words(text: str, language: str) -> list[str]:
    """Words; pairs of characters in Chinese."""
    if language != "zh":
        return text.split()
    return re.findall(r"[^\W_]{1,2}|[\W_]", text.replace(" ", ""))


def changed_words(letter: str, pool: Pool, rng: random.Random) -> str:
    """Exchange 2 to 15 % of the words."""
    rate = rng.uniform(0.02, 0.15)
    words = [
        rng.choice(pool.words) if word[:1].isalnum() and rng.random() < rate else word
        for word in split_words(letter, pool.language)
    ]
    return ("" if pool.language == "zh" else " ").join(words)


def with_preamble(letter: str, pool: Pool, rng: random.Random) -> str:
    """Change words and begin with one to three personal sentences, for two senders of three."""
    text = changed_words(letter, pool, rng)
    return _added(pool, rng) + " " + text if rng.random() < 0.67 else text


def with_postscript(letter: str, pool: Pool, rng: random.Random) -> str:
    """Change words and end with one to three personal sentences, for two senders of three."""
    text = changed_words(letter, pool, rng)
    return text + " " + _added(pool, rng) if rng.random() < 0.67 else text


def reordered(letter: str, pool: Pool, rng: random.Random) -> str:
    """Change words and put the sentences in another order."""
    sentences = re.findall(r"[^.!?。！？]+[.!?。！？]*\s*", changed_words(letter, pool, rng))
    rng.shuffle(sentences)
    return " ".join(sentence.strip() for sentence in sentences)


def scanned(letter: str, _pool: Pool, rng: random.Random) -> str:
    """Misread 1 to 4 % of the characters, lose some and break lines, as recognition does."""
    rate = rng.uniform(0.01, 0.04)
    result = []
    for character in letter:
        draw = rng.random()
        if draw < rate * 0.7 and character.isalnum():
            result.append(CONFUSED.get(character, rng.choice(letter)))
        elif draw > rate:
            result.append("\n" if character == " " and rng.random() < 0.1 else character)
    return "".join(result)


def with_names(letter: str, pool: Pool, rng: random.Random) -> str:
    """Name the sender at both ends and change a few words."""
    name, place = rng.choice(NAMES), rng.choice(PLACES)
    return f"{name}, {place}: {changed_words(letter, pool, rng)} {name} {rng.choice(NAMES)}son, {place}"


def everything(letter: str, pool: Pool, rng: random.Random) -> str:
    """Any one of the other edits."""
    return rng.choice([changed_words, with_preamble, with_postscript, reordered, scanned, with_names])(
        letter, pool, rng
    )


def _added(pool: Pool, rng: random.Random) -> str:
    return " ".join(rng.sample(pool.personal, rng.randint(1, 3)))


EDITS: dict[str, Callable[[str, Pool, random.Random], str]] = {
    "changed words": changed_words,
    "preambles": with_preamble,
    "postscripts": with_postscript,
    "reordered sentences": reordered,
    "recognition errors": scanned,
    "names and places": with_names,
    "all together": everything,
}
