"""Languages named from the first words of a sentence alone, with nothing around it to help."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from colloquia.engines.languages.identify import evidence, languages_of
from colloquia.engines.meaning.encoders import USE_LANGUAGES
from evals.dockets import own, sdg
from evals.rows import Row, absent, bootstrap

TASK = "languages"
WORDS = (5, 10, 20)
CHARACTERS = 2
"""Characters taken for one word where words are not spaced."""
_UNSPACED = {"ja", "th", "zh"}


def first_words(text: str, language: str, words: int) -> str:
    """The first words of a text, or "" where it has fewer; two characters for a word in zh, ja and th."""
    if language in _UNSPACED:
        size = CHARACTERS * words
        return text[:size] if len(text) >= size else ""
    parts = text.split()
    return " ".join(parts[:words]) if len(parts) >= words else ""


def named(text: str) -> str:
    """The language of one text that stands alone."""
    return languages_of([evidence(text)], [""], [""])[0]


def rows(shared: Path, seed: int) -> list[Row]:
    """Share named rightly at 5, 10 and 20 words; and unsupported ones taken for supported."""
    informal = [(row["text"], row["language"]) for row in own("short_language")]
    formal = [(text, language) for language, texts in sdg(shared).items() for text in texts.values()]
    result = []
    for data, pairs in (("informal sentences", informal), ("SDG targets", formal)):
        if not pairs:
            result.append(absent(TASK, data, "named rightly"))
        for words in WORDS if pairs else ():
            result.extend(_at(data, pairs, words, seed))
    return result


def _at(data: str, pairs: Iterable[tuple[str, str]], words: int, seed: int) -> list[Row]:
    cut = [(part, language) for text, language in pairs if (part := first_words(text, language, words))]
    supported = [language for _, language in cut if language in USE_LANGUAGES]
    answers = [(named(text), language) for text, language in cut]
    right = [answer == language for answer, language in answers if language in USE_LANGUAGES]
    known = [answer == language for answer, language in answers if language not in USE_LANGUAGES]
    taken = [answer in USE_LANGUAGES for answer, language in answers if language not in USE_LANGUAGES]
    measures = (
        (f"supported, {words} words", right, len(set(supported))),
        (f"unsupported, {words} words", known, len({language for _, language in cut}) - len(set(supported))),
        (f"unsupported taken for supported, {words} words", taken, 0),
    )
    return [
        Row(
            TASK,
            data,
            measure,
            sum(values) / len(values),
            *bootstrap(values, seed=seed),
            at_most="taken" in measure,
            note=f"{len(values)} texts" + (f", {count} languages" if count else ""),
        )
        for measure, values, count in measures
        if values
    ]
