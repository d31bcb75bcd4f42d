"""Goes through the body of a form: what stands in which box, and what stands outside."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from colloquia.engines.answer_forms.layout import (
    BLANK,
    HEADING,
    ROOM,
    TICKS,
    box_of_code,
    code_of_box,
    fingerprint,
)
from colloquia.engines.answer_forms.records import FormProblem, Outside
from colloquia.engines.documents.cleaning import clean
from colloquia.engines.documents.extract import Unreadable
from colloquia.engines.documents.trees import events, local_name
from colloquia.engines.documents.word import _CHARACTERS, _is_hidden
from colloquia.engines.papers.numbering import Numbering

if TYPE_CHECKING:
    from lxml.etree import _Element

_SKIPPED = frozenset(
    {"del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sectPr", "tblPr", "fldData", "Fallback",
     "txbxContent", "sdtPr"}
)  # fmt: skip
_CODE = re.compile(r"^[\s\u200e\u200f]*\[?(R\d|[A-Z][A-Z0-9]{0,8}-\d{1,4}\.q\d{1,4})(?![\w.])")
_DEEPEST = 40
_PICTURES = frozenset({"drawing", "pict", "object"})
_TOO_DEEP = "The file nests tables more deeply than an honest document does; copy the text into a new form."


class Walk:
    """What one document holds. ``own`` are fingerprints of the form's texts, ``most`` characters are kept."""

    def __init__(
        self,
        *,
        own: frozenset[str],
        numbering: _Element | None,
        notes: Mapping[str, Mapping[str, _Element]],
        most: int,
    ) -> None:
        self._own = own
        self._numbering, self._notes = Numbering(numbering), notes
        self._room = most
        self._pieces: dict[str, list[tuple[str, str]]] = {}
        self._pictures: dict[str, int] = {}
        self._twice: list[str] = []
        self._deletions = self._floating = 0
        self._last = ""
        self.last_line = ""
        self.outside: list[Outside] = []

    @property
    def boxes(self) -> list[str]:
        """The ids of the boxes found, in the order of the file."""
        return list(self._pieces)

    def lines(self, box: str) -> list[str]:
        """The paragraphs of a box."""
        return [text for _kind, text in self._pieces.get(box, [])]

    def text(self, box: str) -> str:
        """What stands in a box: a blank line between paragraphs, none inside lists and tables."""
        parts: list[str] = []
        before = ""
        for kind, text in self._pieces.get(box, []):
            if parts:
                parts.append("\n" if kind == before != "p" else "\n\n")
            parts.append(text)
            before = kind
        return clean("".join(parts)).strip()

    def problems(self) -> list[FormProblem]:
        """What a person should look at."""
        found = [FormProblem("twice", code_of_box(each)) for each in dict.fromkeys(self._twice)]
        found += [
            FormProblem("pictures", code_of_box(box), str(count)) for box, count in self._pictures.items()
        ]
        if self._deletions:
            found.append(FormProblem("deletions", detail=str(self._deletions)))
        if self._floating:
            found.append(FormProblem("boxes", detail=str(self._floating)))
        if self._room < 0:
            found.append(FormProblem("shortened"))
        found += [FormProblem("outside", code_of_box(each.after)) for each in self.outside]
        return found

    def take(self, root: _Element) -> None:
        """Everything under the root of the main part."""
        for child in root:
            if local_name(child) == "body":
                self._blocks(child, "", 0)

    def _blocks(self, parent: _Element, box: str, depth: int) -> None:
        """Paragraphs, tables and what holds them; ``box`` is the one they stand in, blank for none."""
        if depth > _DEEPEST:
            raise Unreadable(_TOO_DEEP)
        for child in parent:
            name = local_name(child)
            if name == "p":
                self._paragraph(child, box)
            elif name == "tbl":
                self._table(child, box, depth)
            elif name in {"del", "moveFrom"}:
                self._deletions += 1
            elif name not in {"sectPr", "tcPr", "sdtPr", "customXmlPr"}:
                self._blocks(child, box, depth + 1)

    def _table(self, table: _Element, box: str, depth: int) -> None:
        """Inside a box rows become lines. Elsewhere a row that begins with a code opens a box."""
        inside, is_own = box, False
        for place, row in enumerate(_below(table, "tr")):
            cells = _below(row, "tc")
            code = "" if box else self._heading(cells, first=place == 0)
            room = "" if box or code else _room(cells)
            if code:
                inside, is_own = self._open(code), True
                self._headings(cells, inside)
            elif room and box_of_code(room) != inside:
                # Somebody took the heading away; the mark in the room below still names it.
                inside, is_own = self._open(room), True
            if code:
                continue
            if inside and is_own and len(cells) <= 1:
                for cell in cells:
                    self._blocks(cell, inside, depth + 1)
            elif inside:
                self._row(cells, inside)
            else:
                for cell in cells:
                    self._blocks(cell, "", depth + 1)

    def _heading(self, cells: Sequence[_Element], *, first: bool) -> str:
        """The code with which a row begins, where the row is the heading of a box."""
        paragraph = next((each for cell in cells[:1] for each in cell if local_name(each) == "p"), None)
        if paragraph is None:
            return ""
        text = self._plain(paragraph)
        found = _CODE.match(text)
        if not found:
            return ""
        marked = any(
            local_name(each) == "bookmarkStart" and _attribute(each, "name").startswith(HEADING)
            for each in paragraph
        )
        return found[1] if first or marked or fingerprint(text) in self._own else ""

    def _headings(self, cells: Sequence[_Element], box: str) -> None:
        """What a heading's row holds besides what the form prints there was written by somebody."""
        for cell in cells:
            for number, paragraph in enumerate(each for each in cell.iter() if local_name(each) == "p"):
                text = self._plain(paragraph)
                if not text.strip() or fingerprint(text) in self._own or (not self._own and number == 0):
                    continue
                self._outside(text, box)

    def _row(self, cells: Sequence[_Element], box: str) -> None:
        texts = []
        for cell in cells:
            paragraphs = [self._plain(each) for each in cell.iter() if local_name(each) == "p"]
            texts.append(" ".join(" ".join(each.split()) for each in paragraphs if each.strip()))
            self._look(cell, box)
        if any(texts):
            self._add(box, "t", "\t".join(texts).rstrip())

    def _open(self, code: str) -> str:
        box = box_of_code(code)
        if box in self._pieces and (self._last != box or any(self._pieces[box])):
            self._twice.append(box)
        self._pieces.setdefault(box, [])
        self._last = box
        return box

    def _paragraph(self, paragraph: _Element, box: str) -> None:
        text = self._plain(paragraph).strip()
        self._look(paragraph, box)
        if text.startswith("colloquia-form:"):
            self.last_line = text
            return
        kind = "p"
        label = self._label(paragraph)
        if box:
            if text and label is not None:
                text, kind = f"{label} {text}", "l"
            if text:
                self._add(box, kind, text)
        elif text and fingerprint(text) not in self._own:
            self._outside(f"{label} {text}" if label is not None else text, self._last)
        for floating in paragraph.iter():
            if local_name(floating) == "txbxContent" and not _in_fallback(floating):
                self._float(floating, box)

    def _float(self, floating: _Element, box: str) -> None:
        texts = [self._plain(each).strip() for each in floating.iter() if local_name(each) == "p"]
        for text in filter(None, texts):
            if box:
                self._add(box, "p", text)
            else:
                self._outside(text, self._last)
                self._floating += 1

    def _look(self, element: _Element, box: str) -> None:
        for each in element.iter():
            name = local_name(each)
            if name in {"del", "moveFrom"}:
                self._deletions += any(local_name(child) == "r" for child in each)
            elif box and name in _PICTURES and not _in_fallback(each) and not _holds_text(each):
                self._pictures[box] = self._pictures.get(box, 0) + 1

    def _label(self, paragraph: _Element) -> str | None:
        """The number of a paragraph in a list, a dash for a bullet; None for none."""
        for properties in paragraph:
            if local_name(properties) != "pPr":
                continue
            for each in properties:
                if local_name(each) == "numPr":
                    values = {local_name(part): str(_attribute(part, "val")) for part in each}
                    number, level = values.get("numId", "0"), values.get("ilvl", "0")
                    if number == "0":
                        return None
                    label = self._numbering.label(number, int(level) if level.isdigit() else 0)
                    shown = label.text.strip() if label else ""
                    return shown if any(map(str.isalnum, shown)) else "–"
        return None

    def _plain(self, paragraph: _Element) -> str:
        """The text of one paragraph as in the accepted version, with its notes in brackets."""
        parts: list[str] = []
        for opens, element in events(paragraph, _SKIPPED):
            if not opens:
                continue
            name = local_name(element)
            run = element.getparent()
            if name == "sdt" and (tick := _tick(element)):
                parts.append(tick)
            elif name == "t" and run is not None and not _is_hidden(run) and not _in_tick(element):
                parts.append(element.text or "")
            elif name in _CHARACTERS and run is not None and local_name(run) == "r":
                parts.append(_CHARACTERS[name])
            elif name in {"footnoteReference", "endnoteReference"}:
                note = self._notes[name.removesuffix("Reference")].get(str(_attribute(element, "id")))
                if note is not None:
                    inner = "".join(each.text or "" for each in note.iter() if local_name(each) == "t")
                    parts.append(f" [{' '.join(inner.split())}]")
        return "".join(parts)

    def _add(self, box: str, kind: str, text: str) -> None:
        self._room -= len(text)
        if self._room >= 0:
            self._pieces[box].append((kind, text))

    def _outside(self, text: str, after: str) -> None:
        self._room -= len(text)
        if self._room >= 0:
            self.outside.append(Outside(after, clean(text).strip()))


