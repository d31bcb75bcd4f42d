"""OpenDocument texts (ODT, flat FODT): the text as a reader of the accepted version sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colloquia.engines.documents import problems
from colloquia.engines.documents.blocks import Blocks
from colloquia.engines.documents.cleaning import clean, join_paragraphs
from colloquia.engines.documents.containers import opened, parse_xml
from colloquia.engines.documents.extract import Extract, Source, Unreadable
from colloquia.engines.documents.trees import events, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_SKIPPED = frozenset(
    {"tracked-changes", "annotation", "hidden-text", "note-citation", "sequence-decls", "ruby-text"}
)
_SPACES = 1000


def read(source: Source) -> Extract:
    """Return the body, then foot- and endnotes, then page headers and footers once each.

    Deleted text, comments and hidden text are not part of the text and are counted in a note.
    """
    with source.path.open("rb") as stream:
        flat = stream.read(2) != b"PK"
    if flat:
        content, styles, pictures = parse_xml(source.data()), None, 0
    else:
        with opened(source) as container:
            manifest = container.part("META-INF/manifest.xml") or b""
            if b"encryption-data" in manifest:
                raise Unreadable(problems.PASSWORD)
            found = container.tree("content.xml")
            if found is None:
                raise Unreadable(problems.damaged(source.media_type, KeyError()))
            content, styles = found, container.tree("styles.xml")
            pictures = sum(name.startswith("Pictures/") for name in container.names)
    walk = _Walk()
    for body in (child for child in content if local_name(child) == "body"):
        walk.take(body)
    paragraphs = walk.blocks.paragraphs + walk.notes.paragraphs
    margins = _Walk()
    for root in [content] if flat else [styles] if styles is not None else []:
        for element in root:
            if local_name(element) == "master-styles":
                margins.take(element)
    paragraphs += [
        text
        for text in dict.fromkeys(margins.blocks.paragraphs)
        if text not in paragraphs and any(map(str.isalpha, text))
    ]
    return Extract(
        clean(join_paragraphs(paragraphs)),
        notes=problems.left_out(walk.comments, walk.deletions, walk.hidden),
        tool="odt",
        why_empty=problems.only_pictures(pictures) if pictures else "",
    )


class _Walk:
    """Gathers paragraphs; notes are gathered apart, to follow the body."""

    def __init__(self) -> None:
        self.blocks = Blocks()
        self.notes = Blocks()
        self.comments = self.deletions = self.hidden = 0
        self._notes_open = 0
        self._paragraphs_open = 0

    def take(self, root: _Element) -> None:
        """Add everything readable under ``root``."""
        for opens, element in events(root, _SKIPPED):
            name = local_name(element)
            if opens:
                self._start(name, element)
            else:
                self._finish(name)
            # Text after an element belongs to the paragraph round it.
            if not opens and element is not root and element.tail and self._paragraphs_open:
                self._text(element.tail)
        self.blocks.end()
        self.notes.end()

    @property
    def _target(self) -> Blocks:
        return self.notes if self._notes_open else self.blocks

    def _text(self, text: str) -> None:
        # White space in the file means one space; runs are written as elements (ODF 1.3, 6.1.2).
        spaced = " ".join(text.split())
        if spaced or text:
            self._target.add(
                (" " if text[:1].isspace() else "") + spaced + (" " if spaced and text[-1:].isspace() else "")
            )

    def _start(self, name: str, element: _Element) -> None:
        if name in ("p", "h"):
            self._paragraphs_open += 1
        elif name == "text-box":
            self._target.suspend()
        elif name == "note":
            self._notes_open += 1
        elif name == "s":
            count = next((value for key, value in element.items() if key.endswith("}c")), "1")
            self._target.add(" " * min(_SPACES, int(count) if count.isdigit() else 1))
        elif name == "tab":
            self._target.add("\t")
        elif name == "line-break":
            self._target.add("\n")
        elif name == "table-row":
            self._target.start_row()
        elif name in ("table-cell", "covered-table-cell"):
            self._target.start_cell()
        elif name == "annotation":
            self.comments += 1
        elif name == "deletion":
            self.deletions += 1
        elif name == "tracked-changes":
            self.deletions += sum(local_name(change) == "deletion" for region in element for change in region)
        elif name == "hidden-text":
            self.hidden += 1
        if element.text and self._paragraphs_open and name not in _SKIPPED:
            self._text(element.text)

    def _finish(self, name: str) -> None:
        if name in ("p", "h"):
            self._paragraphs_open -= 1
            self._target.end()
        elif name == "text-box":
            self._target.resume()
        elif name == "note":
            self._notes_open -= 1
        elif name == "table-row":
            self._target.end_row()
        elif name == "table":
            self._target.end_table()
