"""Splitting a theme: parts that differ are told apart, and a few examples place the rest."""

from __future__ import annotations

import numpy as np
import pytest

from colloquia.engines.meaning.batches import encode
from colloquia.engines.themes.split import assign_to_parts, propose_split
from tests.engines.analysis.subjects import texts

TEXTS = [*texts("bicycles"), *texts("bread"), *texts("noise")[:6]]
LANGUAGES = ["en"] * len(TEXTS)
SUBJECTS = np.array([0] * 18 + [1] * 18 + [2] * 6)


@pytest.fixture(scope="module")
def vectors():
    return encode(TEXTS, encoder="use").astype(np.float16)


def test_two_subjects_become_two_parts_with_names_of_their_own(vectors):
    split = propose_split(vectors[:36], TEXTS[:36], LANGUAGES[:36])
    assert {tuple(set(split.labels[SUBJECTS[:36] == subject].tolist())) for subject in (0, 1)} == {(0,), (1,)}
    bread = split.names[int(split.labels[-1])]
    assert "bread" in bread[1]
    assert split.names[0][0] != split.names[1][0]


def test_parts_are_numbered_by_size_and_as_many_as_asked_for(vectors):
    split = propose_split(vectors, TEXTS, LANGUAGES, parts=3)
    sizes = np.bincount(split.labels)
    assert len(sizes) == len(split.names) == 3
    assert sizes.tolist() == sorted(sizes.tolist(), reverse=True)
    assert int((split.labels[SUBJECTS == 2] == 2).sum()) == 6


def test_the_same_seed_gives_the_same_parts(vectors):
    one, other = (propose_split(vectors, TEXTS, LANGUAGES, seed=3) for _ in range(2))
    assert one.labels.tolist() == other.labels.tolist()
    assert one.names == other.names


def test_passages_without_a_vector_go_to_the_largest_part(vectors):
    bare = np.vstack([vectors, np.zeros((2, 512), dtype=np.float16)])
    split = propose_split(bare, [*TEXTS, "Ndiyo.", "Hapana."], [*LANGUAGES, "sw", "sw"])
    assert split.labels[-2:].tolist() == [0, 0]


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_few_passages_make_no_more_parts_than_there_are(vectors, count):
    split = propose_split(vectors[:count], TEXTS[:count], LANGUAGES[:count])
    assert len(split.labels) == count
    assert set(split.labels.tolist()) <= {0, 1}


def test_a_few_examples_place_the_rest_and_keep_their_own(vectors):
    labels = assign_to_parts(vectors, TEXTS, LANGUAGES, [(0, 0), (5, 0), (20, 1), (30, 1), (40, 0)], 2)
    assert labels[40] == 0
    assert (labels[:18] == 0).sum() >= 17
    assert (labels[18:36] == 1).sum() >= 17


def test_unusable_requests_are_refused_with_the_reason(vectors):
    with pytest.raises(ValueError, match="at least 2 parts, not 1"):
        propose_split(vectors, TEXTS, LANGUAGES, parts=1)
    with pytest.raises(ValueError, match="41 texts, 42 vectors"):
        propose_split(vectors, TEXTS[1:], LANGUAGES[1:])
    with pytest.raises(ValueError, match="names no passage or no part"):
        assign_to_parts(vectors, TEXTS, LANGUAGES, [(0, 0), (99, 1)], 2)
    with pytest.raises(ValueError, match="Part 1 has no example"):
        assign_to_parts(vectors, TEXTS, LANGUAGES, [(0, 0)], 2)
