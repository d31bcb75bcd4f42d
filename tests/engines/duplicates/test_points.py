"""Points are sentences, and a point counts as shared only where the docket at large does not make it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colloquia.engines.duplicates.points import Points, points_of
from colloquia.engines.meaning.centring import unit

LICENCE = "Licences must be asked for in advance by everybody."
REGISTER = "A public register should list all works used for training."
WEATHER = "It rained in our valley for the whole of the month."


def by_words(texts):
    """Vectors that count words, so that a test knows which sentences are near."""
    vectors = np.zeros((len(texts), 4096), dtype=np.float32)
    for row, text in enumerate(texts):
        for word in text.casefold().split():
            vectors[row, sum(ord(character) * 31**place for place, character in enumerate(word)) % 4096] += 1
    return unit(vectors)


def points(*messages: str) -> Points:
    found = Points(messages, by_words)
    found.load(range(len(messages)))
    return found


def test_points_are_sentences_and_scraps_stay_with_a_neighbour():
    assert points_of(f"Hello. {LICENCE} {REGISTER}") == [f"Hello. {LICENCE}", REGISTER]
    assert points_of(f"{LICENCE}\n\n{REGISTER} Yes.") == [LICENCE, f"{REGISTER} Yes."]
    assert points_of("这是第一个要求，必须事先取得许可证。这是第二个要求，应当公开清单。") == [
        "这是第一个要求，必须事先取得许可证。",
        "这是第二个要求，应当公开清单。",
    ]
    assert points_of(" ") == []


@settings(max_examples=100, deadline=None)
@given(st.text(st.one_of(st.sampled_from(" \n.。aB-"), st.characters()), max_size=200))
def test_points_hold_every_visible_character(text):
    assert "".join("".join(points_of(text)).split()) == "".join(text.split())


def test_each_message_is_encoded_once():
    asked = []

    def encode(texts):
        asked.extend(texts)
        return by_words(texts)

    found = Points([f"{LICENCE} {REGISTER}", WEATHER, ""], encode)
    found.load([0, 1, 0])
    found.load([1, 2])
    assert asked == [LICENCE, REGISTER, WEATHER, ""]
    assert [found.count(message) for message in range(3)] == [2, 1, 1]


def test_the_nearest_point_of_each_other_message_is_taken():
    best = points(f"{LICENCE} {WEATHER}", f"{REGISTER} {LICENCE}", WEATHER).best(0, [1, 2])
    assert best.shape == (2, 2)
    assert best[0, 0] == pytest.approx(1.0)
    assert best[1, 1] == pytest.approx(1.0)
    assert max(best[0, 1], best[1, 0]) < 0.5


def test_what_fellows_say_and_outsiders_do_not_is_shared():
    others = [f"In valley {number} it rained for the whole month." for number in range(20)]
    message = f"{LICENCE} {WEATHER}"
    found = points(message, LICENCE, f"{REGISTER} {LICENCE}", LICENCE, *others)
    share = found.shared(0, [1, 2, 3], list(range(4, 24)))
    assert share == pytest.approx(len(LICENCE) / (len(LICENCE) + len(WEATHER)))


def test_what_everybody_says_is_not_shared_by_a_few():
    found = points(*[f"{LICENCE} {REGISTER}"] * 4, *[LICENCE] * 20)
    share = found.shared(0, [1, 2, 3], list(range(4, 24)))
    assert share == pytest.approx(len(REGISTER) / (len(REGISTER) + len(LICENCE)))


def test_covered_is_one_for_a_message_that_holds_all_points_and_less_otherwise():
    found = points(LICENCE, f"{REGISTER} {LICENCE}")
    assert found.covered(0, 1) == pytest.approx(1.0)
    assert found.covered(1, 0) < 0.8
