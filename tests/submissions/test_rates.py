"""Counting what comes from one address: by the hour, at one moment, and from one network."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from colloquia.submissions.services import rates


@pytest.fixture(autouse=True)
def kept_here(settings: Any, tmp_path: Path) -> None:
    """Counts in files, as on a site."""
    settings.DATA = tmp_path
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": tmp_path / "cache"}}


def test_a_stretch_lasts_as_long_as_it_says_however_often_one_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    began = time.time()

    def asked_at(moment: float) -> bool:
        monkeypatch.setattr(time, "time", lambda: began + moment)
        return rates.within("links", "ada@example.org", most=2)

    answers = [asked_at(moment) for moment in (0.0, 1.0, 2.0, 310.0, 3590.0, 3610.0)]
    assert answers == [True, True, False, False, False, True]
    assert rates.within("links", "grace@example.org", most=2) is True


def test_those_who_ask_at_one_moment_are_all_counted() -> None:
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _each: rates.within("begin", "one", most=5), range(40)))
    assert (answers.count(True), answers.count(False)) == (5, 35)


@pytest.mark.parametrize(
    ("address", "who"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:aaaa::7", "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("unknown", "unknown"),
    ],
)
def test_one_network_of_the_newer_kind_is_one_client(address: str, who: str) -> None:
    assert rates.client(address) == who
