"""Passages to the questions they answer, several or none, each with a calibrated score."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.meaning.centring import unit
from colloquia.engines.records import Question

Vectors = NDArray[np.float32]

CUT = 0.3
"""Least score at which a passage is said to answer a question."""
OWN_CUT = 0.5
"""The same where the sender has already named another question."""

# Fitted on the development passages of evals/ alone; `make eval` prints precision and recall at the cut.
_SHARPNESS = 20.0
_NONE = 3.0
_TEXT, _CONTEXT, _TITLED = 0.6, 0.2, 0.2


def texts_to_encode(questions: Sequence[Question]) -> list[str]:
    """What the encoder must turn into vectors for a mapper: three texts for each question, in order."""
    return [
        text
        for question in questions
        for text in (
            question.text,
            f"{question.issue_title}. {question.context}".strip(),
            f"{question.issue_title}: {question.text}",
        )
    ]


class QuestionMapper:
    """Scores of passages on the questions of one paper.

    A score estimates the probability that a reader would say that the passage answers the
    question, among the questions of the paper and none of them: a softmax over cosines with
    one more class for none. How well it does is printed by ``make eval`` and stands in
    docs/explanation/questions.md.
    """

    def __init__(self, questions: Sequence[Question], vectors: Vectors) -> None:
        """``vectors`` (3 q, d) are those of ``texts_to_encode(questions)``."""
        self.questions = list(questions)
        parts = vectors.reshape(len(self.questions), 3, -1)
        mixed = unit(_TEXT * parts[:, 0] + _CONTEXT * parts[:, 1] + _TITLED * parts[:, 2])
        # What all questions share (the subject of the paper) tells none from another.
        common = mixed.mean(axis=0) * (1 - 1 / max(len(self.questions), 1))
        self._targets = unit(mixed - common)
        self._named = [_reference(question) for question in self.questions]

    def scores(self, vectors: Vectors) -> NDArray[np.float32]:
        """Scores (n, q) in [0, 1] of passages with unit vectors (n, d)."""
        if not len(vectors):
            return np.zeros((0, len(self.questions)), dtype=np.float32)
        shifted = unit(vectors - 0.5 * vectors.mean(axis=0))
        strength = np.exp(_SHARPNESS * (shifted @ self._targets.T))
        shares: NDArray[np.float32] = strength / (strength.sum(axis=1, keepdims=True) + np.exp(_NONE))
        return np.round(shares, 4).astype(np.float32)

    def named_in(self, text: str) -> list[str]:
        """Ids of the questions that the text itself refers to by id."""
        return [
            question.id
            for question, pattern in zip(self.questions, self._named, strict=True)
            if pattern.search(text)
        ]


def _reference(question: Question) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.]){re.escape(question.id)}(?![\w]|\.\w)", re.IGNORECASE)
