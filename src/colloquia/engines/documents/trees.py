"""Walking XML trees without recursion, so that depth cannot hurt."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


def local_name(element: _Element) -> str:
    """Return the tag without its namespace; an empty string for what is not an element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def events(root: _Element, skipped: Container[str]) -> Iterator[tuple[bool, _Element]]:
    """Yield (opens, element) in document order; nothing inside ``skipped`` elements is visited."""
    stack: list[tuple[_Element, bool]] = [(root, False)]
    while stack:
        element, done = stack.pop()
        yield not done, element
        if not done:
            stack.append((element, True))
            if local_name(element) not in skipped:
                stack.extend((child, False) for child in reversed(element))
