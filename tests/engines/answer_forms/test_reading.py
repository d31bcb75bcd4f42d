"""Forms as people send them back: filled in, moved about, pasted into, emptied, and hostile."""

from __future__ import annotations

import copy
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from colloquia.engines.answer_forms.child import LIMITS, read
from colloquia.engines.answer_forms.layout import own_texts
from colloquia.engines.answer_forms.reading import read_here
from colloquia.engines.answer_forms.records import FilledForm, Form, FormProblem, Outside
from colloquia.engines.answer_forms.writing import write
from tests.engines.answer_forms.conftest import fill, form_in, room, saved, tick


@pytest.fixture
def look(tmp_path: Path) -> Callable[..., FilledForm]:
    """Reads in this process, which is quicker; the child has tests of its own."""

    def one(data: bytes, known: list[str] | None = None) -> FilledForm:
        path = tmp_path / "whatever it is called.pdf"
        path.write_bytes(data)
        return read_here(path, known or [], LIMITS)

    return one


def kinds(read_form: FilledForm) -> list[tuple[str, str]]:
    return [(each.kind, each.where) for each in read_form.problems]


def drop(document: Any, *parts: str) -> bytes:
    """The document without some parts of its package."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(saved(document))) as source, zipfile.ZipFile(made, "w") as target:
        for entry in source.namelist():
            if entry not in parts:
                target.writestr(entry, source.read(entry))
    return made.getvalue()


def filled(opened: Callable[..., Any], form: Form | None = None) -> Any:
    document = opened(form) if form else opened()
    fill(document, "R2", "Ada Example")
    fill(document, "R5", "Switzerland")
    tick(document, "R1.4")
    tick(document, "R6.2")
    tick(document, "R8.2")
    fill(document, "XX-01.q1", "First paragraph.", "第二段，关于数据。")
    fill(document, "XX-02.q1", "نعم، نوافق.")
    fill(document, "R9", "A remark.")
    return document


EXPECTED = {
    "respondent": {
        "kind": "organisation", "name": "Ada Example", "territory": "Switzerland", "stakeholder": "Academia",
        "publication": "anonymous",
    },
    "answers": {"XX-01.q1": "First paragraph.\n\n第二段，关于数据。", "XX-02.q1": "نعم، نوافق."},
    "remarks": "A remark.",
}  # fmt: skip


def found(read_form: FilledForm) -> dict[str, Any]:
    return {name: getattr(read_form, name) for name in EXPECTED}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_filled_form_comes_back_by_question(opened: Callable[..., Any], language: str) -> None:
    given = read(saved(filled(opened, form_in(language))))
    assert found(given) == EXPECTED
    assert (given.call, given.version, given.language, given.problems) == ("small-call", 3, language, ())


def test_empty_form_is_a_form_with_nothing_in_it(form: Form, look: Callable[..., FilledForm]) -> None:
    given = look(write(form))
    assert (given.respondent, given.answers, given.remarks, given.outside) == ({}, {}, "", ())
    assert (given.boxes, given.problems) == (("XX-01.q1", "XX-01.q2", "XX-02.q1"), ())


def test_lists_tables_links_and_notes_become_text(
    opened: Callable[..., Any], look: Callable[..., FilledForm]
) -> None:
    document = opened()
    cell = room(document, "XX-01.q1")
    cell.paragraphs[0].add_run("Two points:")
    for text in ("one", "two"):
        cell.add_paragraph(text, style="List Bullet")
        number = OxmlElement("w:numPr")
        for name in ("ilvl", "numId"):
            value = OxmlElement(f"w:{name}")
            value.set(qn("w:val"), "0" if name == "ilvl" else "1")
            number.append(value)
        cell.paragraphs[-1]._p.get_or_add_pPr().append(number)
    table = cell.add_table(2, 2)
    for place, text in enumerate(("Year", "Cases", "2024", "17")):
        table.cell(place // 2, place % 2).text = text
    cell.add_paragraph("After the table.").add_run(" And bold.").bold = True
    text = look(saved(document)).answers["XX-01.q1"]
    first, items, rows, last = text.split("\n\n")
    assert (first, rows, last) == ("Two points:", "Year\tCases\n2024\t17", "After the table. And bold.")
    assert [item.split(" ", 1)[1] for item in items.split("\n")] == ["one", "two"]


def test_boxes_may_be_reordered_and_deleted(
    opened: Callable[..., Any], look: Callable[..., FilledForm]
) -> None:
    document = filled(opened)
    tables = {table.cell(0, 0).text.split()[0]: table._tbl for table in document.tables}
    tables["R1"].addprevious(tables["XX-02.q1"])
    tables["XX-01.q2"].getparent().remove(tables["XX-01.q2"])
    given = look(saved(document))
    assert found(given) == EXPECTED
    assert given.boxes == ("XX-02.q1", "XX-01.q1")


def test_tables_that_grew_together_are_still_told_apart(
    opened: Callable[..., Any], look: Callable[..., FilledForm]
) -> None:
    document = filled(opened)
    tables = [table._tbl for table in document.tables][8:11]
    for table in tables[1:]:
        for row in list(table.tr_lst):
            tables[0].append(row)
        table.getparent().remove(table)
    assert found(look(saved(document))) == EXPECTED


def test_box_without_its_heading_is_known_by_its_mark(
    opened: Callable[..., Any], look: Callable[..., FilledForm]
) -> None:
    document = filled(opened)
    for table in document.tables:
        if table.cell(0, 0).text.startswith(("XX-01.q1", "R2")):
            table._tbl.remove(table._tbl.tr_lst[0])
    assert found(look(saved(document))) == EXPECTED


def test_box_without_its_marks_is_known_by_its_visible_code(
    opened: Callable[..., Any], look: Callable[..., FilledForm], form: Form
) -> None:
    document = filled(opened)
    for each in list(document.element.body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"), qn("w:tag"))):
        each.getparent().remove(each)
    given = look(drop(document, "docProps/custom.xml"), own_texts(form))
    assert found(given) == EXPECTED
    assert (given.call, given.version, given.problems) == ("small-call", 3, ())


def test_text_outside_the_boxes_is_kept_with_its_place(
    opened: Callable[..., Any], look: Callable[..., FilledForm]
) -> None:
    document = filled(opened)
    body = document.element.body
    body.p_lst[0].addnext(document.add_paragraph("Dear colleagues")._p)
    document.tables[8]._tbl.addnext(document.add_paragraph("See our annex.")._p)
    document.tables[9].cell(0, 0).add_paragraph("Written into the grey part.")
    document.add_paragraph("Kind regards")
    given = look(saved(document))
    assert found(given) == EXPECTED
    assert given.outside == (
        Outside("", "Dear colleagues"),
        Outside("XX-01.q1", "See our annex."),
        Outside("XX-01.q2", "Written into the grey part."),
        Outside("remarks", "Kind regards"),
    )
    assert kinds(given) == [("outside", where) for where in ("", "XX-01.q1", "XX-01.q2", "R9")]


def test_same_box_twice_keeps_both_texts(opened: Callable[..., Any], look: Callable[..., FilledForm]) -> None:
    document = filled(opened)
    second = copy.deepcopy(document.tables[8]._tbl)
    document.tables[9]._tbl.addnext(second)
    given = look(saved(document))
    assert given.answers["XX-01.q1"].count("First paragraph.") == 2
    assert kinds(given) == [("twice", "XX-01.q1")]


def test_tracked_changes_count_as_accepted(
    opened: Callable[..., Any], look: Callable[..., FilledForm]
) -> None:
    document = opened()
    fill(document, "XX-01.q1", "kept")
    paragraph = room(document, "XX-01.q1").paragraphs[0]._p
    for name, text, tag in (("ins", " added", "w:t"), ("del", " gone", "w:delText")):
        change, run, piece = OxmlElement(f"w:{name}"), OxmlElement("w:r"), OxmlElement(tag)
        piece.text = text
        piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(piece)
        change.append(run)
        paragraph.append(change)
    given = look(saved(document))
    assert given.answers == {"XX-01.q1": "kept added"}
    assert kinds(given) == [("deletions", "")]


def test_pictures_in_an_answer_are_told(opened: Callable[..., Any], look: Callable[..., FilledForm]) -> None:
    document = opened()
    fill(document, "XX-01.q2", "See this:")
    room(document, "XX-01.q2").paragraphs[0].add_run()._r.append(OxmlElement("w:drawing"))
    assert look(saved(document)).problems == (FormProblem("pictures", "XX-01.q2", "1"),)


@pytest.mark.parametrize(
    ("lines", "value", "problem"),
    [
        (["☐ R8.1 Public", "x R8.2 Anonymous", "☐ R8.3 Confidential"], "anonymous", ""),
        (["[ ] R8.1 Public", "[X] R8.2 Anonymous"], "anonymous", ""),
        (["☐ R8.1 Public", "☐ R8.2 Anonymous ✓"], "anonymous", ""),
        (["☐ R8.3 Confidential"], "confidential", ""),
        (["☐ R8.1 Public", "☐ R8.3 Confidential", "confidential"], "confidential", ""),
        (["Confidential"], "confidential", ""),
        (["☒ R8.1 Public", "☒ R8.2 Anonymous"], "", "several"),
        (["☐ R8.1 Public", "perhaps"], "", "unclear"),
        (["☐ R8.1 Public", "☐ R8.2 Anonymous"], "", ""),
    ],
)
def test_a_choice_is_ticked_marked_or_written(lines: list[str], value: str, problem: str) -> None:
    from colloquia.engines.answer_forms.choices import ticked

    chosen, unclear = ticked("R8", lines, ("named", "anonymous", "confidential"))
    assert (chosen, unclear.kind if unclear else "") == (value, problem)


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (b"", "unreadable", "The file is empty"),
        (b"%PDF-1.7\n", "not_word", ""),
        (b"Plain words.\n", "not_word", ""),
        (b"PK\x03\x04 broken", "unreadable", ""),
    ],
)
def test_no_word_document_says_so(
    look: Callable[..., FilledForm], data: bytes, kind: str, words: str
) -> None:
    given = look(data)
    assert [each.kind for each in given.problems] == [kind]
    assert (words in given.problems[0].detail, given.is_form) == (True, False)


def test_another_document_is_no_form(look: Callable[..., FilledForm]) -> None:
    document = Document()
    document.add_paragraph("IP-08.q2 is a good question.")
    given = look(saved(document))
    assert (given.problems, given.is_form) == ((FormProblem("not_a_form"),), False)


def hostile(form: Form, name: str, content: bytes) -> bytes:
    """The form with one part replaced."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(write(form))) as source, zipfile.ZipFile(made, "w", 8) as target:
        for entry in source.namelist():
            target.writestr(entry, content if entry == name else source.read(entry))
    return made.getvalue()


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>&b;'
    b"</w:body></w:document>"
)
DEEP = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    + b"<w:tbl><w:tr><w:tc>" * 5_000
    + b"</w:tc></w:tr></w:tbl>" * 5_000
    + b"</w:body></w:document>"
)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (ENTITIES, "XML entities"),
        (DEEP, ""),
        (b"<w:document", "damaged"),
        (b" " * 200_000_000, "unpacks to far"),
    ],
    ids=["entities", "deep", "cut off", "bomb"],
)
def test_hostile_files_do_no_harm(form: Form, content: bytes, words: str) -> None:
    given = read(hostile(form, "word/document.xml", content))
    assert [each.kind for each in given.problems] == ["unreadable"]
    assert words in given.problems[0].detail


def test_large_form_with_pictures_is_read(opened: Callable[..., Any]) -> None:
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(saved(filled(opened)))) as source, zipfile.ZipFile(made, "w") as target:
        for entry in source.namelist():
            target.writestr(entry, source.read(entry))
        target.writestr("word/media/scan.png", b"\x89PNG" * 10_000_000)
    assert len(made.getvalue()) > 40_000_000
    assert found(read(made.getvalue())) == EXPECTED


def test_form_survives_libreoffice(opened: Callable[..., Any], tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed (apt-get install libreoffice-writer-nogui)")
    sent = tmp_path / "sent.docx"
    sent.write_bytes(saved(filled(opened)))
    command = [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to"]
    subprocess.run(
        [*command, "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "back"), str(sent)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    given = read((tmp_path / "back" / "sent.docx").read_bytes())
    assert found(given) == EXPECTED
    assert (given.call, given.version, given.problems) == ("small-call", 3, ())
