"""Writes an answer form as a Word document, the same bytes for the same form."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

from colloquia.engines.answer_forms.layout import HEADING, ROOM, Box, Line, fingerprint, lay_out, own_texts
from colloquia.engines.answer_forms.records import FIELDS, Form
from colloquia.engines.report.dates import NO_DATE
from colloquia.engines.report.text import clean, direction

PROPERTY = "Colloquia."
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_STYLES = {
    "title": "Title", "head": "Normal", "body": "Normal", "section": "Heading1", "issue": "Heading2",
    "small": "Note",
}  # fmt: skip
_WIDTH = 9400
_BY_VALUE = 36
"""Fingerprints in one property, six characters and a blank each: Word takes 255 characters."""


def write(form: Form) -> bytes:
    """The form. Every box is named by a content control, by a bookmark and by a visible code."""
    from docx import Document

    from colloquia.engines.report.word.markup import element, in_schema_order
    from colloquia.engines.report.word.styles import prepare

    right_to_left = direction(form.words_language) == "rtl"
    document = Document()
    prepare(document, form.words_language, right_to_left)
    core = document.core_properties
    core.title, core.author, core.last_modified_by = clean(form.title)[:250], "Colloquia", "Colloquia"
    core.comments, core.language = "", form.words_language
    core.created = core.modified = core.last_printed = datetime(*NO_DATE)  # noqa: DTZ001 -- the format has no zones
    writer = _Writer(document.element.body, form.language)
    for block in lay_out(form):
        if isinstance(block, Line):
            writer.line(block)
        else:
            writer.box(block)
    if right_to_left and not any(child.tag.endswith("}bidi") for child in document.element.body[-1]):
        document.element.body[-1].append(element("bidi"))
    for root in (document.element, document.styles.element):
        in_schema_order(root)
    _mark(document, form)
    saved = BytesIO()
    document.save(saved)
    return _same_bytes(saved)


class _Writer:
    """Appends to the body, before its last element (the page's own settings)."""

    def __init__(self, body: Any, language: str) -> None:
        self._body = body
        self._language = language
        self._count = 0

    def line(self, line: Line) -> None:
        """One paragraph, in the direction of its own language."""
        self._body[-1].addprevious(_paragraph(line.text, _STYLES[line.style], line.language))

    def box(self, box: Box) -> None:
        """A table of one column: what is asked, and the room below it."""
        from colloquia.engines.report.word.markup import element

        heading = _paragraph(box.heading, "Normal", box.language, bold=len(box.code))
        heading.pPr.append(element("keepNext"))
        heading.pPr.addnext(element("bookmarkStart", id=self._next(), name=bookmark_of(HEADING, box.code)))
        heading.append(element("bookmarkEnd", id=self._count))
        asked = element("tc", element("tcPr", element("tcW", w=_WIDTH, type="dxa"), _shade()), heading)
        if box.help:
            asked.append(_paragraph(box.help, "Note", box.language))
        room = element("tc", element("tcPr", element("tcW", w=_WIDTH, type="dxa")))
        for place, text in enumerate(box.choices, 1):
            room.append(self._choice(box, place, text))
        if not box.choices:
            room.append(_paragraph("", "Normal", box.language if box.id in FIELDS else self._language))
        first = next(each for each in room if each.tag.endswith("}p"))
        first.pPr.addnext(element("bookmarkStart", id=self._next(), name=bookmark_of(ROOM, box.code)))
        first.append(element("bookmarkEnd", id=self._count))
        height = element("trHeight", val=box.height * 57, hRule="atLeast")
        table = element(
            "tbl",
            element(
                "tblPr", element("tblW", w=_WIDTH, type="dxa"), _borders(), element("tblLayout", type="fixed")
            ),
            element("tblGrid", element("gridCol", w=_WIDTH)),
            element("tr", element("trPr", element("cantSplit")), asked),
            element("tr", element("trPr", element("cantSplit") if box.choices else height), room),
        )
        if direction(self._language) == "rtl":
            table[0].append(element("bidiVisual"))
        self._body[-1].addprevious(table)
        self._body[-1].addprevious(_paragraph("", "Normal", ""))

    def _choice(self, box: Box, place: int, text: str) -> Any:
        """A paragraph with a box to tick, which Word and LibreOffice turn at a click."""
        from lxml.etree import SubElement

        from colloquia.engines.report.word.markup import element, text_run

        line = _paragraph(f" {box.code}.{place} {text}", "Normal", box.language)
        properties = element(
            "sdtPr", element("tag", val=f"{box.code}.{place}"), element("id", val=self._next())
        )
        tick = SubElement(properties, f"{_W14}checkbox")
        SubElement(tick, f"{_W14}checked").set(f"{_W14}val", "0")
        for name, value in (("checkedState", "2612"), ("uncheckedState", "2610")):
            state = SubElement(tick, f"{_W14}{name}")
            state.set(f"{_W14}val", value)
            state.set(f"{_W14}font", "MS Gothic")
        font = element("rFonts", ascii="MS Gothic", hAnsi="MS Gothic", eastAsia="MS Gothic", cs="MS Gothic")
        line.pPr.addnext(element("sdt", properties, element("sdtContent", text_run("☐", font))))
        return line

    def _next(self) -> int:
        self._count += 1
        return self._count


def bookmark_of(kind: str, code: str) -> str:
    """The name of a mark; Word takes letters, digits and underlines, 40 at most."""
    return f"{kind}{''.join(each if each.isalnum() else '_' for each in code)}"[:40]


def _paragraph(text: str, style: str, language: str, *, bold: int = 0) -> Any:
    """A paragraph in the direction of its language; its first ``bold`` characters are bold."""
    from colloquia.engines.report.word.markup import element, text_run

    turned = direction(language) == "rtl" if language else False
    properties = element("pPr", element("pStyle", val=style))
    if turned:
        properties.append(element("bidi"))
    made = element("p", properties)
    shown = clean(text)
    for part, strong in ((shown[:bold], True), (shown[bold:], False)):
        if not part:
            continue
        marks = [element("b"), element("bCs")] if strong else []
        if turned and not (strong and part.isascii()):
            marks.append(element("rtl"))
        if language:
            marks.append(_spoken(language))
        made.append(text_run(part, *marks))
    return made


def _spoken(language: str) -> Any:
    from colloquia.engines.report.word.markup import element

    base = language.partition("-")[0]
    if base in {"zh", "ja", "ko"}:
        return element("lang", eastAsia={"zh": "zh-CN", "ja": "ja-JP", "ko": "ko-KR"}[base])
    return element("lang", bidi=language) if direction(language) == "rtl" else element("lang", val=language)


def _shade() -> Any:
    from colloquia.engines.report.word.markup import element

    return element("shd", val="clear", color="auto", fill="EEF1F5")


def _borders() -> Any:
    from colloquia.engines.report.word.markup import element

    sides = ("top", "left", "bottom", "right", "insideH")
    return element(
        "tblBorders", *(element(side, val="single", sz=6, space=0, color="7A869A") for side in sides)
    )


def _mark(document: Any, form: Form) -> None:
    """Keep in the file's own properties which form this is, and by what its texts are known again."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from lxml import etree

    own = sorted({fingerprint(each) for each in own_texts(form)})
    values = {"call": form.call, "version": str(form.version), "language": form.language}
    for place in range(0, len(own), _BY_VALUE):
        values[f"texts.{place // _BY_VALUE + 1}"] = " ".join(own[place : place + _BY_VALUE])[:255]
    space = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    root = etree.Element(f"{{{space}}}Properties", nsmap={None: space, "vt": kinds})
    for number, (name, value) in enumerate(values.items(), start=2):
        entry = etree.SubElement(
            root, f"{{{space}}}property",
            fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}", pid=str(number), name=f"{PROPERTY}{name}",
        )  # fmt: skip
        etree.SubElement(entry, f"{{{kinds}}}lpwstr").text = clean(value)[:255]
    package = document.part.package
    part = Part(
        PackURI("/docProps/custom.xml"),
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True),
        package,
    )
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
    package.relate_to(part, relation)


def _same_bytes(saved: BytesIO) -> bytes:
    """The package again, without the time at which it was written."""
    fixed = BytesIO()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            target.writestr(zipfile.ZipInfo(entry, NO_DATE), source.read(entry), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
