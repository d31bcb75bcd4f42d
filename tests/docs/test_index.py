"""A reader who begins at the first page finds every other."""

from __future__ import annotations

import re
import tomllib

from tests.docs.pages import DOCS, page


def links(name: str) -> set[str]:
    return set(re.findall(r"\]\(([^)#\s]+\.md)(?:#[^)]*)?\)", page(name)))


def test_first_page_links_to_every_page() -> None:
    pages = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}
    decisions = {name for name in pages if name.startswith("decisions/")}
    assert links("index.md") == pages - decisions - {"index.md"} | {"decisions/index.md"}
    assert {f"decisions/{name}" for name in links("decisions/index.md")} == decisions - {"decisions/index.md"}


def test_navigation_holds_every_page() -> None:
    project = tomllib.loads((DOCS.parent / "zensical.toml").read_text(encoding="utf-8"))["project"]
    listed: list[str] = []
    waiting = [project["nav"]]
    while waiting:
        entry = waiting.pop()
        if isinstance(entry, str):
            listed.append(entry)
        else:
            waiting.extend(entry.values() if isinstance(entry, dict) else entry)
    assert sorted(listed) == sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))
