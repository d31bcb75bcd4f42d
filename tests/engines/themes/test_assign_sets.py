"""Sets by expected F1, checked against counting every outcome."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from colloquia.engines.themes.assign_sets import best_sets


def expected_f1(chosen, probabilities):
    total = 0.0
    for outcome in product((0, 1), repeat=len(probabilities)):
        chance = np.prod([p if bit else 1 - p for p, bit in zip(probabilities, outcome, strict=True)])
        true = {place for place, bit in enumerate(outcome) if bit}
        total += chance * (2 * len(chosen & true) / (len(chosen) + len(true)) if chosen or true else 1.0)
    return total


@pytest.mark.parametrize("seed", range(8))
def test_no_other_set_has_a_higher_expected_f1(seed):
    probabilities = np.random.default_rng(seed).random(5) ** 2
    (found,) = best_sets(probabilities[None])
    sets = [{place for place, bit in enumerate(bits) if bit} for bits in product((0, 1), repeat=5)]
    best = max(expected_f1(chosen, probabilities) for chosen in sets)
    assert expected_f1(found, probabilities) == pytest.approx(best)


def test_known_absence_of_themes_gives_the_empty_set():
    probabilities = np.array([[0.6, 0.3], [0.6, 0.3], [0.05, 0.01]])
    assert best_sets(probabilities, np.array([0.9, 0.0, 0.0])) == [set(), {0}, {0}]


def test_certain_and_impossible_themes_are_taken_and_left():
    assert best_sets(np.array([[1.0, 0.0, 1.0], [0.0, 0.0, 0.0]])) == [{0, 2}, set()]


def test_no_texts_give_no_sets():
    assert best_sets(np.zeros((0, 3))) == []
