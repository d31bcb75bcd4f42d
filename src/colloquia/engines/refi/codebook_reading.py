"""A codebook from the file of another program, with the habits that such programs have."""

from __future__ import annotations

from collections.abc import Iterator

from colloquia.engines.exchange import Problem, Unusable
from colloquia.engines.exchange.nodes import Node
from colloquia.engines.exchange.reading import MEBIBYTE, Bounds, read_xml
from colloquia.engines.refi.colours import colour
from colloquia.engines.refi.guids import adopted, canonical, guid
from colloquia.engines.refi.records import Code, Codebook, CodeSet

BOUNDS = Bounds(size=32 * MEBIBYTE, elements=500_000, depth=200)
_NOT_CODABLE = frozenset({"false", "0", "no"})


def read_codebook(data: bytes) -> Codebook:
    """The codes of a .qdc file, or of a project.qde, in the order of the book.

    Elements are known by name in any namespace and case. What had to be mended (a GUID that is
    missing, used twice or none at all, a colour that is none) stands in ``problems`` with its line.
    Raises ``Unusable`` where the file is no codebook at all.
    """
    _refuse_others(data)
    root = read_xml(data, BOUNDS)
    return read_book(root)


def read_book(root: Node) -> Codebook:
    """The codebook below the root of a codebook file or of a project."""
    kind = root.name.lower()
    if kind not in {"codebook", "project"}:
        raise Unusable(
            "not-a-codebook",
            f"the file begins with “{root.name}”, and a codebook with “CodeBook”; export the codebook "
            "from your program as REFI-QDA (.qdc).",
            line=root.line,
        )
    book = root if kind == "codebook" else root.first("CodeBook")
    reading = _Reading()
    codes = tuple(reading.codes(book)) if book else ()
    if not codes and kind == "codebook":
        raise Unusable(
            "no-codes", "The codebook holds no code; export it again with its codes.", line=root.line
        )
    holders = [root] if book is None or book is root else [root, book]
    sets = tuple(one for holder in holders for one in reading.sets(holder))
    return Codebook(codes, sets, origin=root.get("origin"), problems=tuple(reading.problems))


def _refuse_others(data: bytes) -> None:
    if data.startswith(b"PK\x03\x04"):
        raise Unusable(
            "project",
            "The file is a package, such as a whole project (.qdpx), and not a codebook; export the "
            "codebook alone (.qdc), or bring the project in as a project.",
        )
    if data.startswith((b"\xd0\xcf\x11\xe0", b"SQLite format 3\x00")):
        raise Unusable(
            "own-format",
            "The file is in a program's own format; export the codebook from it as REFI-QDA (.qdc).",
        )


class _Reading:
    """Gathers codes and sets, and what was wrong with them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._known: dict[str, str] = {}

    def codes(self, book: Node) -> Iterator[Code]:
        stack: list[tuple[Iterator[Node], str | None]] = [(book.elements(), None)]
        while stack:
            elements, parent = stack[-1]
            node = next(elements, None)
            if node is None:
                stack.pop()
            elif node.name.lower() == "code":
                code = self._code(node, parent)
                yield code
                stack.append((node.elements(), code.guid))
            elif node.name.lower() in {"codes", "children"}:
                stack.append((node.elements(), parent))

    def _code(self, node: Node, parent: str | None) -> Code:
        name = node.get("name")
        if not name.strip():
            self._say("unnamed", node, "a code has no name; give it one after it is brought in.")
        paint = colour(node.get("color", "colour"))
        if paint is None:
            self._say("colour", node, f"the colour of “{name}” cannot be understood and was left out.")
        description = node.first("Description")
        return Code(
            self._guid(node, f"{parent}\n{name}"),
            name,
            description.text().strip() if description else "",
            paint or "",
            parent,
            node.get("iscodable", default="true").strip().lower() not in _NOT_CODABLE,
        )

    def _guid(self, node: Node, otherwise: str) -> str:
        written = node.get("guid", "id")
        name = node.get("name")
        if not written.strip():
            self._say("no-guid", node, f"“{name}” has no GUID and will be known by its name alone.")
            found = guid("unidentified", otherwise)
        else:
            found = adopted(written)
            if canonical(written) is None:
                self._say("no-guid", node, f"the id of “{name}” is no GUID; one was made from it.")
        if found in self._known:
            self._say(
                "guid-twice",
                node,
                f"“{name}” has the GUID of “{self._known[found]}” and was taken as another code; "
                "look whether they are the same.",
            )
            found = guid("unidentified", f"{found}\n{len(self._known)}")
        self._known[found] = name
        return found

    def sets(self, root: Node) -> Iterator[CodeSet]:
        for gathered in root.elements("Sets"):
            for node in gathered.elements("Set"):
                members = [
                    adopted(member.get("targetguid", "guid")) for member in node.elements("MemberCode")
                ]
                known = tuple(dict.fromkeys(member for member in members if member in self._known))
                if len(known) < len(set(members)):
                    self._say(
                        "set-member", node, f"the set “{node.get('name')}” names codes that the file lacks."
                    )
                if members or not any(node.elements("MemberSource", "MemberNote")):
                    description = node.first("Description")
                    yield CodeSet(
                        adopted(node.get("guid") or node.get("name")),
                        node.get("name"),
                        description.text().strip() if description else "",
                        known,
                    )

    def _say(self, kind: str, node: Node, sentence: str) -> None:
        self.problems.append(Problem(kind, f"line {node.line:,}", f"Line {node.line:,}: {sentence}"))
