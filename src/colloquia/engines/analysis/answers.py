"""Which questions each passage answers: as its sender or an officer said, and as its meaning suggests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.analysis.carrying import Carrying
from colloquia.engines.questions.learning import adjusted
from colloquia.engines.questions.mapping import CUT, OWN_CUT, QuestionMapper
from colloquia.engines.records import Passage, Question, Submission
from colloquia.engines.results import PassageQuestion

_HELD = 0.8
"""The part of the cut down to which a passage that was in a theme of the question still answers it."""


def find_answers(
    submissions: Sequence[Submission],
    passages: Sequence[Passage],
    vectors: NDArray[np.float32],
    *,
    questions: Sequence[Question],
    mapper: QuestionMapper,
    carrying: Carrying | None = None,
) -> list[PassageQuestion]:
    """Questions of each passage; score 1 where its sender or an officer said so."""
    embedded = np.flatnonzero(vectors.any(axis=1))
    scores = np.zeros((len(passages), len(questions)), dtype=np.float32)
    scores[embedded] = mapper.scores(vectors[embedded])
    carrying = carrying or Carrying()
    verdicts = {row: said_of(row, carrying) for row in carrying.reviewed}
    for place, question in enumerate(questions):
        told = {row: yes[question.id] for row, yes in verdicts.items() if question.id in yes}
        teaching = {row: yes for row, yes in told.items() if vectors[row].any()}
        if teaching:
            rows = np.array(sorted(teaching))
            taught = np.array([teaching[row] for row in rows.tolist()])
            scores[embedded, place] = adjusted(
                scores[embedded, place], vectors[embedded], np.searchsorted(embedded, rows), taught
            )
    said = {
        document.document_id: document.question_id
        for submission in submissions
        for document in submission.documents
    }
    known = {question.id for question in questions}
    found: list[PassageQuestion] = []
    for row, passage in enumerate(passages):
        if row in carrying.not_opinion:
            continue
        own = {name for name in (said.get(passage.document_id),) if name in known}
        own |= set(mapper.named_in(passage.text))
        cut = OWN_CUT if own else CUT
        verdict = verdicts.get(row, {})
        own = {name for name in own if verdict.get(name, True)} | {name for name in verdict if verdict[name]}
        for question, score in zip(questions, scores[row].tolist(), strict=True):
            if question.id in own:
                found.append(PassageQuestion(passage.passage_id, question.id, 1.0))
            elif verdict.get(question.id, True) and score >= _least(cut, row, question.id, carrying):
                found.append(PassageQuestion(passage.passage_id, question.id, round(score, 4)))
    return found


def said_of(row: int, carrying: Carrying) -> Mapping[str, bool]:
    """What an officer said of the questions of a passage; a theme of a question says that it answers it."""
    item = carrying.reviewed[row]
    if item.not_opinion:
        return {}
    implied = {question: True for question, theme in item.themes.items() if question and theme}
    return {**implied, **item.questions}


def _least(cut: float, row: int, question: str, carrying: Carrying) -> float:
    # Scores shift a little with every docket; who was there before does not come and go with them.
    return _HELD * cut if row in carrying.members.get(question, {}) else cut
