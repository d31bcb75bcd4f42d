"""Passages as a Word table that a translator fills in."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from colloquia.engines.exchange.writing import allowed
from colloquia.engines.report.word.markup import Element, element, in_schema_order, text_run
from colloquia.engines.translations.direction import is_right_to_left
from colloquia.engines.translations.ids import checked
from colloquia.engines.translations.records import Unit
from colloquia.engines.translations.wording import Wording

ID_TAG = "colloquia-id"
SOURCE_TAG = "colloquia-source"
_WIDTHS = (2500, 5900, 5900)
_LINE = "8A939E"


def write_docx(units: Iterable[Unit], *, wording: Wording | None = None) -> bytes:
    """A Word document with one table for each pair of languages: id, source, translation.

    Ids and sources stand in content controls that Word does not let be edited or deleted. Texts in
    languages written from right to left are set so.
    """
    from docx import Document

    words = wording or Wording()
    document = Document()
    _prepare(document)
    document.add_heading(allowed(words.title), level=1)
    for paragraph in words.instructions:
        document.add_paragraph(allowed(paragraph))
    every = checked(units)
    order = {pair: place for place, pair in enumerate(dict.fromkeys(map(_pair, every)))}
    body = document.element.body
    for pair, same in groupby(sorted(every, key=lambda unit: order[_pair(unit)]), key=_pair):
        body.insert(len(body) - 1, _table(list(same), pair, words))
        # Two tables without a paragraph between them become one.
        body.insert(len(body) - 1, element("p"))
    in_schema_order(document.element)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _pair(unit: Unit) -> tuple[str, str]:
    return unit.source_language, unit.target_language


def _prepare(document: Any) -> None:
    """A4 across, no date and no author: the same units give the same document."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(18)
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.title = ""


def _table(units: Sequence[Unit], pair: tuple[str, str], words: Wording) -> Element:
    source, target = pair
    grid = element("tblGrid", *(element("gridCol", w=width) for width in _WIDTHS))
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = element(
        "tblBorders", *(element(side, val="single", sz=4, space=0, color=_LINE) for side in sides)
    )
    properties = element(
        "tblPr", element("tblW", w=sum(_WIDTHS), type="dxa"), borders, element("tblLayout", type="fixed")
    )
    heads = (words.id, _with_language(words.source, source), _with_language(words.target, target))
    head = element(
        "tr",
        element("trPr", element("tblHeader")),
        *(
            _cell(element("p", text_run(allowed(text), element("b"))), width)
            for text, width in zip(heads, _WIDTHS, strict=True)
        ),
    )
    return element("tbl", properties, grid, head, *(_row(unit) for unit in units))


def _with_language(head: str, language: str) -> str:
    return f"{head} ({language})" if language else head


def _row(unit: Unit) -> Element:
    # A line is a paragraph: LibreOffice loses line breaks inside a content control.
    source = [
        _paragraph(_locked(_run(line, unit.source_language), SOURCE_TAG), unit.source_language)
        for line in unit.source.split("\n")
    ]
    target = _paragraph(_run(unit.target, unit.target_language), unit.target_language)
    identifier = _cell(_paragraph(_locked(_run(unit.id, "en"), ID_TAG), ""), _WIDTHS[0])
    if unit.note:
        identifier.append(_note(unit.note))
    cells = (identifier, _cell(source[0], _WIDTHS[1]), _cell(target, _WIDTHS[2]))
    for paragraph in source[1:]:
        cells[1].append(paragraph)
    return element("tr", element("trPr", element("cantSplit", val="0")), *cells)


def _note(text: str) -> Element:
    """The note in a control of its own, so that it is not taken for the id."""
    run = text_run(allowed(text), element("i"), element("sz", val=16))
    return element("p", _locked(run, "colloquia-note"))


def _cell(paragraph: Element, width: int) -> Element:
    return element("tc", element("tcPr", element("tcW", w=width, type="dxa")), paragraph)


def _paragraph(content: Element, language: str) -> Element:
    if not is_right_to_left(language):
        return element("p", content)
    # The mark of the paragraph is set too, so that what is typed runs from right to left.
    mark = element("rPr", element("rtl"), element("lang", bidi=language))
    return element("p", element("pPr", element("bidi"), mark), content)


def _run(text: str, language: str) -> Element:
    if not is_right_to_left(language):
        return text_run(allowed(text), *([element("lang", val=language)] if language else []))
    return text_run(allowed(text), element("rtl"), element("lang", bidi=language))


def _locked(run: Element, tag: str) -> Element:
    # A control for rich text: one for plain text comes back from LibreOffice with Arabic said many times.
    properties = element("sdtPr", element("tag", val=tag), element("lock", val="sdtContentLocked"))
    return element("sdt", properties, element("sdtContent", run))
