"""Neighbourhoods hold every message once and none grows without bound."""

from __future__ import annotations

import numpy as np
import pytest

from colloquia.engines.duplicates.cells import CELL, cells
from tests.engines.meaning.vectors import planted


def check(vectors, found):
    assert np.sort(np.concatenate(found)).tolist() == list(range(len(vectors)))
    assert max(map(len, found)) <= 3 * CELL
    assert [int(rows[0]) for rows in found] == sorted(int(rows[0]) for rows in found)


@pytest.mark.parametrize("count", [1, 5, 2 * CELL])
def test_a_small_docket_is_one_neighbourhood(count):
    found = cells(np.ones((count, 4), dtype=np.float32), 0)
    assert [rows.tolist() for rows in found] == [list(range(count))]


def test_an_empty_docket_has_none():
    assert cells(np.zeros((0, 4), dtype=np.float32), 0) == []


def test_a_large_docket_is_cut_the_same_way_every_time():
    vectors, _ = planted([1500] * 6, spread=1.0, dimensions=16)
    found = cells(vectors, 7)
    check(vectors, found)
    assert len(found) >= 3
    assert [rows.tolist() for rows in cells(vectors, 7)] == [rows.tolist() for rows in found]


def test_messages_of_one_kind_mostly_stay_together():
    vectors, truth = planted([40] * 200, spread=0.2, dimensions=32)
    home = np.empty(len(vectors), dtype=np.int64)
    for number, rows in enumerate(cells(vectors, 0)):
        home[rows] = number
    together = [np.bincount(home[truth == kind]).max() / 40 for kind in range(200)]
    assert np.mean(together) >= 0.95


def test_messages_that_nothing_tells_apart_are_cut_by_position():
    vectors = np.tile(np.array([[0.6, 0.8]], dtype=np.float32), (10 * CELL, 1))
    check(vectors, cells(vectors, 0))


def test_zero_vectors_do_no_harm():
    vectors, _ = planted([2000], dimensions=8)
    mixed = np.vstack([vectors, np.zeros((2000, 8), dtype=np.float32)])
    check(mixed, cells(mixed, 0))
