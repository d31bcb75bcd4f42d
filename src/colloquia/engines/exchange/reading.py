"""Bytes of an XML file to elements. Entities are refused, nothing outside the file is ever opened."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from xml.parsers import expat

from colloquia.engines.exchange.nodes import Node
from colloquia.engines.exchange.problems import Unusable

MEBIBYTE = 1024 * 1024
_SEPARATOR = "\x1f"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BARE = ((b"<\x00\x00\x00", "utf-32-le"), (b"\x00\x00\x00<", "utf-32-be"))
_BARE_PAIRS = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much one file may cost: its bytes, its elements, how deep they may stand in one another."""

    size: int = 32 * MEBIBYTE
    elements: int = 2_000_000
    depth: int = 200


def read_xml(data: bytes, bounds: Bounds, *, document_type: bool = False) -> Node:
    """The root element of ``data``.

    Byte order marks and UTF-16 are understood, also where the declaration says otherwise.
    ``document_type`` lets a bare document type declaration pass, which is not followed.
    Raises ``Unusable`` for all that is not well-formed, declares entities or exceeds ``bounds``.
    """
    if len(data) > bounds.size:
        raise Unusable(
            "too-large",
            f"The file has {len(data) / MEBIBYTE:,.0f} MB, more than the {bounds.size / MEBIBYTE:,.0f} MB "
            "allowed; export less at a time.",
        )
    text = _decoded(data)
    body = text.lstrip()
    if not body.strip("\x00"):
        raise Unusable("empty", "The file is empty; export it again.")
    return _Reading(bounds, document_type, text.count("\n", 0, len(text) - len(body))).root(body)


def _decoded(data: bytes) -> str:
    encoding, start = _encoding(data)
    try:
        return data[start:].decode(encoding)
    except UnicodeDecodeError as error:
        line = data[start : start + error.start].decode(encoding, "ignore").count("\n") + 1
        raise Unusable(
            "encoding",
            f"there are bytes that are not {encoding}, which the file says it is; save it again as UTF-8.",
            line=line,
        ) from error


def _encoding(data: bytes) -> tuple[str, int]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    for start, encoding in _BARE + _BARE_PAIRS:
        if data.startswith(start):
            return encoding, 0
    declared = _DECLARED.search(data[:400])
    name = declared[1].decode("ascii") if declared else "utf-8"
    try:
        found = codecs.lookup(name)
    except LookupError:
        raise Unusable(
            "encoding",
            f"The file says that it is written in “{name}”, which is not known; save it again as UTF-8.",
            line=1,
        ) from None
    # Some programs declare UTF-16 because their own memory is, and write UTF-8. The bytes decide.
    if found.name.startswith(("utf-16", "utf-32")) or not found._is_text_encoding:
        return "utf-8", 0
    return found.name, 0


class _Reading:
    """One pass of the parser, which builds the elements and stops at the first excess."""

    def __init__(self, bounds: Bounds, document_type: bool, lines_before: int) -> None:
        self._lines_before = lines_before
        self._bounds = bounds
        self._document_type = document_type
        self._count = 0
        self._open: list[Node] = []
        self._root: Node | None = None
        self._parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.SkippedEntityHandler = self._skipped

    def root(self, text: str) -> Node:
        try:
            self._parser.Parse(text, True)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code) or "unknown reason"
            raise Unusable(
                "not-xml",
                f"the file is not well-formed XML ({reason}); export it again and do not edit it by hand.",
                line=error.lineno + self._lines_before,
            ) from error
        except UnicodeEncodeError as error:
            raise Unusable(
                "not-xml",
                "the file holds halves of characters; export it again.",
                line=text.count("\n", 0, error.start) + 1 + self._lines_before,
            ) from error
        if self._root is None:
            raise Unusable("empty", "The file holds no element; export it again.")
        return self._root

    @property
    def _line(self) -> int:
        return self._parser.CurrentLineNumber + self._lines_before

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > self._bounds.elements:
            raise Unusable(
                "too-large",
                f"there are more than {self._bounds.elements:,} elements; export less at a time.",
                line=self._line,
            )
        if len(self._open) >= self._bounds.depth:
            raise Unusable(
                "too-deep",
                f"elements stand more than {self._bounds.depth} deep in one another; flatten what is "
                "nested and export it again.",
                line=self._line,
            )
        namespace, _, name = tag.rpartition(_SEPARATOR)
        node = Node(
            name, namespace, {_attribute(key): value for key, value in attributes.items()}, self._line
        )
        if self._open:
            self._open[-1].children.append(node)
        else:
            self._root = node
        self._open.append(node)

    def _end(self, _tag: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        self._open[-1].children.append(text)

    def _doctype(self, _name: str, _system: str | None, _public: str | None, internal: int) -> None:
        if internal or not self._document_type:
            raise Unusable(
                "entities",
                "the file declares a document type, through which harmful files are built; export it "
                "again without one.",
                line=self._line,
            )

    def _skipped(self, name: str, _parameter: bool) -> None:
        raise Unusable(
            "entities",
            f"the file uses the entity “{name}”, which it does not hold; export it again as UTF-8 "
            "without entities.",
            line=self._line,
        )


def _attribute(key: str) -> str:
    namespace, separator, name = key.rpartition(_SEPARATOR)
    if namespace == _XML_NAMESPACE:
        return f"xml:{name}"
    return f"{namespace}}}{name}" if separator else name.lower()
