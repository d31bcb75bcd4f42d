"""The paragraphs of a Word document with their headings and numbers, as in the accepted version."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from colloquia.engines.documents import mediatypes
from colloquia.engines.documents.containers import Container, opened
from colloquia.engines.documents.extract import Source, Unreadable
from colloquia.engines.documents.limits import Limits
from colloquia.engines.documents.trees import events, local_name
from colloquia.engines.documents.word import _CHARACTERS, _is_hidden, _main_part
from colloquia.engines.papers.numbering import Label, Numbering, _attribute

if TYPE_CHECKING:
    from lxml.etree import _Element

_SKIPPED = frozenset(
    {"del", "moveFrom", "instrText", "delText", "rPr", "sectPr", "tblPr", "fldData", "Fallback",
     "txbxContent", "pPrChange", "rPrChange", "pPr"}
)  # fmt: skip
_TITLE = 0
_BODY_OUTLINE = 9


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. ``heading``: 0 the title, 1 to 9 headings, None body. ``place`` counts from 1."""

    text: str
    place: int
    label: Label | None = None
    heading: int | None = None
    bold: bool = False
    in_table: bool = False


@dataclass(frozen=True, slots=True)
class WordText:
    """The paragraphs of a document, and what of it is not among them."""

    paragraphs: tuple[Paragraph, ...]
    notes: int = 0
    boxes: int = 0
    deletions: int = 0


@dataclass(slots=True)
class _Style:
    """What a paragraph style says, itself or by what it is based on."""

    name: str = ""
    based_on: str = ""
    number: str = ""
    level: int | None = None
    outline: int | None = None


def read_word(path: Path, limits: Limits) -> WordText:
    """Read a DOCX. Raises ``Unreadable`` where it is none, is locked, or unpacks to too much."""
    with opened(Source(path, path.name, mediatypes.DOCX, limits)) as container:
        root = container.tree(_main_part(container))
        if root is None:
            raise Unreadable("It holds no text of a Word document; save it again as DOCX.")
        walk = _Walk(_styles(container), Numbering(container.tree("word/numbering.xml")))
        walk.take(root)
        notes = sum(_note_count(container, name) for name in ("footnotes", "endnotes"))
    return WordText(tuple(walk.paragraphs), notes, walk.boxes, walk.deletions)


def _note_count(container: Container, name: str) -> int:
    root = container.tree(f"word/{name}.xml")
    return 0 if root is None else sum(not _attribute(note, "type") for note in root)


def _styles(container: Container) -> dict[str, _Style]:
    root = container.tree("word/styles.xml")
    styles: dict[str, _Style] = {}
    for element in root if root is not None else ():
        if local_name(element) != "style":
            continue
        style = _Style()
        for child in element:
            if local_name(child) == "name":
                style.name = _attribute(child, "val").lower()
            elif local_name(child) == "basedOn":
                style.based_on = _attribute(child, "val")
            elif local_name(child) == "pPr":
                _properties(child, style)
        styles[_attribute(element, "styleId")] = style
    return styles


def _properties(element: _Element, style: _Style) -> None:
    for child in element:
        if local_name(child) == "numPr":
            for part in child:
                if local_name(part) == "numId":
                    style.number = _attribute(part, "val")
                elif local_name(part) == "ilvl" and _attribute(part, "val").isdigit():
                    style.level = int(_attribute(part, "val"))
        elif local_name(child) == "outlineLvl" and _attribute(child, "val").isdigit():
            style.outline = int(_attribute(child, "val"))


class _Walk:
    """Goes through the body once, paragraph by paragraph."""

    def __init__(self, styles: dict[str, _Style], numbering: Numbering) -> None:
        self.styles, self.numbering = styles, numbering
        self.paragraphs: list[Paragraph] = []
        self.boxes = self.deletions = 0
        self._text: list[str] = []
        self._carried = ""
        self._plain_runs = self._bold_runs = 0
        self._tables = 0

    def take(self, root: _Element) -> None:
        """Add every paragraph under ``root``."""
        for opens, element in events(root, _SKIPPED):
            name = local_name(element)
            if name == "tbl":
                self._tables += 1 if opens else -1
            elif name == "p" and not opens:
                self._end(element)
            elif opens and name == "txbxContent":
                self.boxes += 1
            elif opens and name in {"del", "moveFrom"}:
                self.deletions += any(local_name(child) == "r" for child in element)
            elif opens and name == "t":
                self._add(element, element.text or "")
            elif opens and name in _CHARACTERS:
                run = element.getparent()
                if run is not None and local_name(run) == "r":
                    self._text.append(_CHARACTERS[name])

    def _add(self, element: _Element, text: str) -> None:
        run = element.getparent()
        if run is None or _is_hidden(run):
            return
        if text.strip():
            bold = any(
                local_name(part) == "b" and _attribute(part, "val") not in {"0", "false", "off"}
                for properties in run
                if local_name(properties) == "rPr"
                for part in properties
            )
            self._bold_runs += bold
            self._plain_runs += not bold
        self._text.append(text)

    def _end(self, element: _Element) -> None:
        text = self._carried + "".join(self._text)
        bold = bool(self._bold_runs) and not self._plain_runs
        self._text, self._plain_runs, self._bold_runs, self._carried = [], 0, 0, ""
        own = _Style()
        style_id, joined = "", False
        properties = next((child for child in element if local_name(child) == "pPr"), None)
        if properties is not None:
            _properties(properties, own)
            for child in properties:
                if local_name(child) == "pStyle":
                    style_id = _attribute(child, "val")
                elif local_name(child) == "rPr":
                    joined = any(local_name(part) in {"del", "moveFrom"} for part in child)
        if joined:
            # The end of the paragraph was deleted: accepted, it runs on into the next one.
            self._carried = text
            return
        heading = self._heading(style_id, own)
        label = self._label(style_id, own)
        if text.strip():
            place = len(self.paragraphs) + 1
            self.paragraphs.append(
                Paragraph(" ".join(text.split()), place, label, heading, bold, in_table=self._tables > 0)
            )

    def _chain(self, style_id: str) -> list[tuple[str, _Style]]:
        chain: list[tuple[str, _Style]] = []
        while style_id in self.styles and len(chain) < 20:
            chain.append((style_id, self.styles[style_id]))
            style_id = self.styles[style_id].based_on
        return chain

    def _heading(self, style_id: str, own: _Style) -> int | None:
        if own.outline is not None:
            return own.outline + 1 if own.outline < _BODY_OUTLINE else None
        for _identifier, style in self._chain(style_id):
            if style.name == "title":
                return _TITLE
            if style.name.startswith("heading ") and style.name[8:].isdigit():
                return int(style.name[8:])
            if style.outline is not None:
                return style.outline + 1 if style.outline < _BODY_OUTLINE else None
        return None

    def _label(self, style_id: str, own: _Style) -> Label | None:
        number, level, through = own.number, own.level, ""
        if not number:
            for identifier, style in self._chain(style_id):
                if style.number:
                    number, through = style.number, identifier
                    level = style.level if level is None else level
                    break
        if not number or number == "0":
            return None
        if level is None:
            level = self.numbering.level_of_style(number, through or style_id)
        return self.numbering.label(number, level)
