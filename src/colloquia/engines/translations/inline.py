"""Text of a segment without the tags that programs for translators put into it."""

from __future__ import annotations

from collections.abc import Mapping

from colloquia.engines.exchange.nodes import Node

# Elements that stand round text; all others stand in place of something that is not text.
_ROUND = frozenset({"g", "mrk", "pc", "sub", "seg", "hi"})
_CODES = frozenset({"ph", "it", "bpt", "ept", "ut"})
_BREAKS = frozenset({"lb", "x-lb", "x-br", "br", "xlf:lb", "linebreak", "x-linebreak"})
_BREAK_WORDS = frozenset({"\n", "\\n", "<br/>", "<br>", "<br />"})


def plain(segment: Node, data: Mapping[str, str] | None = None) -> str:
    """The words of ``source`` or ``target``; tags are taken out, tags for line ends become ``\\n``.

    ``data`` is the original data of an XLIFF 2 unit by its id.
    """
    pieces: list[str] = []
    stack = [iter(segment.children)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif isinstance(child, str):
            pieces.append(child)
        elif child.name == "cp":
            pieces.append(_code_point(child.get("hex")))
        elif child.name in _ROUND and child.namespace == segment.namespace:
            stack.append(iter(child.children))
        else:
            pieces.append(_stands_for(child, data or {}))
    return "".join(pieces)


def _code_point(written: str) -> str:
    try:
        found = chr(int(written, 16))
    except (ValueError, OverflowError):
        return "\N{REPLACEMENT CHARACTER}"
    return "\N{REPLACEMENT CHARACTER}" if "\ud800" <= found <= "\udfff" else found


def _stands_for(node: Node, data: Mapping[str, str]) -> str:
    kinds = {node.get("ctype"), node.get("type"), node.get("subtype")}
    inside = node.text() if node.name in _CODES else ""
    words = {inside.strip(" "), node.get("equiv-text"), node.get("equiv"), data.get(node.get("dataref"), "")}
    if kinds & _BREAKS or words & _BREAK_WORDS:
        return "\n"
    # memoQ writes a character that it will not show as an element with its value.
    if node.name == "ch" and len(node.get("val")) == 1:
        return node.get("val")
    return "".join(_subflow(node))


def _subflow(node: Node) -> list[str]:
    """Text inside a code that is to be translated itself."""
    return [one.text() for one in node.walk() if isinstance(one, Node) and one.name == "sub"]
