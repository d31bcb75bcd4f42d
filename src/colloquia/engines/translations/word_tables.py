"""Tables of a Word document as rows of cells, in the state in which all changes are accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from colloquia.engines.exchange.nodes import Node

_SKIPPED = frozenset(
    {
        "del", "moveFrom", "delText", "instrText", "rPr", "pPr", "sdtPr", "Fallback", "drawing", "pict",
        "object", "tcPr", "tblPr", "rt", "fldData",
    }
)  # fmt: skip
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OFF = frozenset({"0", "false", "off"})


@dataclass(slots=True)
class Cell:
    """A cell at grid column ``start``; ``merged`` is ``restart`` or ``continue`` in a vertical merge.

    ``pieces`` are texts with the tag of the content control they stand in, or an empty one.
    """

    start: int
    span: int
    merged: str
    pieces: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text, paragraphs on lines of their own."""
        return "".join(text for _tag, text in self.pieces).strip()

    def tagged(self, tag: str) -> str:
        """The text in controls with this tag; those in several paragraphs stand on lines of their own."""
        return "".join(text for found, text in self.pieces if found == tag or text == "\n").strip()

    @property
    def outside(self) -> str:
        """The text outside all controls of ours."""
        return "".join(text for tag, text in self.pieces if not tag.startswith("colloquia-")).strip()


@dataclass(slots=True)
class Row:
    """A row; ``is_head`` where Word repeats it on every page."""

    cells: list[Cell]
    is_head: bool

    def at(self, column: int) -> Cell | None:
        """The cell that covers a grid column."""
        return next((cell for cell in self.cells if cell.start <= column < cell.start + cell.span), None)


def tables(body: Node) -> Iterator[list[Row]]:
    """The tables of a document that do not stand in others; deleted rows and cells are left out."""
    for node in _outermost(body, "tbl"):
        yield [row for row in map(_row, _outermost(node, "tr")) if row is not None]


def _outermost(node: Node, name: str) -> Iterator[Node]:
    """Elements of a name below, through whatever wraps them, but none inside another."""
    stack = [node.elements()]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.name == name:
            yield child
        elif child.name not in _SKIPPED:
            stack.append(child.elements())


def _row(node: Node) -> Row | None:
    properties = node.first("trPr")
    if properties is not None and properties.first("del"):
        return None
    column = _number(properties, "gridBefore", 0)
    cells = []
    for found in _outermost(node, "tc"):
        own = found.first("tcPr")
        span = max(1, _number(own, "gridSpan", 1))
        if own is None or not own.first("cellDel"):
            merge = own.first("vMerge") if own else None
            merged = "" if merge is None else _value(merge) or "continue"
            cells.append(Cell(column, span, merged, _pieces(found)))
        column += span
    head = properties.first("tblHeader") if properties else None
    return Row(cells, head is not None and _value(head) not in _OFF)


def _value(node: Node) -> str:
    return next((value for key, value in node.attributes.items() if key.rpartition("}")[2] == "val"), "")


def _number(properties: Node | None, name: str, otherwise: int) -> int:
    found = properties.first(name) if properties else None
    written = _value(found) if found else ""
    return int(written) if written.isdecimal() and len(written) < 5 else otherwise


def _pieces(cell: Node) -> list[tuple[str, str]]:
    """Texts with tags. A paragraph whose mark was deleted runs on into the next."""
    found: list[tuple[str, str]] = []
    stack: list[tuple[Iterator[Node], str, Node]] = [(cell.elements(), "", cell)]
    while stack:
        children, tag, owner = stack[-1]
        node = next(children, None)
        if node is None:
            stack.pop()
            if owner.name == "p" and not _mark_is_deleted(owner):
                found.append((tag, "\n"))
        elif node.name == "t":
            found.append((tag, node.text()))
        elif node.name in _CHARACTERS and owner.name == "r":
            found.append((tag, _CHARACTERS[node.name]))
        elif node.name == "r" and _is_hidden(node):
            continue
        elif node.name not in _SKIPPED:
            stack.append((node.elements(), _tag(node) or tag, node))
    return found


def _tag(node: Node) -> str:
    properties = node.first("sdtPr") if node.name == "sdt" else None
    found = properties.first("tag") if properties else None
    return _value(found) if found else ""


def _mark_is_deleted(paragraph: Node) -> bool:
    properties = paragraph.first("pPr")
    mark = properties.first("rPr") if properties else None
    return mark is not None and mark.first("del", "moveFrom") is not None


def _is_hidden(run: Node) -> bool:
    properties = run.first("rPr")
    hidden = properties.first("vanish") if properties else None
    return hidden is not None and _value(hidden) not in _OFF
