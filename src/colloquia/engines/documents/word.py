"""Word documents (DOCX): the text as a reader of the accepted version sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colloquia.engines.documents import problems
from colloquia.engines.documents.blocks import Blocks
from colloquia.engines.documents.cleaning import clean, join_paragraphs
from colloquia.engines.documents.containers import Container, opened
from colloquia.engines.documents.extract import Extract, Source, Unreadable
from colloquia.engines.documents.trees import events, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHARACTERS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
    "softHyphen": "\N{SOFT HYPHEN}",
}
_SKIPPED = frozenset(
    {"del", "moveFrom", "instrText", "delText", "rPr", "sectPr", "tblPr", "fldData", "Fallback"}
)


def read(source: Source) -> Extract:
    """Return body, then footnotes, endnotes, and each distinct page header and footer once.

    Tracked changes are taken as accepted; deleted and hidden text and comments are not
    part of the text and are counted in a note. No external relationship is followed.
    """
    with opened(source) as container:
        body = container.tree(_main_part(container))
        if body is None:
            raise Unreadable(problems.damaged(source.media_type, KeyError()))
        walk = _Walk()
        walk.take(body)
        for name in ("word/footnotes.xml", "word/endnotes.xml"):
            root = container.tree(name)
            if root is not None:
                walk.take(root)
        margins = _margins(container, walk)
        comments = _count(container, "word/comments.xml", "comment")
        pictures = sum(name.startswith("word/media/") for name in container.names)
    paragraphs = walk.blocks.paragraphs
    paragraphs += [text for text in dict.fromkeys(margins) if text not in paragraphs]
    return Extract(
        clean(join_paragraphs(paragraphs)),
        notes=problems.left_out(comments, walk.deletions, walk.hidden),
        tool="docx",
        why_empty=problems.only_pictures(pictures) if pictures else "",
    )


def _main_part(container: Container) -> str:
    root = container.tree("_rels/.rels")
    for relation in root if root is not None else ():
        target = str(relation.get("Target", "")).lstrip("/")
        if str(relation.get("Type", "")).endswith("/officeDocument") and target in container.names:
            return target
    return "word/document.xml"


def _margins(container: Container, body: _Walk) -> list[str]:
    """Return the texts of page headers and footers; bare page numbers are left out."""
    texts = []
    for name in sorted(container.names):
        if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"):
            root = container.tree(name)
            walk = _Walk()
            if root is not None:
                walk.take(root)
            texts += [
                text for text in walk.blocks.paragraphs if any(map(str.isalpha, text)) and len(text) > 2
            ]
            body.hidden += walk.hidden
            body.deletions += walk.deletions
    return texts


def _count(container: Container, part: str, tag: str) -> int:
    root = container.tree(part)
    return 0 if root is None else sum(local_name(child) == tag for child in root)


class _Walk:
    """Gathers the paragraphs of one part. Text boxes come before the paragraph that holds them."""

    def __init__(self) -> None:
        self.blocks = Blocks()
        self.deletions = 0
        self.hidden = 0

    def take(self, root: _Element) -> None:
        """Add everything readable under ``root``."""
        for opens, element in events(root, _SKIPPED):
            name = local_name(element)
            if opens:
                self._start(name, element)
            else:
                self._finish(name)
        self.blocks.end()

    def _start(self, name: str, element: _Element) -> None:
        if name == "txbxContent":
            self.blocks.suspend()
        elif name == "t":
            self._text(element, element.text or "")
        elif name in _CHARACTERS:
            if element.getparent() is not None and local_name(element.getparent()) == "r":
                self._text(element, _CHARACTERS[name])
        elif name in {"del", "moveFrom"}:
            self.deletions += any(local_name(child) == "r" for child in element)
        elif name == "tr":
            self.blocks.start_row()
        elif name == "tc":
            self.blocks.start_cell()

    def _finish(self, name: str) -> None:
        if name == "txbxContent":
            self.blocks.resume()
        elif name == "p":
            self.blocks.end()
        elif name == "tr":
            self.blocks.end_row()
        elif name == "tbl":
            self.blocks.end_table()

    def _text(self, element: _Element, text: str) -> None:
        run = element.getparent()
        if run is not None and _is_hidden(run):
            self.hidden += bool(text.strip())
        else:
            self.blocks.add(text)


def _is_hidden(run: _Element) -> bool:
    for properties in run:
        if local_name(properties) == "rPr":
            for found in properties:
                if local_name(found) == "vanish":
                    return all(value not in ("0", "false", "off") for value in found.values())
    return False
