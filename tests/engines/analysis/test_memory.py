"""Peak memory belongs to the stage in which it was held."""

from __future__ import annotations

import sys

import pytest

from colloquia.engines.analysis import memory

LARGE = 200 * 2**20


@pytest.mark.skipif(sys.platform != "linux", reason="peaks are forgotten on Linux alone")
def test_peak_is_forgotten_with_the_memory_that_caused_it() -> None:
    memory.forget_peaks()
    before = memory.peak()
    held = bytearray(LARGE)
    held[::4096] = b"x" * len(held[::4096])
    during = memory.peak()
    del held
    memory.forget_peaks()
    assert during - before > 0.9 * LARGE
    assert memory.peak() < during - 0.5 * LARGE
