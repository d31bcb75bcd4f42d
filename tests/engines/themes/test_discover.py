"""Themes are found where they were planted, are the same every time, and cover small sets too."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from colloquia.engines.meaning.centring import centred
from colloquia.engines.meaning.crew import Crew
from colloquia.engines.themes.core import CORE, draw
from colloquia.engines.themes.discover import adjusted_rand_index, automatic_count, discover
from tests.engines.meaning.vectors import encode, planted

SDG = Path(__file__).parents[4] / "shared" / "data" / "parallel" / "sdg"
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")


def keys(count: int) -> list[str]:
    return [f"passage {number}" for number in range(count)]


def check(found, count):
    """What must hold of themes of any passages."""
    assert found.labels.shape == found.scores.shape == (count,)
    assert found.parents.shape == found.stability.shape == (found.count,)
    assert set(found.labels.tolist()) - {-1} <= set(range(found.count))
    assert np.all(np.abs(found.scores) <= 1 + 1e-5)
    assert np.all((found.stability >= 0) & (found.stability <= 1))
    assert -1 <= found.agreement <= 1
    assert np.all(found.parents < max(found.count, 1))


def test_planted_themes_are_found():
    vectors, truth = planted([30, 25, 20, 15, 10], spread=0.4)
    found = discover(vectors, keys(100), count=5)
    check(found, 100)
    assert found.count == 5
    assert np.mean(found.labels >= 0) >= 0.95
    assert adjusted_rand_score(truth, found.labels) >= 0.9
    assert found.agreement >= 0.85
    assert float(found.stability.mean()) >= 0.85


def test_one_theme_may_be_asked_for():
    vectors, _ = planted([20, 20, 20])
    found = discover(vectors, keys(60), count=1, resamples=0)
    assert (found.count, set(found.labels.tolist()) <= {0, -1}) == (1, True)


def test_noise_is_less_stable_than_planted_themes():
    noise, _ = planted([1] * 100)
    themed, _ = planted([20] * 5, spread=0.4)
    assert (
        discover(noise, keys(100), count=5).agreement < discover(themed, keys(100), count=5).agreement - 0.1
    )


def test_the_same_passages_give_the_same_themes_for_any_number_of_processes():
    vectors, _ = planted([30, 30, 30], spread=0.8)
    one = discover(vectors, keys(90), seed=3, resamples=2)
    again = discover(vectors, keys(90), seed=3, resamples=2)
    with Crew(2) as crew:
        two = discover(vectors, keys(90), seed=3, resamples=2, crew=crew)
    for other in (again, two):
        assert np.array_equal(one.labels, other.labels)
        assert np.array_equal(one.scores, other.scores)
        assert np.array_equal(one.stability, other.stability)
        assert (one.agreement, one.parents.tolist()) == (other.agreement, other.parents.tolist())


@pytest.mark.parametrize("count", range(6))
@pytest.mark.parametrize("wanted", [None, 1, 3, 50])
def test_a_handful_of_passages_gets_themes(count, wanted):
    vectors, _ = planted([1] * count) if count else (np.zeros((0, 48), dtype=np.float32), None)
    found = discover(vectors, keys(count), count=wanted)
    check(found, count)
    assert (found.count > 0) == (count > 0)
    assert (count == 0) or bool((found.labels >= 0).any())


@pytest.mark.parametrize("count", [2, 4, 5, 40])
def test_passages_that_are_all_the_same_are_one_theme(count):
    vectors = np.tile(planted([1])[0], (count, 1))
    found = discover(vectors, ["the same"] * count)
    check(found, count)
    assert found.labels.tolist() == [0] * count


def test_many_themes_get_parents_over_two_at_least():
    vectors, _ = planted([12] * 16, spread=0.4)
    found = discover(vectors, keys(192), count=16, resamples=0)
    check(found, 192)
    parents = [parent for parent in found.parents.tolist() if parent >= 0]
    assert sorted(set(parents)) == list(range(len(set(parents))))
    assert len(set(parents)) >= 1
    assert all(parents.count(parent) >= 2 for parent in parents)


def test_passages_beyond_the_core_join_the_theme_they_are_nearest_to():
    vectors, truth = planted([900, 800, 700], spread=0.4)
    found = discover(vectors, keys(2400), count=3, resamples=0)
    check(found, 2400)
    core = draw(keys(2400), 0)
    assert len(core) == CORE
    outside = np.setdiff1d(np.arange(2400), core)
    assert adjusted_rand_score(truth[outside], found.labels[outside]) >= 0.9


def test_a_core_hardly_changes_with_a_few_passages_more():
    names = keys(4000)
    before, after = {names[row] for row in draw(names, 1)}, {names[row] for row in draw(names[:-100], 1)}
    assert len(before & after) >= 0.95 * CORE
    assert {names[row] for row in draw(names, 2)} != before
    assert draw(names[:10], 1).tolist() == list(range(10))
    assert len(draw(["\ud800"] * (CORE + 1), 0)) == CORE


def test_the_number_of_themes_grows_slowly():
    assert [automatic_count(count) for count in (0, 1, 8, 1000, 100_000)] == [1, 2, 4, 20, 93]


@pytest.mark.parametrize("seed", range(5))
def test_agreement_is_the_adjusted_rand_index_of_scikit_learn(seed):
    random = np.random.default_rng(seed)
    one, other = random.integers(-1, 6, size=80), random.integers(-1, 4, size=80)
    assert adjusted_rand_index(one, other) == pytest.approx(adjusted_rand_score(one, other))
    assert adjusted_rand_index(one, one + 7) == pytest.approx(1.0)
    assert adjusted_rand_index(np.zeros(9, dtype=int), np.arange(9)) == pytest.approx(0.0)


def test_a_sentence_in_six_languages_is_in_one_theme():
    """The targets of the United Nations are official translations of one another."""
    if not SDG.is_dir():
        pytest.skip("the parallel texts are not beside this checkout")
    import yaml

    found = {}
    for language in LANGUAGES:
        (path,) = SDG.glob(f"{language}*/global_targets.yml")
        titles = yaml.safe_load(path.read_text(encoding="utf-8"))
        found[language] = {
            key: " ".join(str(text).split()) for key, text in titles.items() if key.endswith("-title")
        }
    targets = [key for key in found["en"] if all(found[language].get(key) for language in LANGUAGES)]
    texts = [found[language][key] for language in LANGUAGES for key in targets]
    spoken = [language for language in LANGUAGES for _ in targets]
    themes = discover(centred(encode(texts), spoken), texts, count=40, resamples=0)
    labels = themes.labels.reshape(len(LANGUAGES), len(targets))
    together = [
        one == other and one >= 0 for column in labels.T.tolist() for one, other in combinations(column, 2)
    ]
    assert themes.count >= 35
    assert np.mean(together) >= 0.97
