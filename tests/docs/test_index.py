"""A reader who begins at the first page finds every other."""

from __future__ import annotations

import re

from tests.docs.pages import DOCS, page


def links(name: str) -> set[str]:
    return set(re.findall(r"\]\(([^)#\s]+\.md)(?:#[^)]*)?\)", page(name)))


def test_first_page_links_to_every_page() -> None:
    pages = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}
    decisions = {name for name in pages if name.startswith("decisions/")}
    assert links("index.md") == pages - decisions - {"index.md"} | {"decisions/index.md"}
    assert {f"decisions/{name}" for name in links("decisions/index.md")} == decisions - {"decisions/index.md"}
