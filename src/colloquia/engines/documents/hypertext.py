"""Web pages (HTML): the visible text in its blocks, read offline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from colloquia.engines.documents import problems
from colloquia.engines.documents.blocks import Blocks
from colloquia.engines.documents.charsets import decode
from colloquia.engines.documents.cleaning import clean, join_paragraphs
from colloquia.engines.documents.extract import Extract, Source, Unreadable

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_DROPPED = frozenset(
    [
        "script",
        "style",
        "template",
        "head",
        "iframe",
        "object",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "noembed",
        "datalist",
    ]
)
_BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "ul",
    ]
)
_PRESERVED = frozenset({"pre", "textarea", "listing", "xmp"})
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_META = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)


def read(source: Source) -> Extract:
    """Return the visible text, one paragraph a block; links, frames and pictures are not followed."""
    data = source.data()
    decoded = decode(data, declared_charset(data))
    if decoded is None:
        raise Unreadable(problems.NOT_TEXT)
    missing = [problems.undecodable(decoded.lost, decoded.encoding)] if decoded.lost else []
    return Extract(
        visible_text(decoded.text),
        missing=missing,
        tool=f"html, {decoded.encoding}",
        why_empty=problems.NO_VISIBLE_TEXT,
    )


def declared_charset(data: bytes) -> str:
    """Return the encoding that the first kilobytes of a page declare, or an empty string."""
    found = _META.search(data[:4096])
    return found[1].decode("ascii", "ignore") if found else ""


def visible_text(markup: str) -> str:
    """Return the paragraphs of a page, a blank line between them."""
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(markup.replace("\0", "")).root
    if root is None:
        return ""
    page = _Page()
    for opens, node in _events(root):
        page.start(node) if opens else page.finish(node.tag or "")
    page.blocks.end()
    return clean(join_paragraphs(page.blocks.paragraphs))


def _events(root: LexborNode) -> Iterator[tuple[bool, LexborNode]]:
    """Yield (opens, node) in document order without recursion, passing over what is not shown."""
    node, opens, top = root, True, root.mem_id
    while True:
        yield opens, node
        if opens and not _is_dropped(node) and node.first_child is not None:
            node = node.first_child
            continue
        if opens and node.tag != "-text":
            yield False, node
        if node.mem_id == top:
            return
        following = node.next
        if following is not None:
            node, opens = following, True
            continue
        parent = node.parent
        if parent is None:
            return
        node, opens = parent, False
        if node.mem_id == top:
            yield False, node
            return


def _is_dropped(node: LexborNode) -> bool:
    tag = node.tag
    if tag == "-text":
        return False
    if tag in _DROPPED:
        return True
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN_STYLE.search(attributes.get("style") or ""))


class _Page:
    """Turns the walk into paragraphs and table rows, with white space as a browser shows it."""

    def __init__(self) -> None:
        self.blocks = Blocks()
        self._preserved = 0
        self._space = True

    def start(self, node: LexborNode) -> None:
        """Take an opening tag or a text."""
        tag = node.tag or ""
        if tag == "-text":
            self._text(node.text_content or "")
        elif tag == "br":
            self.blocks.add("\n")
            self._space = True
        elif tag == "tr":
            self.blocks.start_row()
            self._space = True
        elif tag in ("td", "th"):
            self.blocks.start_cell()
            self._space = True
        elif tag in _BLOCK:
            self._break()
        self._preserved += tag in _PRESERVED

    def finish(self, tag: str) -> None:
        """Take a closing tag."""
        self._preserved -= tag in _PRESERVED
        if tag == "tr":
            self.blocks.end_row()
            self._space = True
        elif tag == "table":
            self._break()
            self.blocks.end_table()
        elif tag in _BLOCK:
            self._break()

    def _break(self) -> None:
        self.blocks.end()
        self._space = True

    def _text(self, text: str) -> None:
        if self._preserved:
            self.blocks.add(text)
            return
        text = _SPACE.sub(" ", text)
        if self._space:
            text = text.removeprefix(" ")
        if text:
            self._space = text.endswith(" ")
            self.blocks.add(text)
