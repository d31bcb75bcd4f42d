"""What the form prints, in both directions, and that the same form is the same bytes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from colloquia.engines.answer_forms.layout import fingerprint, own_texts
from colloquia.engines.answer_forms.records import Form
from colloquia.engines.answer_forms.writing import write
from tests.engines.answer_forms.conftest import form_in


def test_same_form_is_the_same_bytes(form: Form) -> None:
    assert write(form) == write(form)


def test_every_box_has_its_visible_code_and_its_marks(opened: Callable[..., Any]) -> None:
    document = opened()
    codes = [table.cell(0, 0).text.split()[0] for table in document.tables]
    assert codes == [f"R{number}" for number in range(1, 9)] + ["XX-01.q1", "XX-01.q2", "XX-02.q1", "R9"]
    names = {each.get(qn("w:name")) for each in document.element.body.iter(qn("w:bookmarkStart"))}
    assert {"box_XX_01_q1", "room_XX_01_q1", "box_R9", "room_R9"} <= names


def test_arabic_runs_from_right_to_left_in_page_tables_paragraphs_and_runs() -> None:
    body = Document(BytesIO(write(form_in("ar")))).element.body
    assert body.sectPr.find(qn("w:bidi")) is not None
    assert all(table.tblPr.find(qn("w:bidiVisual")) is not None for table in body.tbl_lst)
    title = body.p_lst[0]
    assert title.pPr.find(qn("w:bidi")) is not None
    assert title.r_lst[0].rPr.find(qn("w:rtl")) is not None
    room = body.tbl_lst[-2].tr_lst[1].tc_lst[0].p_lst[0]
    assert room.pPr.find(qn("w:bidi")) is not None


def test_english_question_in_an_arabic_form_keeps_its_own_direction() -> None:
    tables = Document(BytesIO(write(form_in("ar")))).element.body.tbl_lst
    english, arabic = (tables[-4].tr_lst[0].tc_lst[0].p_lst[0], tables[-2].tr_lst[0].tc_lst[0].p_lst[0])
    assert [each.pPr.find(qn("w:bidi")) is not None for each in (english, arabic)] == [False, True]


def test_what_cannot_stand_in_a_document_is_replaced() -> None:
    made = write(form_in("en", title="A call\x00 \x0b with \ud800 odd signs"))
    assert Document(BytesIO(made)).paragraphs[0].text == "A call� � with � odd signs"


def test_own_texts_are_known_again_however_spaced_directed_or_ticked(form: Form) -> None:
    printed = {fingerprint(each) for each in own_texts(form)}
    document = Document(BytesIO(write(form)))
    texts = [each.text for each in document.paragraphs if each.text]
    assert [text for text in texts if fingerprint(text) not in printed] == []
    assert fingerprint("☒  R1.1 State\u200f") == fingerprint("☐ R1.1 State")


def test_the_list_of_own_texts_is_whole_and_fits_into_what_word_takes() -> None:
    form = form_in("en", introduction=tuple(f"Paragraph {number}." for number in range(100)))
    with zipfile.ZipFile(BytesIO(write(form))) as package:
        values = re.findall(r"<vt:lpwstr>([^<]*)<", package.read("docProps/custom.xml").decode())
    assert max(map(len, values)) <= 255
    listed = {each for value in values[3:] for each in value.split()}
    assert listed == {fingerprint(each) for each in own_texts(form)}


def test_no_clock_and_no_person_in_the_file(form: Form) -> None:
    with zipfile.ZipFile(BytesIO(write(form))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"python-docx" not in package.read("docProps/core.xml")
