"""The styles, numbering and page of the Word report."""

from __future__ import annotations

from typing import Any

from colloquia.engines.report.word.markup import Element, element

ACCENT = "1A5A96"
FAINT = "57606A"
SOFT = "F4F6F8"
LINE = "C9D0D8"
NUMBERING = 77

# name, size in half points, bold, colour, space before and after in twentieths of a point
_HEADINGS = (
    ("Heading 1", 34, ACCENT, 480, 160),
    ("Heading 2", 26, "1C2127", 320, 120),
    ("Heading 3", 22, "1C2127", 240, 80),
)


def prepare(document: Any, language: str, right_to_left: bool) -> None:
    """Give python-docx's own template the report's look, language and numbering."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(22)
    if right_to_left:
        section._sectPr.append(element("bidi"))
    styles = document.styles
    normal = styles["Normal"]
    _fonts(normal.element, language, right_to_left)
    _size(normal, 21)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    for name, size, colour, before, after in _HEADINGS:
        style = styles[name]
        _fonts(style.element, language, right_to_left)
        _size(style, size)
        _colour(style, colour)
        style.paragraph_format.space_before, style.paragraph_format.space_after = (
            Pt(before / 20),
            Pt(after / 20),
        )
        style.paragraph_format.keep_with_next = True
    title = styles["Title"]
    _fonts(title.element, language, right_to_left)
    _size(title, 48)
    _colour(title, "1C2127")
    for border in title.element.xpath(".//w:pBdr"):
        border.getparent().remove(border)
    for name, size, colour in (
        ("Numbered Paragraph", 21, ""),
        ("Quotation", 21, ""),
        ("Source", 17, FAINT),
        ("Note", 18, FAINT),
        ("Table Text", 18, ""),
        ("Table Head", 16, ""),
        ("Status", 21, ""),
        ("Contents Line", 21, ""),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        _size(style, size)
        if colour:
            _colour(style, colour)
    _paragraphs(styles)
    _numbering(document)


def _paragraphs(styles: Any) -> None:
    numbered = styles["Numbered Paragraph"].element.get_or_add_pPr()
    numbered.append(element("numPr", element("ilvl", val=0), element("numId", val=NUMBERING)))
    numbered.append(element("ind", left=567, hanging=567))
    quotation = styles["Quotation"].element.get_or_add_pPr()
    quotation.append(element("keepLines"))
    quotation.append(element("keepNext"))
    quotation.append(element("spacing", before=80, after=20))
    quotation.append(element("ind", left=567, right=284))
    source = styles["Source"].element.get_or_add_pPr()
    source.append(element("spacing", before=0, after=200))
    source.append(element("ind", left=567))
    for name in ("Table Text", "Table Head"):
        table = styles[name].element.get_or_add_pPr()
        table.append(element("spacing", before=30, after=30, line=240, lineRule="auto"))
    styles["Note"].element.get_or_add_pPr().append(element("spacing", before=80, after=80))
    status = styles["Status"].element.get_or_add_pPr()
    status.append(element("pBdr", element("left", val="single", sz=24, space=8, color=ACCENT)))
    status.append(element("shd", val="clear", color="auto", fill=SOFT))
    status.append(element("ind", left=170))


def _fonts(style: Element, language: str, right_to_left: bool) -> None:
    properties = style.get_or_add_rPr()
    for old in properties.xpath("./w:rFonts|./w:lang"):
        properties.remove(old)
    properties.insert(0, element("rFonts", ascii="Arial", hAnsi="Arial", cs="Arial"))
    if right_to_left:
        properties.append(element("lang", val="en", bidi=language))
    else:
        properties.append(element("lang", val=language))


def _size(style: Any, half_points: int) -> None:
    from docx.shared import Pt

    style.font.size = Pt(half_points / 2)
    properties = style.element.get_or_add_rPr()
    for old in properties.xpath("./w:szCs"):
        properties.remove(old)
    # Arabic and Hebrew take their size from szCs, which must follow sz directly.
    properties.xpath("./w:sz")[0].addnext(element("szCs", val=half_points))


def _colour(style: Any, colour: str) -> None:
    from docx.shared import RGBColor

    style.font.color.rgb = RGBColor.from_string(colour)


def _numbering(document: Any) -> None:
    """One decimal list through the whole document, so that Word itself numbers the paragraphs."""
    from docx.oxml.ns import qn

    numbering = document.part.numbering_part.element
    level = element(
        "lvl",
        element("start", val=1),
        element("numFmt", val="decimal"),
        element("lvlText", val="%1."),
        element("lvlJc", val="left"),
        element("pPr", element("ind", left=567, hanging=567)),
        ilvl=0,
    )
    abstract = element(
        "abstractNum", element("multiLevelType", val="singleLevel"), level, abstractNumId=NUMBERING
    )
    first = numbering.find(qn("w:num"))
    if first is None:
        numbering.append(abstract)
    else:
        first.addprevious(abstract)
    numbering.append(element("num", element("abstractNumId", val=NUMBERING), numId=NUMBERING))
