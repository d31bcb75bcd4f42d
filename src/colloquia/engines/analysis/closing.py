"""The figures that close an analysis: how far everybody came, and how good it is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.analysis.shared import Shared
from colloquia.engines.analysis.themes import Docket, Found
from colloquia.engines.records import Passage, Submission
from colloquia.engines.results import Funnel, PassageQuestion


def funnel_of(
    submissions: Sequence[Submission], docket: Docket, embedded: NDArray[np.bool_], shared: Shared
) -> Funnel:
    """How many submissions reached each stage."""
    with_text = set(docket.sender.tolist())
    analysed = set(docket.sender[embedded].tolist())
    return Funnel(
        received=len(submissions),
        readable=len(with_text),
        unreadable=len(submissions) - len(with_text),
        unsupported=len(with_text - analysed),
        analysed=len(analysed),
        distinct_messages=shared.distinct,
    )


def quality_of(
    found: Found,
    embedded: NDArray[np.bool_],
    answers: Sequence[PassageQuestion],
    passages: Sequence[Passage],
) -> dict[str, float]:
    """Measured figures by name."""
    count = int(embedded.sum())
    agreements = [value for name, value in found.agreements.items() if name]
    quality: dict[str, float] = {}
    if "" in found.agreements:
        quality["theme agreement over resamples, whole docket (mean adjusted Rand index)"] = found.agreements[
            ""
        ]
    if agreements:
        quality["theme agreement over resamples, by question (mean adjusted Rand index)"] = float(
            np.mean(agreements)
        )
    placed = {item.passage_id for item in found.passage_themes}
    if count:
        without = [row for row in np.flatnonzero(embedded).tolist() if passages[row].passage_id not in placed]
        quality["share of analysed passages in no theme"] = len(without) / count
    if passages:
        quality["share of passages in a supported language"] = count / len(passages)
        answered = len({item.passage_id for item in answers})
        if answers:
            quality["share of passages with a question"] = answered / len(passages)
    return {name: round(value, 4) for name, value in quality.items()}
