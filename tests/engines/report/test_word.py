"""The Word report: real numbering and headings, the same words as the page, the same bytes each time."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree
from lxml import html as lxml_html

from colloquia.engines.report import Limits, Options, docx, html, write_docx
from tests.engines.report.builder import TestNames, consultation, empty, without_paper
from tests.engines.report.hostile import HostileNames
from tests.engines.report.hostile import analysis as hostile_analysis

# Twice the paragraphs that may hold invisible marks would be no test of what is read.
MARKS = dict.fromkeys(map(ord, "\u200e\u200f"))


def options(language: str = "en", **values) -> Options:
    return Options(
        made_on="2026-11-22", version="0.1", language=language, names=TestNames(), run="run-7", **values
    )


def opened(analysis, language: str = "en", **values):
    return Document(BytesIO(docx(analysis, options(language, **values))))


def texts(document, style: str) -> list[str]:
    return [
        re.sub(r"\s+", " ", "".join(one.itertext(qn("w:t"))).translate(MARKS))
        for one in document.element.body.iter(qn("w:p"))
        if one.pPr is not None and one.pPr.pStyle is not None and one.pPr.pStyle.val == style
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_numbered_paragraphs_are_those_of_the_page_in_its_order(language):
    analysis = consultation()
    page = lxml_html.document_fromstring(html(analysis, options(language)))
    expected = [
        re.sub(r"\s+", " ", one.text_content().translate(MARKS))
        for one in page.xpath("//p[@class='numbered']/span")
    ]
    assert texts(opened(analysis, language, limits=Limits(quotes=200)), "NumberedParagraph") == expected


def test_numbering_is_words_own():
    document = opened(consultation())
    style = document.styles["Numbered Paragraph"].element
    number = style.xpath(".//w:numId")[0].get(qn("w:val"))
    assert document.part.numbering_part.element.xpath(f"./w:num[@w:numId='{number}']") != []


def test_sections_are_headings_and_table_heads_repeat():
    document = opened(consultation())
    assert texts(document, "Heading1")[:4] == [
        "What to know first",
        "What was received",
        "Answers by question",
        "Themes",
    ]
    tables = document.tables
    assert len(tables) > 10
    assert [len(one._tbl.xpath("./w:tr[1]/w:trPr/w:tblHeader")) for one in tables] == [1] * len(tables)


def test_every_link_leads_to_a_bookmark():
    body = opened(consultation()).element.body
    marks = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    links = {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))}
    assert len(marks) == len(set(marks))
    assert links - set(marks) == set()


def test_arabic_runs_from_right_to_left():
    body = opened(consultation(), "ar").element.body
    headings = body.xpath("./w:p[w:pPr/w:pStyle[@w:val='Heading1']]")
    assert [len(one.xpath("./w:pPr/w:bidi")) for one in headings] == [1] * len(headings)
    assert len(body.xpath("./w:tbl/w:tblPr/w:bidiVisual")) == len(body.xpath("./w:tbl"))


def test_a_quotation_carries_its_own_language_and_direction():
    body = opened(consultation()).element.body
    quoted = body.xpath("./w:p[w:pPr/w:pStyle[@w:val='Quotation']][.//w:lang[@w:bidi='ar']]")
    assert quoted != []
    assert [len(one.xpath("./w:pPr/w:bidi")) for one in quoted] == [1] * len(quoted)
    assert body.xpath(".//w:lang[@w:eastAsia='zh']") != []


def test_the_same_analysis_gives_the_same_bytes(tmp_path):
    for name in ("first.docx", "second.docx"):
        write_docx(consultation(), tmp_path / name, options())
    first = (tmp_path / "first.docx").read_bytes()
    assert first == (tmp_path / "second.docx").read_bytes()
    with zipfile.ZipFile(BytesIO(first)) as package:
        assert {one.date_time for one in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert Document(BytesIO(first)).core_properties.created.isoformat()[:10] == "2026-11-22"


@pytest.mark.parametrize("variant", [empty, without_paper, hostile_analysis])
def test_unusual_dockets_make_a_document_that_opens(variant):
    for language in ("en", "ar"):
        data = docx(variant(), Options(made_on="soon", version="0", language=language, names=HostileNames()))
        document = Document(BytesIO(data))
        assert len(texts(document, "Heading1")) == 10
        with zipfile.ZipFile(BytesIO(data)) as package:
            for name in package.namelist():
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(package.read(name))
