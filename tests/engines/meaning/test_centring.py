"""Centring takes the direction of a language out, and leaves the subject in."""

from __future__ import annotations

import numpy as np

from colloquia.engines.meaning.centring import centred, unit
from tests.engines.meaning.vectors import planted


def test_rows_get_length_one_and_a_zero_row_stays_zero():
    found = unit(np.array([[3.0, 4.0], [0.0, 0.0]], dtype=np.float32))
    assert np.allclose(found, [[0.6, 0.8], [0.0, 0.0]])
    assert found.dtype == np.float32


def test_the_direction_of_a_language_is_taken_out():
    vectors, truth = planted([60] * 8, spread=0.3)
    languages = ["aa", "bb"] * (len(truth) // 2)
    shift = np.zeros(vectors.shape[1], dtype=np.float32)
    shift[0] = 3.0
    mixed = unit(vectors + shift * (np.array(languages) == "bb")[:, None])

    def nearest_has_the_same_subject(rows):
        near = rows @ rows.T
        np.fill_diagonal(near, -2)
        near[np.equal.outer(languages, languages)] = -2
        return float((truth[near.argmax(axis=1)] == truth).mean())

    assert nearest_has_the_same_subject(centred(mixed, languages)) >= 0.95
    assert nearest_has_the_same_subject(mixed) < 0.95


def test_centred_vectors_have_length_one_and_do_not_depend_on_the_order():
    vectors, truth = planted([20, 20])
    languages = ["en" if number % 3 else "fr" for number in range(len(truth))]
    found = centred(vectors, languages)
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    turned = centred(vectors[::-1], languages[::-1])[::-1]
    assert np.allclose(found, turned, atol=1e-5)


def test_a_language_with_one_text_keeps_that_text():
    vectors, _ = planted([30])
    found = centred(np.vstack([vectors, -vectors[:1]]), ["en"] * 30 + ["sw"])
    assert np.isclose(np.linalg.norm(found[-1]), 1, atol=1e-5)


def test_no_vectors_stay_none():
    assert centred(np.zeros((0, 5), dtype=np.float32), []).shape == (0, 5)
