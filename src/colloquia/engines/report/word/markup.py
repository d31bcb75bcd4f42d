"""Small builders of WordprocessingML elements."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

Element = Any

_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs bidi spacing ind "
    "contextualSpacing jc outlineLvl rPr",
    "rPr": "rStyle rFonts b bCs i iCs color spacing kern sz szCs highlight u shd vertAlign rtl cs lang",
    "tblPr": "tblStyle bidiVisual tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg bidi docGrid",
}


def element(tag: str, *children: Element, **attributes: str | int) -> Element:
    """``w:tag`` with ``w:`` attributes and children."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    for child in children:
        made.append(child)
    return made


def text_run(text: str, *properties: Element) -> Element:
    """A run of text; line ends become breaks."""
    made = element("r")
    if properties:
        made.append(element("rPr", *properties))
    for number, line in enumerate(text.split("\n")):
        if number:
            made.append(element("br"))
        if line:
            piece = element("t")
            piece.text = line
            piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            made.append(piece)
    return made


def field_runs(instruction: str) -> list[Element]:
    """A field such as ``PAGE``, which Word computes."""
    code = element("instrText")
    code.text = f" {instruction} "
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return [
        element("r", element("fldChar", fldCharType="begin")),
        element("r", code),
        element("r", element("fldChar", fldCharType="separate")),
        text_run("1"),
        element("r", element("fldChar", fldCharType="end")),
    ]


def in_schema_order(root: Element) -> None:
    """Put properties in the order that the schema asks for; Word may refuse a file in another."""
    for name, order in _ORDER.items():
        ranks = {qn(f"w:{one}"): rank for rank, one in enumerate(order.split())}
        for properties in root.iter(qn(f"w:{name}")):
            properties[:] = sorted(properties, key=lambda child: ranks.get(child.tag, len(ranks)))
