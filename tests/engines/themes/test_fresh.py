"""New themes are made of passages that are nearer to one another than to anything earlier."""

from __future__ import annotations

import numpy as np

from colloquia.engines.themes.fresh import fresh_themes


def cloud(direction, count, spread, random):
    vectors = np.zeros((count, 32), dtype=np.float32)
    vectors[:, direction] = 1.0
    vectors += random.normal(0, spread, vectors.shape).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def names(count):
    return [f"text {number}" for number in range(count)]


def test_a_subject_of_its_own_is_a_new_theme_and_one_like_an_earlier_theme_is_not():
    random = np.random.default_rng(1)
    new, old = cloud(0, 12, 0.1, random), cloud(1, 12, 0.1, random)
    means = cloud(1, 40, 0.1, random).mean(axis=0, keepdims=True)
    labels = fresh_themes(np.vstack([new, old]), names(24), np.arange(24), means, seed=0)
    assert set(labels[:12].tolist()) - {-1} == set(range(labels.max() + 1))
    assert (labels[:12] >= 0).sum() >= 9
    assert set(labels[12:].tolist()) == {-1}


def test_one_message_of_many_passages_and_earlier_passages_make_no_theme():
    new = cloud(0, 12, 0.1, np.random.default_rng(1))
    means = np.zeros((1, 32), dtype=np.float32)
    for messages in (np.zeros(12, dtype=np.int64), np.full(12, -1), np.array([0, 1] + [-1] * 10)):
        assert fresh_themes(new, names(12), messages, means, seed=0).tolist() == [-1] * 12


def test_two_passages_are_too_few():
    vectors = cloud(0, 2, 0.1, np.random.default_rng(1))
    assert fresh_themes(vectors, names(2), np.arange(2), vectors[:0], seed=0).tolist() == [-1, -1]
