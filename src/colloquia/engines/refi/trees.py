"""Codes as a tree: children in order, without recursion, and what makes a tree impossible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from colloquia.engines.exchange import Unwritable
from colloquia.engines.refi.records import Code


def children_of(codes: Sequence[Code]) -> dict[str | None, list[Code]]:
    """Codes by the GUID of their parent, in their order.

    Raises ``Unwritable`` for a GUID used twice, a parent that is not among them, and a circle.
    """
    by_guid: dict[str, Code] = {}
    for code in codes:
        if by_guid.setdefault(code.guid, code) is not code:
            raise Unwritable(
                f"Two codes, “{by_guid[code.guid].name}” and “{code.name}”, have the GUID {code.guid}; "
                "give each its own."
            )
    below: dict[str | None, list[Code]] = {}
    for code in codes:
        if code.parent is not None and code.parent not in by_guid:
            raise Unwritable(
                f"The code “{code.name}” stands under {code.parent}, which is not in the codebook; "
                "add it, or put the code at the top."
            )
        below.setdefault(code.parent, []).append(code)
    reached = sum(1 for code, _depth in in_order(below))
    if reached != len(codes):
        raise Unwritable("Some codes stand under one another in a circle; put one of them at the top.")
    return below


def in_order(below: dict[str | None, list[Code]]) -> Iterator[tuple[Code, int]]:
    """Codes with their depth from 0, each parent before its children."""
    stack = [iter(below.get(None, ()))]
    while stack:
        code = next(stack[-1], None)
        if code is None:
            stack.pop()
            continue
        yield code, len(stack) - 1
        stack.append(iter(below.get(code.guid, ())))


def book_order(codes: Sequence[Code]) -> tuple[Code, ...]:
    """The codes with every parent before its children, else in their order; raises ``Unwritable``."""
    return tuple(code for code, _depth in in_order(children_of(codes)))