def _below(parent: _Element, wanted: str) -> list[_Element]:
    """Rows of a table or cells of a row, also where controls or tracked changes hold them."""
    found: list[_Element] = []
    stack = list(reversed(parent))
    while stack:
        child = stack.pop()
        name = local_name(child)
        if name == wanted:
            found.append(child)
        elif name in {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"}:
            stack.extend(reversed(child))
    return found


def _room(cells: Sequence[_Element]) -> str:
    """The code that a mark in the room of a box names; blank where there is none."""
    for cell in cells[:1]:
        for each in cell.iter():
            name = _attribute(each, "name") if local_name(each) == "bookmarkStart" else ""
            if name.startswith(ROOM):
                parts = name.removeprefix(ROOM).split("_")
                code = parts[0] if len(parts) == 1 else f"{'-'.join(parts[:-1])}.{parts[-1]}"
                return code if _CODE.match(code) else ""
    return ""


def _tick(control: _Element) -> str:
    """A box to tick as a sign, blank where the control is none."""
    own = (each for properties in control if local_name(properties) == "sdtPr" for each in properties)
    box = next((each for each in own if local_name(each) == "checkbox"), None)
    if box is None:
        return ""
    checked = any(
        local_name(each) == "checked" and str(_attribute(each, "val")) not in {"0", "false"} for each in box
    )
    shown = "".join(each.text or "" for each in control.iter() if local_name(each) == "t")
    return "☒" if checked or any(each in TICKS for each in shown) else BLANK


def _in_tick(element: _Element) -> bool:
    """Whether a text is the sign inside a box to tick."""
    parent = element.getparent()
    while parent is not None and local_name(parent) not in {"p", "body"}:
        if local_name(parent) == "sdt" and _tick(parent):
            return True
        parent = parent.getparent()
    return False


def _in_fallback(element: _Element) -> bool:
    return any(local_name(each) == "Fallback" for each in element.iterancestors())


def _holds_text(element: _Element) -> bool:
    return any(local_name(each) == "txbxContent" for each in element.iter())


def _attribute(element: _Element, name: str) -> str:
    """An attribute of any namespace; blank where there is none."""
    return next((str(value) for key, value in element.items() if key.rpartition("}")[2] == name), "")
