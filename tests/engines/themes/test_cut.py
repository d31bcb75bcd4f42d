"""A cut gives as many branches of some size as asked for, or the most there are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colloquia.engines.meaning.centring import unit
from colloquia.engines.themes.cut import cut
from colloquia.engines.themes.tree import average_linkage
from tests.engines.meaning.vectors import planted


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 60), st.integers(1, 20), st.integers(1, 5), st.integers(0, 3))
def test_branches_are_numbered_by_first_point_and_big_enough(count, wanted, smallest, seed):
    vectors, _ = planted([count], seed=seed, spread=1.5)
    labels = cut(average_linkage(vectors, np.ones(count)), count, wanted, smallest)
    assert labels.shape == (count,)
    kept = [label for label in labels.tolist() if label >= 0]
    assert list(dict.fromkeys(kept)) == list(range(len(set(kept))))
    assert all(kept.count(label) >= smallest for label in set(kept))


@pytest.mark.parametrize("wanted", [1, 2, 5, 9])
def test_as_many_branches_come_as_are_wanted_where_points_may_stand_alone(wanted):
    vectors, _ = planted([3] * 3, spread=1.0)
    labels = cut(average_linkage(vectors, np.ones(9)), 9, wanted, 1)
    assert len(set(labels.tolist())) == wanted


def test_more_than_there_are_gives_the_most_there_are():
    vectors, truth = planted([4, 4, 4], spread=0.1)
    labels = cut(average_linkage(vectors, np.ones(12)), 12, 100, 4)
    assert labels.tolist() == truth.tolist()


def test_small_branches_belong_to_none():
    vectors, truth = planted([5, 5], spread=0.1)
    stray = unit(-vectors.sum(axis=0, keepdims=True))
    labels = cut(average_linkage(np.vstack([vectors, stray]), np.ones(11)), 11, 2, 2)
    assert labels.tolist() == [*truth.tolist(), -1]


def test_no_points_no_labels_and_one_point_one_branch():
    assert cut(np.zeros((0, 4)), 0, 3, 1).tolist() == []
    assert cut(np.zeros((0, 4)), 1, 3, 1).tolist() == [0]
    assert cut(np.zeros((0, 4)), 1, 3, 2).tolist() == [-1]
