"""Decision 0011 holds: what was written out gives what SciPy and scikit-learn give."""

from __future__ import annotations

import numpy as np
import pytest

from colloquia.engines.meaning.centring import unit
from colloquia.engines.themes.discover import adjusted_rand_index
from colloquia.engines.themes.tree import average_linkage


@pytest.mark.parametrize("seed", range(3))
def test_average_linkage_gives_the_tree_of_scipy(seed: int) -> None:
    from scipy.cluster.hierarchy import fcluster, linkage

    vectors = unit(np.random.default_rng(seed).normal(size=(60, 16)).astype(np.float32))
    ours = average_linkage(vectors, np.ones(60))
    theirs = linkage(vectors.astype(np.float64), "average", metric="cosine")
    np.testing.assert_allclose(ours[:, 2], theirs[:, 2], atol=1e-5)
    for clusters in (2, 5, 20):
        one, other = (fcluster(tree, clusters, "maxclust") for tree in (ours, theirs))
        assert adjusted_rand_index(one, other) == 1.0


def test_weighted_point_stands_for_points_merged_beforehand() -> None:
    random = np.random.default_rng(0)
    vectors = unit(random.normal(size=(12, 8)).astype(np.float32))
    repeated = np.vstack([vectors, vectors[:3], vectors[:3]])
    weights = np.ones(12)
    weights[:3] = 3
    heavy = average_linkage(vectors, weights)[:, 2]
    whole = average_linkage(repeated, np.ones(18))[:, 2]
    np.testing.assert_allclose(heavy, whole[6:], atol=1e-5)


@pytest.mark.parametrize("seed", range(3))
def test_adjusted_rand_index_is_that_of_scikit_learn(seed: int) -> None:
    from sklearn.metrics import adjusted_rand_score

    random = np.random.default_rng(seed)
    one, other = random.integers(0, 5, 200), random.integers(-1, 7, 200)
    assert adjusted_rand_index(one, other) == pytest.approx(adjusted_rand_score(one, other))
