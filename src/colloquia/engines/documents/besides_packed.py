"""Comments, changes, hidden parts and properties of office documents and PDF files, counted."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from colloquia.engines.documents import mediatypes as media
from colloquia.engines.documents.containers import Container, opened, parse_xml
from colloquia.engines.documents.extract import Source
from colloquia.engines.documents.trees import local_name

if TYPE_CHECKING:
    from lxml.etree import _Element
    from pypdfium2 import PdfPage

PACKAGES = frozenset(
    {media.DOCX, media.XLSX, media.PPTX, media.ODT, media.ODS, media.ODP, media.EPUB, media.PAGES}
)
_COMMENTS = re.compile(r"(?:^|/)(?:threaded)?comments?[^/]*(?:/[^/]+)?\.xml$", re.IGNORECASE)
_BODY = re.compile(r"^(?:word/(?:document|header|footer|footnotes|endnotes)|content|styles)[^/]*\.xml$")
_SHEET = re.compile(r"^(?:xl/worksheets|ppt/slides)/[^/]+\.xml$")
_PROPERTIES = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml", "meta.xml")
_NAMING = frozenset((
    "creator", "lastModifiedBy", "title", "subject", "keywords", "description", "category", "manager",
    "company", "initial-creator", "printed-by", "keyword", "user-defined", "lpwstr",
))  # fmt: skip
_OWN = "Colloquia."
_CHANGES = frozenset(("ins", "del", "moveFrom", "moveTo", "changed-region"))
_HIDDEN = frozenset(("vanish", "hidden-text", "hidden-paragraph"))
_NO_COMMENT = frozenset((2, 16, 20))
"""Link, pop-up window of another annotation, field of a form; by the numbers of PDFium."""
_LINK = 2
_LONGEST_ADDRESS = 2000


def of_package(source: Source, text: str) -> Counter[str]:
    """What an office document holds beside ``text``, which is folded."""
    if source.media_type == media.ODT:
        with source.path.open("rb") as stream:
            if stream.read(2) != b"PK":
                root = parse_xml(source.data())
                return _body(root) + _properties(root, text)
    found: Counter[str] = Counter()
    with opened(source) as container:
        for name in sorted(container.names):
            if _COMMENTS.search(name):
                root = container.tree(name)
                found["comments"] += 0 if root is None else _comments(root)
            elif _BODY.match(name):
                root = container.tree(name)
                found += Counter() if root is None else _body(root)
            elif _SHEET.match(name):
                data = container.part(name) or b""
                found["hidden"] += bool(re.search(rb'\s(?:hidden="(?:1|true)"|show="(?:0|false)")', data))
            elif name.endswith(".rels"):
                found["links"] += _links(container.part(name) or b"", text)
            elif re.search(r"(?:^|/)(?:media|Pictures)/[^/]+$", name):
                found["pictures"] += 1
            elif re.search(r"(?:^|/)embeddings/[^/]+$", name):
                found["inside"] += 1
        found += _workbook(container)
        for name in _PROPERTIES:
            root = container.tree(name)
            found += Counter() if root is None else _properties(root, text)
    return found


def of_pdf(source: Source, text: str) -> Counter[str]:
    """What a PDF file holds beside ``text``, which is folded."""
    import pypdfium2

    found: Counter[str] = Counter()
    with pypdfium2.PdfDocument(source.path) as document:
        said = document.get_metadata_dict()
        for name in ("Author", "Title", "Subject", "Keywords"):
            found["properties"] += _is_elsewhere(said.get(name, ""), text)
        found["inside"] += document.count_attachments()
        for number in range(len(document)):
            if number >= source.limits.pages or source.out_of_time():
                found["unread"] = 1
                break
            if number + 1 in source.skip_pages:
                continue
            page = document[number]
            try:
                found += _annotations(page, text)
            finally:
                page.close()
    for creator in re.findall(rb"<dc:creator>(.{1,2000}?)</dc:creator>", source.data(), re.DOTALL):
        words = re.sub(rb"<[^>]*>", b" ", creator).decode("utf-8", "replace")
        found["properties"] += _is_elsewhere(words, text)
    return found


def _annotations(page: PdfPage, text: str) -> Counter[str]:
    import ctypes

    from pypdfium2 import raw

    found: Counter[str] = Counter()
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            kind = raw.FPDFAnnot_GetSubtype(annotation)
            found["comments"] += kind not in _NO_COMMENT
            if kind == _LINK:
                action = raw.FPDFLink_GetAction(raw.FPDFAnnot_GetLink(annotation))
                room = ctypes.create_string_buffer(_LONGEST_ADDRESS)
                if action:
                    raw.FPDFAction_GetURIPath(page.pdf, action, room, _LONGEST_ADDRESS)
                found["links"] += _links(room.value, text)
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return found


def _links(data: bytes, text: str) -> int:
    """Addresses of mail and telephones that are not in the text."""
    found = set(re.findall(rb"(?:mailto|tel):([^\s\"'<>?]{3,300})", data, re.IGNORECASE))
    return sum(_is_elsewhere(each.decode("utf-8", "replace"), text) for each in found)


def _is_elsewhere(words: str, text: str) -> bool:
    """Whether words say something, and stand nowhere in the text."""
    even = " ".join(words.casefold().split())
    return bool(even) and even not in text


def _comments(root: _Element) -> int:
    return sum(local_name(each) in {"comment", "threadedComment", "cm"} for each in root.iter("{*}*"))


def _body(root: _Element) -> Counter[str]:
    found: Counter[str] = Counter()
    for each in root.iter("{*}*"):
        name = local_name(each)
        found["changes"] += name in _CHANGES
        found["comments"] += name == "annotation"
        if name in _HIDDEN:
            found["hidden"] += all(value not in ("0", "false", "off") for value in each.values())
        elif name in {"table-properties", "text-properties", "table"}:
            found["hidden"] += any(
                key.endswith("}display") and value in ("none", "false") for key, value in each.items()
            )
    return found


def _workbook(container: Container) -> Counter[str]:
    """Sheets that are not shown."""
    found: Counter[str] = Counter()
    root = container.tree("xl/workbook.xml")
    for each in root.iter("{*}sheet") if root is not None else ():
        found["hidden"] += each.get("state", "visible") != "visible"
    return found


def _properties(root: _Element, text: str) -> Counter[str]:
    """Entries that can name somebody; those by which an answer form knows itself say that it is one."""
    found: Counter[str] = Counter()
    for each in root.iter("{*}*"):
        parent = each.getparent()
        if parent is not None and str(parent.get("name", "")).startswith(_OWN):
            found["form"] = 1
        elif local_name(each)[:1].lower() + local_name(each)[1:] in _NAMING:
            found["properties"] += _is_elsewhere("".join(str(piece) for piece in each.itertext()), text)
    return found
