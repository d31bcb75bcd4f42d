"""The tree is that of scipy's average linkage, also over points that stand for several."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.cluster.hierarchy import linkage

from colloquia.engines.themes.tree import average_linkage
from tests.engines.meaning.vectors import planted


def expected(vectors):
    distance = np.clip(1 - vectors.astype(np.float64) @ vectors.T.astype(np.float64), 0, None)
    return linkage(distance[np.triu_indices(len(vectors), 1)], method="average")


@pytest.mark.parametrize(("count", "seed"), [(2, 0), (3, 1), (17, 2), (120, 3), (300, 4)])
def test_merges_are_those_of_scipy(count, seed):
    vectors, _ = planted([count // 2, count - count // 2], seed=seed, spread=0.9)
    found, wanted = average_linkage(vectors, np.ones(count)), expected(vectors)
    assert found.shape == (count - 1, 4)
    assert np.allclose(found[:, 2], wanted[:, 2], atol=1e-4)
    assert [tuple(row) for row in found[:, [0, 1, 3]]] == [tuple(row) for row in wanted[:, [0, 1, 3]]]


def test_a_weighted_point_is_a_cluster_of_vectors_merged_beforehand():
    random = np.random.default_rng(5)
    vectors, _ = planted([1] * 12, seed=5)
    weights = random.integers(1, 6, size=12)
    # Copies of a vector merge at height zero, so scipy's tree over them ends with ours over the points.
    wanted = expected(np.repeat(vectors, weights, axis=0))
    found = average_linkage(vectors, weights.astype(np.float64))
    assert np.allclose(found[:, 2], wanted[-11:, 2], atol=1e-4)
    assert np.allclose(wanted[: int(weights.sum()) - 12, 2], 0, atol=1e-6)
    plain = average_linkage(vectors, np.ones(12))
    assert np.allclose(plain[:, 2], found[:, 2], atol=1e-4) is False


@pytest.mark.parametrize("count", [0, 1])
def test_no_pairs_no_merges(count):
    assert average_linkage(np.ones((count, 3), dtype=np.float32), np.ones(count)).shape == (0, 4)


def test_equal_points_merge_at_height_zero_whatever_their_number():
    found = average_linkage(np.tile(np.array([[0.6, 0.8]], dtype=np.float32), (50, 1)), np.ones(50))
    assert np.allclose(found[:, 2], 0, atol=1e-6)
    assert found[-1, 3] == 50
    assert sorted(found[:, :2].ravel().tolist()) == list(range(98))


def test_the_input_is_left_as_it_was():
    vectors, _ = planted([9])
    weights = np.ones(9)
    before = vectors.copy()
    average_linkage(vectors, weights)
    assert np.array_equal(vectors, before)
    assert weights.tolist() == [1.0] * 9
