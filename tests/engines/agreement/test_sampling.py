"""The drawn sample: stable, in proportion, and the same for the same seed."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colloquia.engines.agreement.sampling import allocate, draw_sample

IDS = [f"S-2026-{number:05d}" for number in range(400)]


def test_the_draw_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    first = draw_sample(IDS, size=5, seed=1)
    assert first == ("S-2026-00322", "S-2026-00072", "S-2026-00055", "S-2026-00399", "S-2026-00150")
    assert draw_sample(list(reversed(IDS)), size=5, seed=1) == first
    assert draw_sample(IDS, size=5, seed=2) != first


def test_later_ids_push_out_and_never_reshuffle() -> None:
    before, after = draw_sample(IDS[:300], size=40, seed=0), draw_sample(IDS, size=40, seed=0)
    kept = [one for one in after if one in before]
    assert kept == list(before[: len(kept)])
    assert set(after) - set(before) <= set(IDS[300:])


def test_a_first_part_of_a_sample_is_a_sample() -> None:
    assert draw_sample(IDS, size=10, seed=0) == draw_sample(IDS, size=40, seed=0)[:10]


def test_more_places_than_ids_takes_all_once() -> None:
    assert sorted(draw_sample(["b", "a", "a"], size=5, seed=0)) == ["a", "b"]
    assert draw_sample(IDS, size=0, seed=0, strata={}) == ()


def test_strata_in_proportion_with_one_each() -> None:
    strata = {one: "en" if place < 300 else "ar" if place < 396 else "th" for place, one in enumerate(IDS)}
    drawn = draw_sample(IDS, size=20, seed=0, strata=strata)
    assert Counter(strata[one] for one in drawn) == {"en": 15, "ar": 4, "th": 1}


def test_an_id_without_a_stratum_is_in_one_of_its_own() -> None:
    drawn = draw_sample(["a", "b", "c", "d"], size=2, seed=0, strata={"a": "x", "b": "x", "c": "x"})
    assert "d" in drawn


def test_too_small_a_sample_is_refused_with_the_remedy() -> None:
    with pytest.raises(ValueError, match="draw at least 3, or join strata"):
        draw_sample(["a", "b", "c", "d"], size=2, seed=0, strata={"a": "x", "b": "y", "c": "z", "d": "z"})
    with pytest.raises(ValueError, match="give 0 or more"):
        draw_sample(["a"], size=-1, seed=0)


@given(st.dictionaries(st.text("abcdef", max_size=3), st.integers(1, 60), min_size=1), st.data())
def test_places_fit_strata(sizes: dict[str, int], data: st.DataObject) -> None:
    places = data.draw(st.integers(len(sizes), sum(sizes.values())))
    given_places = allocate(sizes, places)
    assert sum(given_places.values()) == places
    assert all(1 <= given_places[one] <= sizes[one] for one in sizes)
    for one, size in sizes.items():
        share = places * size / sum(sizes.values())
        assert given_places[one] < share + 1 or given_places[one] == 1
