"""Scores of a question after officers' verdicts: few shift them a little, many teach what it is about."""

from __future__ import annotations

import numpy as np

from colloquia.engines.questions.learning import ENOUGH, adjusted


def case(count=60):
    """Scores that tell nothing, and vectors whose first direction says who answers."""
    random = np.random.default_rng(2)
    true = np.arange(count) % 2 == 0
    vectors = random.normal(0, 0.3, (count, 16)).astype(np.float32)
    vectors[:, 0] += np.where(true, 1.0, -1.0)
    return np.full(count, 0.35, dtype=np.float32), vectors, true


def test_few_verdicts_shift_all_scores_one_way_and_not_far():
    scores, vectors, _ = case()
    rows = np.arange(5)
    less = adjusted(scores, vectors, rows, np.zeros(5, dtype=bool))
    more = adjusted(scores, vectors, rows, np.ones(5, dtype=bool))
    assert len(set(less.tolist())) == len(set(more.tolist())) == 1
    assert 0.2 < less[0] < 0.35 < more[0] < 0.55


def test_verdicts_that_agree_with_the_scores_leave_them():
    scores = np.array([0.9, 0.9, 0.1, 0.1, 0.5], dtype=np.float32)
    said = np.array([True, True, False, False])
    changed = adjusted(scores, np.zeros((5, 2), dtype=np.float32), np.arange(4), said)
    assert np.abs(changed - scores).max() < 0.02


def test_many_verdicts_teach_what_the_question_is_about():
    scores, vectors, true = case()
    rows = np.arange(2 * ENOUGH)
    changed = adjusted(scores, vectors, rows, true[rows])
    unseen = np.arange(2 * ENOUGH, 60)
    assert changed[unseen][true[unseen]].min() > changed[unseen][~true[unseen]].max()


def test_many_verdicts_of_one_kind_only_shift():
    scores, vectors, _ = case()
    changed = adjusted(scores, vectors, np.arange(ENOUGH), np.ones(ENOUGH, dtype=bool))
    assert len(set(changed.tolist())) == 1
