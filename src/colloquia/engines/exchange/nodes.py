"""Elements of an XML file as plain records, which are walked without recursion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Node:
    """One element. ``name`` is without prefix; ``namespace`` is empty where there is none.

    ``attributes`` hold names without prefix and without regard to case, in lower case; those of
    another namespace stand under ``namespace}name`` instead. ``children`` are texts and elements
    in their order, ``line`` counts from 1.
    """

    name: str
    namespace: str
    attributes: dict[str, str]
    line: int
    children: list[Node | str] = field(default_factory=list)

    def get(self, *names: str, default: str = "") -> str:
        """The first of the attributes that is there; names are given in lower case."""
        return next((self.attributes[name] for name in names if name in self.attributes), default)

    def elements(self, *names: str) -> Iterator[Node]:
        """Elements right below, all or those of these names, without regard to case."""
        wanted = {name.lower() for name in names}
        for child in self.children:
            if isinstance(child, Node) and (not wanted or child.name.lower() in wanted):
                yield child

    def first(self, *names: str) -> Node | None:
        """The first element right below with one of the names."""
        return next(self.elements(*names), None)

    def text(self) -> str:
        """All text below, in order."""
        return "".join(piece for piece in self.walk() if isinstance(piece, str))

    def walk(self) -> Iterator[Node | str]:
        """Everything below in document order, elements before what they hold."""
        stack: list[Iterator[Node | str]] = [iter(self.children)]
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
                continue
            yield child
            if isinstance(child, Node):
                stack.append(iter(child.children))
