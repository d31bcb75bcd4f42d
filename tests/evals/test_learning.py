"""The officer made of gold labels, and the measures of what the next run learned."""

from __future__ import annotations

import numpy as np
import pytest

from evals.learning import pairwise_f1, slightly_changed
from evals.officers import draw, gold_of, left, merged
from tests.engines.analysis.subjects import first, texts

NAMES = ["bicycles", "library", "noise", "bread"]
SAME = NAMES[:3]


@pytest.fixture(scope="module")
def desk():
    labels = []
    for item in first().submissions:
        text = item.documents[0].text
        own = next(place for place, name in enumerate(SAME) if text in texts(name))
        # Everybody also bears the fourth, which is general.
        labels.append(frozenset({own, 3}))
    return merged(first(), gold_of(first(), NAMES, labels, frozenset({"bread"})))


def test_the_officer_chooses_the_specific_label_of_a_text(desk):
    assert set(desk.gold.chosen.tolist()) == {0, 1, 2}


def test_themes_are_named_after_the_label_that_most_of_their_passages_should_have(desk):
    assert sorted(desk.ids) == [0, 1, 2, 3]
    assert set(desk.ids.values()) == {"T1", "T2", "T3", "T1003"}
    assert float(desk.gold.right(desk.labels).mean()) == 1.0
    assert desk.labels_in(first()).tolist() == desk.labels.tolist()


def test_one_theme_of_two_labels_cannot_reach_an_f1_of_one(desk):
    assert desk.gold.f1(desk.labels).tolist() == pytest.approx([2 / 3] * len(desk.labels))


def test_draws_are_the_same_again_and_of_wrong_ones_only_where_asked(desk):
    one, other = (draw(desk, wrong=False, count=10, number=number).tolist() for number in (0, 1))
    assert one == draw(desk, wrong=False, count=10, number=0).tolist()
    assert (len(one), one == other) == (10, False)
    assert draw(desk, wrong=True, count=10, number=0).tolist() == []


def test_the_officer_leaves_merged_themes_and_corrected_passages(desk):
    prior = left(desk, [0, 5])
    assert [theme.label for theme in prior.themes] == NAMES
    assert [item.themes for item in prior.reviewed] == [
        {"": desk.ids[int(desk.gold.chosen[row])]} for row in (0, 5)
    ]
    assert len(prior.assignments[""]) == len(first().passages)


def test_pairwise_f1_counts_pairs_in_one_class():
    one = np.array([0, 0, 1, 1])
    assert pairwise_f1(one, np.array([5, 5, 7, 7])) == 1.0
    assert pairwise_f1(one, np.array([0, 0, 0, 0])) == pytest.approx(2 * 2 / (2 + 6))
    assert pairwise_f1(one, np.array([0, 1, 2, 3])) == 0.0


def test_a_slightly_changed_text_is_another_and_nearly_the_same():
    text = " ".join(f"Wort{number}" for number in range(40))
    changed = [slightly_changed(text, kind) for kind in range(3)]
    assert len({text, *changed}) == 4
    assert changed[0].endswith(text)
    assert changed[1].split(" ")[:20] == text.split(" ")[:20]
    assert text.startswith(changed[2])
