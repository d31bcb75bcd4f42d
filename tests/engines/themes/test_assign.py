"""Texts to given themes: what is learned, what is never assumed, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from colloquia.engines.themes.assign import Reviewed, Theme, ThemeAssigner

SUBJECTS = ("licence fees", "training data", "school lessons", "court costs")
THEMES = [Theme(subject, f"What is said of {subject}") for subject in SUBJECTS]
RANDOM = np.random.default_rng(7)
DIRECTIONS = np.linalg.qr(RANDOM.normal(size=(16, 16)))[0].astype(np.float32)


def views(count=4, noise=0.2):
    random = np.random.default_rng(1)
    vectors = DIRECTIONS[:count, None, :] + noise / 4 * random.normal(size=(count, 3, 16))
    return vectors.astype(np.float32)


def docket(count, seed=2, turned=False):
    """Texts that bear theme i, every third also i + 1; ``turned`` ones mean another direction."""
    random = np.random.default_rng(seed)
    labels = [{i % 4, (i + 1) % 4} if i % 3 == 0 else {i % 4} for i in range(count)]
    means = np.array([sum(DIRECTIONS[(label + 8 * turned)] for label in own) for own in labels])
    vectors = (means + 0.15 * random.normal(size=(count, 16))).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    texts = [
        " and ".join("abcdefgh"[label] * 4 for label in sorted(own)) + f" {i}" for i, own in enumerate(labels)
    ]
    return vectors, texts, labels


def right(found, labels):
    return sum(one == other for one, other in zip(found, labels, strict=True)) / len(labels)


def test_themes_are_assigned_without_any_review():
    vectors, texts, labels = docket(60)
    assigner = ThemeAssigner().fit(THEMES, views(), vectors=vectors, texts=texts)
    found = assigner.assign(vectors, texts)
    assert [labels[i] & found[i] != set() for i in range(60)] == [True] * 60


def test_mean_number_of_themes_is_what_was_expected():
    vectors, texts, _ = docket(60)
    scores = (
        ThemeAssigner(expected=1.2).fit(THEMES, views(), vectors=vectors, texts=texts).scores(vectors, texts)
    )
    assert scores.shape == (60, 4)
    assert scores.sum(axis=1).mean() == pytest.approx(1.2, abs=1e-3)


def test_reviewed_texts_correct_themes_whose_labels_mislead():
    vectors, texts, labels = docket(120, turned=True)
    known = Reviewed(vectors[:80], texts[:80], labels[:80])
    before = ThemeAssigner().fit(THEMES, views(), vectors=vectors, texts=texts)
    after = ThemeAssigner().fit(THEMES, views(), vectors=vectors, texts=texts, reviewed=known)
    assert right(before.assign(vectors[80:], texts[80:]), labels[80:]) < 0.5
    assert right(after.assign(vectors[80:], texts[80:]), labels[80:]) > 0.8


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_reviewed_texts_change_nothing(count):
    vectors, texts, labels = docket(40)
    known = Reviewed(vectors[:count], texts[:count], labels[:count])
    without = ThemeAssigner().fit(THEMES, views(), vectors=vectors, texts=texts).scores(vectors, texts)
    fitted = ThemeAssigner().fit(THEMES, views(), vectors=vectors, texts=texts, reviewed=known)
    np.testing.assert_array_equal(fitted.scores(vectors, texts), without)


@pytest.mark.parametrize("count", [2, 5, 20])
def test_few_reviewed_texts_give_probabilities(count):
    vectors, texts, labels = docket(40)
    known = Reviewed(vectors[:count], texts[:count], labels[:count])
    fitted = ThemeAssigner().fit(THEMES, views(), vectors=vectors, texts=texts, reviewed=known)
    scores = fitted.scores(vectors, texts)
    assert np.isfinite(scores).all()
    assert ((scores >= 0) & (scores <= 1)).all()


def test_a_theme_that_no_reviewed_text_bears_is_still_found():
    vectors, texts, labels = docket(120)
    kept = [i for i in range(80) if 3 not in labels[i]]
    known = Reviewed(vectors[kept], [texts[i] for i in kept], [labels[i] for i in kept])
    fitted = ThemeAssigner().fit(THEMES, views(), vectors=vectors, texts=texts, reviewed=known)
    scores = fitted.scores(vectors[80:], texts[80:])
    bears = np.array([3 in own for own in labels[80:]])
    assert scores[bears, 3].mean() > 2 * scores[~bears, 3].mean()


@pytest.mark.parametrize("own", [set(), {0}, {0, 1, 2, 3}])
def test_reviewed_texts_that_all_bear_the_same_themes_are_learned(own):
    vectors, texts, _ = docket(40)
    known = Reviewed(vectors[:30], texts[:30], [own] * 30)
    fitted = ThemeAssigner().fit(THEMES, views(), vectors=vectors, texts=texts, reviewed=known)
    assert fitted.assign(vectors[30:], texts[30:]) == [own] * 10


def test_texts_reviewed_as_bearing_no_theme_teach_the_empty_set():
    vectors, texts, labels = docket(120)
    random = np.random.default_rng(5)
    vectors[::4] = DIRECTIONS[14] + 0.05 * random.normal(size=(30, 16))
    labels = [set() if i % 4 == 0 else own for i, own in enumerate(labels)]
    known = Reviewed(vectors[:80], texts[:80], labels[:80])
    fitted = ThemeAssigner().fit(THEMES, views(), vectors=vectors, texts=texts, reviewed=known)
    found = fitted.assign(vectors[80:], texts[80:])
    assert [found[i] == set() for i in range(0, 40, 4)] == [True] * 10


def test_a_single_theme_divides_the_texts():
    vectors, texts, labels = docket(40)
    fitted = ThemeAssigner().fit(THEMES[:1], views(1), vectors=vectors, texts=texts)
    scores = fitted.scores(vectors, texts)[:, 0]
    bears = np.array([0 in own for own in labels])
    assert scores[bears].min() > scores[~bears].max()


def test_without_themes_every_set_is_empty():
    vectors, texts, _ = docket(3)
    fitted = ThemeAssigner().fit([], np.zeros((0, 3, 16), np.float32), vectors=vectors, texts=texts)
    assert fitted.scores(vectors, texts).shape == (3, 0)
    assert fitted.assign(vectors, texts) == [set(), set(), set()]


def test_without_texts_nothing_is_assigned():
    none = np.zeros((0, 16), np.float32)
    fitted = ThemeAssigner().fit(THEMES, views(), vectors=none, texts=[])
    assert fitted.assign(none, []) == []
    assert fitted.scores(none, []).shape == (0, 4)


def test_without_a_docket_the_reviewed_texts_stand_in_for_it():
    vectors, texts, labels = docket(40)
    none = np.zeros((0, 16), np.float32)
    known = Reviewed(vectors[:30], texts[:30], labels[:30])
    fitted = ThemeAssigner().fit(THEMES, views(), vectors=none, texts=[], reviewed=known)
    assert right(fitted.assign(vectors[30:], texts[30:]), labels[30:]) > 0.5


def test_scores_do_not_depend_on_the_other_texts_or_the_run():
    vectors, texts, labels = docket(60)
    known = Reviewed(vectors[:30], texts[:30], labels[:30])
    one = ThemeAssigner().fit(THEMES, views(), vectors=vectors, texts=texts, reviewed=known)
    other = ThemeAssigner().fit(THEMES, views(), vectors=vectors, texts=texts, reviewed=known)
    together = one.scores(vectors, texts)
    np.testing.assert_array_equal(together, other.scores(vectors, texts))
    np.testing.assert_allclose(together[41:42], one.scores(vectors[41:42], texts[41:42]), atol=1e-5)


def test_empty_texts_and_zero_vectors_are_scored():
    vectors, texts, _ = docket(20)
    vectors[0], texts[0] = 0.0, ""
    fitted = ThemeAssigner().fit(THEMES, views(), vectors=vectors, texts=texts)
    assert np.isfinite(fitted.scores(vectors, texts)).all()


def test_parameters_are_kept_as_given():
    assigner = ThemeAssigner(expected=2.5, strengths=(1.0,), prior=0.5)
    assert (assigner.expected, assigner.strengths, assigner.prior) == (2.5, (1.0,), 0.5)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"texts": ["one"]}, "There are 1 texts but 4 vectors"),
        ({"vectors": np.full((4, 16), np.nan, np.float32)}, "not a number"),
        (
            {"reviewed": Reviewed(np.zeros((1, 16), np.float32), ["a"], [{4}])},
            "bears theme 4, but there are 4",
        ),
        ({"reviewed": Reviewed(np.zeros((1, 16), np.float32), ["a"], [{-1}])}, "bears theme -1"),
        ({"reviewed": Reviewed(np.zeros((1, 16), np.float32), ["a"], [])}, "equally many"),
    ],
)
def test_bad_input_is_refused_with_a_reason(change, message):
    vectors, texts, _ = docket(4)
    arguments = {"vectors": vectors, "texts": texts, **change}
    with pytest.raises(ValueError, match=message):
        ThemeAssigner().fit(THEMES, views(), **arguments)


def test_views_of_a_theme_without_description_are_its_label():
    assert Theme("Fees").views == ("Fees", "Fees", "Fees")
    assert Theme("Fees", "Too high").views == ("Fees", "Too high", "Fees: Too high")
