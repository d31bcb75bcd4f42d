"""Passages to the questions they answer: right at the cut that is used, and what a score is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.paper import read_paper
from colloquia.engines.questions import CUT, QuestionMapper
from colloquia.engines.questions.mapping import texts_to_encode
from evals.dockets import DATA, encode, own
from evals.rows import Row, bootstrap

TASK = "question mapping"
BANDS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0)


@dataclass(frozen=True)
class Scored:
    """Scores (n, q) of passages, and what a reader labelled: right, and acceptable as well."""

    scores: NDArray[np.float32]
    right: NDArray[np.bool_]
    acceptable: NDArray[np.bool_]
    languages: NDArray[np.str_]


def rows(shared: Path, seed: int) -> list[Row]:
    """Precision, recall, none-passages left alone, hits and calibration; ``shared`` is not needed."""
    del shared
    paper = read_paper(DATA / "questions.json")
    mapper = QuestionMapper(paper.questions, encode(texts_to_encode(paper.questions)))
    ids = [question.id for question in paper.questions]
    result = []
    for part in ("held_out", "development"):
        scored = score(mapper, ids, own("passages", part))
        result.extend(_figures(part, scored, seed))
        if part == "held_out":
            result.extend(_languages(part, scored, seed))
            result.extend(_calibration(part, scored, seed))
    return result


def score(mapper: QuestionMapper, ids: Sequence[str], passages: Sequence[dict[str, Any]]) -> Scored:
    """The labelled passages with their scores, all in one batch as in a run."""
    right = np.array([[name in row["questions"] for name in ids] for row in passages])
    also = np.array([[name in row.get("also_acceptable", ()) for name in ids] for row in passages])
    vectors = encode([row["text"] for row in passages])
    languages = np.array([row["language"] for row in passages])
    return Scored(mapper.scores(vectors), right, right | also, languages)


def _ratio(part: np.ndarray) -> float:
    return float(part[:, 0].sum() / part[:, 1].sum()) if part[:, 1].sum() else float("nan")


def _figures(part: str, scored: Scored, seed: int) -> list[Row]:
    said = scored.scores >= CUT
    labelled = scored.right.any(axis=1)
    none = ~scored.acceptable.any(axis=1)
    found = np.column_stack([(said & scored.acceptable).sum(axis=1), said.sum(axis=1)])
    recalled = np.column_stack([(said & scored.right).sum(axis=1), scored.right.sum(axis=1)])
    strict = float((said & scored.right).sum() / max(said.sum(), 1))
    order = np.argsort(-scored.scores, axis=1, kind="stable")[labelled]
    ranked = np.take_along_axis(scored.right[labelled], order, axis=1)
    loose = np.take_along_axis(scored.acceptable[labelled], order, axis=1)
    silent = ~said[none].any(axis=1)
    result = [
        Row(
            TASK, part, f"precision at {CUT}", _ratio(found), *bootstrap(found, _ratio, seed),
            note=f"{said.sum()} answers; {strict:.3f} if only the label itself is right",
        ),
        Row(
            TASK, part, f"recall at {CUT}", _ratio(recalled), *bootstrap(recalled, _ratio, seed),
            note=f"{scored.right.sum()} labels",
        ),
        Row(
            TASK, part, "none-passages left alone", float(silent.mean()), *bootstrap(silent, seed=seed),
            note=f"{len(silent)} passages",
        ),
    ]  # fmt: skip
    for depth in (1, 3):
        hits = ranked[:, :depth].any(axis=1)
        note = f"{loose[:, :depth].any(axis=1).mean():.3f} with acceptable ones; {len(hits)} passages"
        interval = bootstrap(hits, seed=seed)
        result.append(Row(TASK, part, f"hit@{depth}", float(hits.mean()), *interval, note=note))
    return result


def _languages(part: str, scored: Scored, seed: int) -> list[Row]:
    labelled = scored.right.any(axis=1)
    best = scored.scores.argmax(axis=1)
    hits = scored.right[np.arange(len(best)), best]
    english = scored.languages == "en"
    return [
        Row(
            TASK,
            f"{part}, {name}",
            "hit@1",
            float(hits[labelled & chosen].mean()),
            *bootstrap(hits[labelled & chosen], seed=seed),
            note=f"{int((labelled & chosen).sum())} passages",
        )
        for name, chosen in (("English", english), ("other languages", ~english))
    ]


def _calibration(part: str, scored: Scored, seed: int) -> list[Row]:
    result = []
    for low, high in pairwise(BANDS):
        inside = (scored.scores >= low) & (scored.scores < high if high < 1 else scored.scores <= high)
        if not inside.any():
            continue
        right = scored.acceptable[inside]
        note = f"mean score {scored.scores[inside].mean():.2f}, {inside.sum()} pairs"
        measure = f"right at score {low:.2f}-{high:.2f}"
        result.append(Row(TASK, part, measure, float(right.mean()), *bootstrap(right, seed=seed), note=note))
    return result
