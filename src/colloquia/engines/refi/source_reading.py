"""The texts of a project from another program, and where its selections lie in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from colloquia.engines.documents.charsets import decode
from colloquia.engines.exchange import Problem
from colloquia.engines.exchange.nodes import Node
from colloquia.engines.exchange.packages import Package
from colloquia.engines.refi.guids import adopted, guid
from colloquia.engines.refi.positions import STANDARD, Counted, Selection, counting_of
from colloquia.engines.refi.records import Codebook, Coding, Source
from colloquia.engines.refi.source_writing import LANGUAGE

_VALUES = ("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")
_OTHERS = ("PictureSource", "AudioSource", "VideoSource")


@dataclass(slots=True)
class _Selected:
    """A selection with its codings, whose places are not yet known."""

    selection: Selection
    codings: list[Node]
    creator: str


@dataclass(slots=True)
class _Text:
    """A text that was read, with what was selected in it."""

    guid: str
    name: str
    counted: Counted
    selected: list[_Selected]
    whole: list[Node]


class Sources:
    """Reads sources one by one; ``codings`` afterwards, when it is known how positions are counted."""

    def __init__(self, package: Package, folder: str, variables: dict[str, str], book: Codebook) -> None:
        self.sources: list[Source] = []
        self.noted: dict[str, str] = {}
        self.problems: list[Problem] = []
        self._package = package
        self._variables = variables
        self._codes = {code.guid for code in book.codes}
        self._cases: set[str] = set()
        self._texts: list[_Text] = []
        root = "" if folder == "." else folder.lower() + "/"
        self._files = {
            name.lower().removeprefix(root): name
            for name in package.names
            if name.lower().startswith(root) and not name.endswith("/")
        }

    def read(self, root: Node) -> None:
        """Take every text below ``Sources``; pictures and recordings are counted in ``problems``."""
        self._cases = {
            adopted(node.get("guid"))
            for gathered in root.elements("Cases")
            for node in gathered.elements("Case")
        }
        taken: set[str] = set()
        for gathered in root.elements("Sources"):
            for node in gathered.elements("TextSource", "PDFSource", *_OTHERS):
                text = node.first("Representation") if node.name.lower() == "pdfsource" else node
                if text is None or node.name in _OTHERS:
                    self._left_out(node)
                    continue
                found = adopted(text.get("guid") or node.get("guid"))
                if found in taken:
                    self._say("source-twice", node, "has the GUID of another source and was left out.")
                    continue
                taken.add(found)
                self._source(text, found, text.get("name") or node.get("name"), node)
                if any(one.first("Coding") for one in node.elements("PDFSelection")):
                    self._say(
                        "not-text",
                        node,
                        "codings on areas of its pages were left out; code its text instead.",
                    )

    def _source(self, node: Node, found: str, name: str, outer: Node) -> None:
        raw = self.raw(node)
        if raw is None:
            self._say(
                "no-text",
                outer,
                "its plain text is not in the package, so that its codings were left out; export the "
                "project again with its sources inside.",
            )
            return
        counted = Counted(raw)
        values = self.values(node)
        language = values.pop(LANGUAGE, "")
        description = node.first("Description")
        self.sources.append(
            Source(
                found,
                name,
                counted.text,
                language,
                description.text().strip() if description else "",
                values,
            )
        )
        for reference in node.elements("NoteRef"):
            self.noted[adopted(reference.get("targetguid"))] = found
        selected = [one for one in map(self._selected, node.elements("PlainTextSelection")) if one]
        self._texts.append(_Text(found, name, counted, selected, list(node.elements("Coding"))))

    def raw(self, node: Node) -> str | None:
        """The plain text of a source or a note as its file holds it; ``None`` where it is not inside."""
        content = node.first("PlainTextContent")
        if content is not None:
            return content.text()
        path = node.get("plaintextpath")
        name = _inside(path)
        if not path or name is None:
            return None
        for place in (f"sources/{name}", name):
            if place.lower() in self._files:
                return _decoded(self._package.read(self._files[place.lower()]))
        return None

    def values(self, node: Node) -> dict[str, str]:
        """The variables of a source or a case, as texts."""
        found = {}
        for value in node.elements("VariableValue"):
            reference, said = value.first("VariableRef"), value.first(*_VALUES)
            if reference is None or said is None:
                continue
            target = adopted(reference.get("targetguid"))
            text = said.text().strip()
            if text:
                found[self._variables.get(target, target)] = text
        return found

    @staticmethod
    def _selected(node: Node) -> _Selected | None:
        codings = list(node.elements("Coding"))
        if not codings:
            return None
        try:
            start, end = int(node.get("startposition")), int(node.get("endposition"))
        except ValueError:
            start = end = -1
        description = node.first("Description")
        words = [node.get("name"), description.text() if description else ""]
        return _Selected(
            Selection(start, end, tuple(one for one in words if one.strip())),
            codings,
            node.get("creatinguser"),
        )

    def codings(self) -> Iterator[Coding]:
        """All codings at their places; those without a place or a code are counted in ``problems``."""
        counting, _evident = counting_of(
            (text.counted, [one.selection for one in text.selected]) for text in self._texts
        )
        for text in self._texts:
            lost: Counter[str] = Counter()
            for one in text.selected:
                place = text.counted.place(one.selection.start, one.selection.end, counting)
                if place is None and counting != STANDARD:
                    place = text.counted.place(one.selection.start, one.selection.end, STANDARD)
                if place is None:
                    lost["place"] += len(one.codings)
                    continue
                for node in one.codings:
                    yield from self._coding(node, text, place, one.creator, lost)
            for node in text.whole:
                if text.counted.text:
                    yield from self._coding(node, text, (0, len(text.counted.text)), "", lost)
            self._count(text, lost)

    def _coding(
        self, node: Node, text: _Text, place: tuple[int, int], creator: str, lost: Counter[str]
    ) -> Iterator[Coding]:
        for reference in node.elements("CodeRef"):
            code = adopted(reference.get("targetguid"))
            if code in self._codes:
                start, end = place
                user = node.get("creatinguser") or creator
                made = node.get("guid") or guid("coding", f"{text.guid}\n{start}\n{end}\n{code}")
                yield Coding(code, text.guid, start, end, adopted(made), adopted(user) if user else "")
            elif code not in self._cases:
                lost["code"] += 1

    def _count(self, text: _Text, lost: Counter[str]) -> None:
        if lost["place"]:
            self._add(
                "no-place",
                text.name,
                f"{lost['place']:,} codings lie outside its text and were left out; look whether the text "
                "was changed.",
            )
        if lost["code"]:
            self._add(
                "no-code",
                text.name,
                f"{lost['code']:,} codings name a code that the file lacks; export it again.",
            )

    def _left_out(self, node: Node) -> None:
        count = sum(1 for one in node.walk() if isinstance(one, Node) and one.name.lower() == "coding")
        self._say(
            "not-text",
            node,
            f"it is not text, and its {count:,} codings were left out; Colloquia codes the text it sent.",
        )

    def _say(self, kind: str, node: Node, sentence: str) -> None:
        self._add(kind, node.get("name") or f"line {node.line:,}", sentence)

    def _add(self, kind: str, where: str, sentence: str) -> None:
        self.problems.append(Problem(kind, where, f"Source “{where}”: {sentence}"))


def _decoded(data: bytes) -> str | None:
    """The text with its byte order mark, since positions may count it; ``None`` where it is no text."""
    if b"\x00" not in data:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    decoded = decode(data)
    return decoded.text if decoded else None


def _inside(path: str) -> str | None:
    """The name of a file inside the package; ``None`` for a path that leads outside."""
    scheme, separator, rest = path.strip().partition("://")
    if separator and scheme.lower() != "internal":
        return None
    name = PurePosixPath((rest if separator else scheme).replace("\\", "/"))
    if name.is_absolute() and separator:
        name = PurePosixPath(str(name).lstrip("/"))
    if name.is_absolute() or ".." in name.parts or ":" in str(name) or not name.parts:
        return None
    return str(
        PurePosixPath(*name.parts[1:]) if len(name.parts) > 1 and name.parts[0].lower() == "sources" else name
    )
