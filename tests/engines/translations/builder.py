"""Units, and Word documents as people return them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from colloquia.engines.translations import Unit

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SENT = [
    Unit("S-2026-00417.p12", "sw", "en", "Hadithi zetu zilirekodiwa.", note="Spoken by elders."),
    Unit("S-2026-00417.p13", "sw", "en", "Tunaomba ridhaa.\nKwanza."),
    Unit("S-2026-00418.p1", "sw", "en", "Malipo ni haki."),
]


def translated(
    units: list[Unit], words: Callable[[Unit], str] = lambda unit: f"In English: {unit.id}"
) -> list[Unit]:
    """The units with a translation each."""
    return [Unit(one.id, one.source_language, one.target_language, one.source, words(one)) for one in units]


def edited(data: bytes, edit: Callable[[Any], None]) -> bytes:
    """A Word document after ``edit`` changed its tables with python-docx."""
    from docx import Document

    document = Document(io.BytesIO(data))
    edit(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def filled(data: bytes, units: list[Unit]) -> bytes:
    """A Word document with the targets of ``units`` written into the last cells."""

    def edit(document: Any) -> None:
        for row, unit in zip(document.tables[0].rows[1:], units, strict=True):
            row.cells[-1].text = unit.target

    return edited(data, edit)


def docx(body: str) -> bytes:
    """A Word document whose body is the given XML."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", '<Types xmlns="x"/>')
        package.writestr("word/document.xml", f"<w:document {WORD}><w:body>{body}</w:body></w:document>")
    return buffer.getvalue()


def cell(inner: str, properties: str = "") -> str:
    """A cell; text that is not markup becomes a paragraph."""
    content = inner if inner.startswith("<") else f"<w:p><w:r><w:t>{inner}</w:t></w:r></w:p>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row of cells, which may be texts."""
    made = "".join(one if one.startswith("<w:tc>") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{made}</w:tr>"


def table(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff\ufeff\u00ad"), max_size=60
)
ids = st.text(
    st.characters(min_codepoint=33, exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=20,
)


@st.composite
def unit_lists(draw: st.DrawFn, identifiers: st.SearchStrategy[str] = ids) -> list[Unit]:
    """Units in one pair of languages with ids of any kind."""
    names = draw(st.lists(identifiers, max_size=8, unique=True))
    return [
        Unit(name, "fr", "ar", draw(texts.filter(str.strip)), draw(texts).strip(), draw(texts).strip())
        for name in names
    ]
