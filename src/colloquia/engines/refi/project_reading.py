"""A project from the package of another program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from colloquia.engines.exchange import Problem, Unusable
from colloquia.engines.exchange.nodes import Node
from colloquia.engines.exchange.packages import Allowance, Package, opened
from colloquia.engines.exchange.reading import MEBIBYTE, Bounds, read_xml
from colloquia.engines.refi.codebook_reading import read_book
from colloquia.engines.refi.guids import adopted
from colloquia.engines.refi.records import Case, Note, Project, User
from colloquia.engines.refi.source_reading import Sources

BOUNDS = Bounds(size=256 * MEBIBYTE, elements=1_500_000, depth=200)
_REMEDY = "export the project from your program as REFI-QDA (.qdpx)"


def read_project(path: Path, *, allowance: Allowance | None = None) -> Project:
    """The project in a .qdpx package: codebook, texts, codings, users, cases and notes.

    Nothing is unpacked to the disk and no path of the package is followed outside it. Texts have
    ``\\n`` line ends. How positions are counted is found out from the selections themselves.
    What could not be taken stands in ``problems``. Raises ``Unusable`` where the file is no project.
    """
    with path.open("rb") as stream, opened(stream, allowance or Allowance(), remedy=_REMEDY) as package:
        name = _project_file(package)
        root = read_xml(package.read(name), BOUNDS)
        if root.name.lower() != "project":
            raise Unusable(
                "not-a-project",
                f"“{name}” begins with “{root.name}”, and a project with “Project”; {_REMEDY}.",
                line=root.line,
            )
        book = read_book(root)
        variables = {
            adopted(node.get("guid")): node.get("name")
            for gathered in root.elements("Variables")
            for node in gathered.elements("Variable")
        }
        sources = Sources(package, str(PurePosixPath(name).parent), variables, book)
        sources.read(root)
        about = {**_noted_codes(root), **sources.noted}
        return Project(
            root.get("name"),
            book,
            tuple(sources.sources),
            tuple(sources.codings()),
            tuple(_users(root)),
            tuple(_cases(root, sources)),
            tuple(_notes(root, about, sources)),
            _description(root),
            root.get("creationdatetime"),
            origin=root.get("origin"),
            problems=(*book.problems, *sources.problems),
        )


def _project_file(package: Package) -> str:
    found = sorted(
        (name for name in package.names if name.lower().endswith(".qde")),
        key=lambda name: (name.count("/"), not name.lower().endswith("project.qde"), name),
    )
    if found:
        return found[0]
    if "word/document.xml" in package.names or "[Content_Types].xml" in package.names:
        raise Unusable("not-a-project", f"The file is an Office document and not a project; {_REMEDY}.")
    raise Unusable("not-a-project", f"The package holds no project.qde; {_REMEDY}.")


def _users(root: Node) -> Iterator[User]:
    for gathered in root.elements("Users"):
        for node in gathered.elements("User"):
            yield User(adopted(node.get("guid")), node.get("name", "id"), node.get("id"))


def _cases(root: Node, sources: Sources) -> Iterator[Case]:
    for gathered in root.elements("Cases"):
        for node in gathered.elements("Case"):
            yield Case(
                adopted(node.get("guid")),
                node.get("name"),
                _description(node),
                tuple(adopted(one.get("targetguid")) for one in node.elements("SourceRef")),
                sources.values(node),
            )


def _noted_codes(root: Node) -> dict[str, str]:
    return {
        adopted(reference.get("targetguid")): adopted(node.get("guid"))
        for book in root.elements("CodeBook")
        for node in book.walk()
        if isinstance(node, Node) and node.name.lower() == "code"
        for reference in node.elements("NoteRef")
    }


def _notes(root: Node, about: dict[str, str], sources: Sources) -> Iterator[Note]:
    for gathered in root.elements("Notes"):
        for node in gathered.elements("Note"):
            found = adopted(node.get("guid"))
            raw = sources.raw(node)
            if raw is None:
                sources.problems.append(
                    Problem(
                        "note",
                        f"line {node.line:,}",
                        f"Line {node.line:,}: the text of the note “{node.get('name')}” is not in the "
                        "package and was left out; copy it by hand if it matters.",
                    )
                )
                continue
            yield Note(found, node.get("name"), raw.removeprefix("\ufeff"), about.get(found, ""))


def _description(node: Node) -> str:
    found = node.first("Description")
    return found.text().strip() if found else ""
