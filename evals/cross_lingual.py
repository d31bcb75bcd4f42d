"""The same policy sentence in several languages: found again as a twin, and kept in one theme."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.meaning.centring import centred
from colloquia.engines.meaning.encoders import USE_LANGUAGES
from colloquia.engines.themes.discover import discover
from evals.dockets import UN_LANGUAGES, encode, sdg
from evals.rows import Row, absent, bootstrap

TASK = "cross-lingual"
THEMES = 40
TWINS, ONE_THEME, FEWEST = 0.99, 0.98, 35.0


def rows(shared: Path, seed: int) -> list[Row]:
    """Twins and themes for the six UN languages, then for all supported languages that there are."""
    sentences = sdg(shared)
    if not sentences:
        return [
            absent(TASK, "SDG targets, six UN languages", measure, target)
            for measure, target in (("twins retrieved", TWINS), ("pairs in one theme", ONE_THEME))
        ]
    supported = [language for language in sentences if language in USE_LANGUAGES]
    result = []
    for data, languages in (
        ("SDG targets, six UN languages", UN_LANGUAGES),
        (f"SDG targets, {len(supported)} languages", supported),
    ):
        texts = {language: list(sentences[language].values()) for language in languages}
        vectors = {language: encode(part) for language, part in texts.items()}
        result.extend(_twins(data, vectors, seed))
        result.extend(_themes(data, texts, vectors, seed))
    return result


def twins(one: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Whether row i of ``one`` is nearest to row i of ``other``."""
    found: NDArray[np.bool_] = np.argmax(one @ other.T, axis=1) == np.arange(len(one))
    return found


def _twins(data: str, vectors: dict[str, NDArray[np.float32]], seed: int) -> list[Row]:
    english = vectors["en"]
    hits = {
        language: np.stack([twins(part, english), twins(english, part)], axis=1)
        for language, part in vectors.items()
        if language != "en"
    }
    shares = np.concatenate(list(hits.values()), axis=1).mean(axis=1)
    worst = min(hits, key=lambda language: float(hits[language].mean()))
    note = f"to and from English; least: {worst} {hits[worst].mean():.3f}"
    return [
        Row(
            TASK,
            data,
            "twins retrieved",
            float(shares.mean()),
            *bootstrap(shares, seed=seed),
            TWINS,
            note=note,
        )
    ]


def _themes(
    data: str, texts: dict[str, list[str]], vectors: dict[str, NDArray[np.float32]], seed: int
) -> list[Row]:
    from sklearn.metrics import normalized_mutual_info_score

    count = len(texts["en"])
    languages = [language for language, part in texts.items() for _ in part]
    pooled = centred(np.concatenate(list(vectors.values())), languages)
    keys = [text for part in texts.values() for text in part]
    found = discover(pooled, keys, count=THEMES, seed=seed, resamples=0)
    by_target = found.labels.reshape(len(texts), count).T
    together = np.array([_together(row) for row in by_target])
    placed = found.labels >= 0
    kinds = np.asarray(languages)
    return [
        Row(
            TASK,
            data,
            "pairs in one theme",
            float(together.mean()),
            *bootstrap(together, seed=seed),
            ONE_THEME,
            note=f"{(~placed).mean():.1%} of sentences in no theme, which counts as apart",
        ),
        Row(TASK, data, f"themes found of {THEMES}", float(found.count), target=FEWEST),
        Row(
            TASK,
            data,
            "NMI of theme and language",
            float(normalized_mutual_info_score(kinds[placed], found.labels[placed])),
            at_most=True,
            note="0 when no theme leans to a language",
        ),
    ]


def _together(labels: Sequence[int]) -> float:
    """Share of pairs of one sentence's languages that are in the same theme."""
    return float(np.mean([one == other and one >= 0 for one, other in combinations(labels, 2)]))
