"""What a file holds beside its text is counted by kind, and a plain file holds nothing."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.comments import Comment
from reportlab.pdfgen.canvas import Canvas

from colloquia.engines.documents.reading import read


def _docx(tmp_path: Path) -> Path:
    document = docx.Document()
    for name in ("author", "title", "comments", "last_modified_by"):
        setattr(document.core_properties, name, "")
    run = document.add_paragraph("Shown.").add_run("not shown")
    run.font.hidden = True
    document.add_comment(run, text="a remark", author="Ada Example")
    document.core_properties.author = "Ada Example"
    document.save(str(tmp_path / "a.docx"))
    return tmp_path / "a.docx"


def _xlsx(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"].comment = Comment("a remark", "Ada Example")
    book.create_sheet("kept").sheet_state = "hidden"
    book.properties.creator = "Ada Example"
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def _pdf(tmp_path: Path) -> Path:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    canvas.setAuthor("Ada Example")
    canvas.setTitle("Shown")
    canvas.drawString(100, 700, "Shown on the page, and long enough to be read as text.")
    canvas.linkURL("mailto:ada@example.org", (100, 690, 200, 710))
    canvas.textAnnotation("a remark", (10, 10, 30, 30))
    canvas.save()
    return tmp_path / "a.pdf"


def _written(tmp_path: Path, name: str, text: str) -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / name


def _of(path: Path) -> dict[str, int]:
    return {kind: number for kind, number in read(path).beside if kind != "pictures"}


def test_office_files_tell_comments_hidden_parts_and_properties(tmp_path: Path) -> None:
    assert _of(_docx(tmp_path)) == {"comments": 1, "hidden": 1, "properties": 1}
    assert _of(_xlsx(tmp_path)) == {"comments": 1, "hidden": 1, "properties": 1, "unread": 1}


def test_a_pdf_tells_its_author_but_not_a_title_that_is_in_its_text(tmp_path: Path) -> None:
    found = _of(_pdf(tmp_path))
    assert (found["comments"], found["links"]) == (1, 1)
    assert found["properties"] == 2  # the author, and the subject that the program gave


def test_a_page_a_message_and_rich_text(tmp_path: Path) -> None:
    page = _written(
        tmp_path,
        "a.html",
        "<html><body><!-- Ada --><p>Shown <a href='mailto:ada@example.org'>me</a></p>"
        "<p style='display:none'>hidden</p></body></html>",
    )
    assert _of(page) == {"comments": 1, "hidden": 1, "links": 1}
    letter = _written(
        tmp_path, "a.eml", "From: Ada <ada@example.org>\nTo: b@example.org\nSubject: x\n\nHi.\n"
    )
    assert _of(letter) == {"headers": 3}
    rich = _written(tmp_path, "a.rtf", r"{\rtf1\ansi{\info{\author Ada}}Shown {\v kept}text}")
    assert _of(rich) == {"hidden": 1, "properties": 1}


@pytest.mark.parametrize(
    "text",
    [
        "Anything\ncolloquia-form:small-call:1:en\n",
        "R1 Who\nR2 Name\nR3 Organisation\nR5 Country\nR8 Wish\nAnswer.\n",
    ],
)
def test_an_answer_form_is_known_by_its_mark_and_by_its_boxes(tmp_path: Path, text: str) -> None:
    assert _of(_written(tmp_path, "form.txt", text)) == {"form": 1}
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as packed:
            packed.writestr("docProps/custom.xml", "<property name='Colloquia.call'/>")
        archive.writestr("form.docx", inner.getvalue())
    assert _of(tmp_path / "a.zip") == {"inside": 1, "form": 1}


def test_a_plain_text_holds_nothing_else_and_a_broken_file_was_not_read(tmp_path: Path) -> None:
    assert _of(_written(tmp_path, "a.txt", "Our rule R1 and R2 stand.\n")) == {}
    (tmp_path / "b.docx").write_bytes(b"PK\x03\x04 broken")
    assert _of(tmp_path / "b.docx") == {"unread": 1}
