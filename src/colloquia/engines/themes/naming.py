"""Names of themes: the terms that set each apart from the rest of the docket."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.personal_data.placeholders import own_words
from colloquia.engines.themes.function_words import trim_term
from colloquia.engines.themes.terms import terms_of

TERMS = 8
_LABEL = 3
_COMMON = 0.2
_CANDIDATES = 30
_LOOKED_AT = 120


Named = list[tuple[str, tuple[str, ...]]]
"""Label and salient terms of each theme, terms most salient first."""


def name_themes(
    texts: Sequence[str], languages: Sequence[str], labels: NDArray[np.int64], count: int
) -> Named:
    """The names of one level of themes; see ``name_levels``."""
    return name_levels(texts, languages, [(labels, count)])[0]


def name_levels(
    texts: Sequence[str], languages: Sequence[str], levels: Sequence[tuple[NDArray[np.int64], int]]
) -> list[Named]:
    """Names of the themes of each level, a level being the theme of each text (-1 for none) and their number.

    Salience is the z-score of the log odds of a term in the theme against the rest, counting
    passages, with the docket as prior (Monroe, Colaresi and Quinn, 2008), within each language; a
    language gives terms in proportion to its share of the theme, so a theme across languages is
    named in the languages of its passages. Terms in over a fifth of a language's passages outside
    the theme name nothing, nor does what stands in the place of something redacted.
    """
    overall: dict[str, Counter[str]] = {}
    total: Counter[str] = Counter(languages)
    inside: list[list[dict[str, Counter[str]]]] = [[{} for _ in range(count)] for _, count in levels]
    for row, (text, language) in enumerate(zip(texts, languages, strict=True)):
        # Each by itself: the words on both sides of something redacted make no pair.
        terms = {term for part in own_words(text) for term in terms_of(part, language)}
        overall.setdefault(language, Counter()).update(terms)
        for held, (labels, _) in zip(inside, levels, strict=True):
            if labels[row] >= 0:
                held[labels[row]].setdefault(language, Counter()).update(terms)
    named = []
    for held, (labels, _) in zip(inside, levels, strict=True):
        names = []
        for theme, counts in enumerate(held):
            passages = Counter(languages[int(row)] for row in np.flatnonzero(labels == theme))
            ranked = _terms(counts, passages, overall, total)
            names.append((" · ".join(ranked[:_LABEL]), tuple(ranked[:TERMS])))
        named.append(_distinct(names))
    return named


def _terms(
    inside: dict[str, Counter[str]],
    passages: Counter[str],
    overall: dict[str, Counter[str]],
    total: Counter[str],
) -> list[str]:
    size = sum(passages.values())
    found: list[tuple[float, str]] = []
    for language, counts in inside.items():
        share = passages[language] / max(size, 1)
        rest = total[language] - passages[language]
        scored = [
            (score, term)
            for term, here in counts.items()
            if (score := _salience(here, passages[language], overall[language][term] - here, rest)) > 0
        ]
        scored.sort(key=lambda item: (-item[0], item[1]))
        repeated = [item for item in scored if counts[item[1]] > 1]
        telling = _telling(repeated, language) or _telling(scored, language)
        found.extend((score * sqrt(share), term) for score, term in _without_parts(telling, counts))
    found.sort(key=lambda item: (-item[0], item[1]))
    return list(dict.fromkeys(term for _, term in found))


def _telling(scored: list[tuple[float, str]], language: str) -> list[tuple[float, str]]:
    """The most salient terms that are not made of function words alone."""
    found: dict[str, float] = {}
    for score, term in scored[:_LOOKED_AT]:
        trimmed = trim_term(term, language)
        if len(trimmed) > 1:
            found.setdefault(trimmed, score)
        if len(found) == _CANDIDATES:
            break
    return [(score, term) for term, score in found.items()]


def _salience(here: int, passages: int, elsewhere: int, rest: int) -> float:
    if rest and elsewhere / rest > _COMMON:
        return 0.0
    if not rest and passages > 3 and here / passages > 0.6:
        return 0.0
    prior = 0.1 + (here + elsewhere) / (passages + rest)
    odds = log((here + prior) / (passages - here + 1)) - log((elsewhere + prior) / (rest - elsewhere + 1))
    return odds / sqrt(1 / (here + prior) + 1 / (elsewhere + prior))


def _without_parts(scored: list[tuple[float, str]], counts: Counter[str]) -> list[tuple[float, str]]:
    """Leave out a term that lies in another which is nearly as frequent, and the reverse of that."""
    kept: list[tuple[float, str]] = []
    for score, term in scored:
        clash = False
        for place, (other_score, other) in enumerate(kept):
            if term in other:
                clash = True
            elif other in term:
                clash = True
                if counts[term] >= 0.7 * counts[other]:
                    kept[place] = (other_score, term)
            if clash:
                break
        if not clash:
            kept.append((score, term))
    return kept[:TERMS]


def _distinct(named: Named) -> Named:
    """No two themes bear the same label: further terms are added, then a number."""
    seen: Counter[str] = Counter()
    result = []
    for label, terms in named:
        text, length = label or "—", _LABEL
        while text in seen and length < len(terms):
            length += 1
            text = " · ".join(terms[:length])
        seen[text] += 1
        result.append((text if seen[text] == 1 else f"{text} ({seen[text]})", terms))
    return result
