"""The navigation of the built documentation leads to every page, once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def listed(entry: Any) -> Iterator[str]:
    """The pages of an entry of the navigation: a page, a section with its title, or a list of both."""
    if isinstance(entry, str):
        yield entry
        return
    for below in entry.values() if isinstance(entry, dict) else entry:
        yield from listed(below)


def test_navigation_holds_every_page_once() -> None:
    settings = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))
    pages = [path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")]
    assert sorted(listed(settings["project"]["nav"])) == sorted(pages)
