"""The Word table: protected, set in the right direction, and read however it comes back."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from colloquia.engines.translations import Unit, Unusable, Unwritable, Wording, check, read_docx, write_docx
from colloquia.engines.translations.direction import is_right_to_left
from tests.engines.translations.builder import (
    SENT,
    cell,
    docx,
    edited,
    filled,
    ids,
    row,
    table,
    translated,
    unit_lists,
)

ENGLISH = translated(SENT)


def pairs(units: list[Unit]) -> list[tuple[str, str]]:
    return [(one.id, one.target) for one in units]


EXPECTED = pairs(ENGLISH)


@settings(max_examples=25, deadline=None)
@given(unit_lists(ids.map(lambda one: f"S-{ord(one[0])}.{len(one)}")))
def test_units_come_back_as_they_left(units: list[Unit]) -> None:
    back = read_docx(write_docx(units)) if units else []
    assert [(one.id, one.source, one.target, one.source_language, one.target_language) for one in back] == [
        (one.id, one.source.strip(), one.target.strip(), "fr", "ar") for one in units
    ]


def test_a_filled_table_is_accepted_whole() -> None:
    back = read_docx(filled(write_docx(SENT), ENGLISH))
    assert [(one.source_language, one.target_language, one.source) for one in back] == [
        ("sw", "en", one.source) for one in SENT
    ]
    found = check(SENT, back)
    assert (pairs(list(found.accepted)), found.problems) == (EXPECTED, ())


def test_ids_and_sources_are_locked_and_targets_are_not() -> None:
    from docx import Document

    xml = Document(io.BytesIO(write_docx(SENT))).element.xml
    assert xml.count('w:val="sdtContentLocked"') == 2 * len(SENT) + 2
    assert xml.count("<w:tblHeader/>") == 1


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", True),
        ("he", True),
        ("fa-IR", True),
        ("ur", True),
        ("ku-Arab", True),
        ("ar-Latn", False),
        ("fr", False),
        ("", False),
    ],
)
def test_directions(language: str, expected: bool) -> None:
    assert is_right_to_left(language) is expected


def test_texts_from_right_to_left_are_set_so_and_others_are_not() -> None:
    xml = _document(write_docx([Unit("a1", "ar", "en", "مرحبا", "Hello"), Unit("a2", "fr", "fa", "Salut")]))
    assert (xml.count("<w:bidi/>"), xml.count("<w:rtl/>")) == (2, 4)
    assert 'w:bidi="ar"' in xml
    assert 'w:bidi="fa"' in xml


def _document(data: bytes) -> str:
    from docx import Document

    return str(Document(io.BytesIO(data)).element.xml)


def test_wording_is_given_from_outside_and_pairs_stand_in_tables_of_their_own() -> None:
    from docx import Document

    wording = Wording("Passages à traduire", ("Merci.",), "Identifiant", "Texte", "Traduction")
    data = write_docx([SENT[0], replace(SENT[1], source_language="am")], wording=wording)
    document = Document(io.BytesIO(data))
    assert [one.text for one in document.paragraphs if one.text] == ["Passages à traduire", "Merci."]
    assert [[one.text for one in found.rows[0].cells] for found in document.tables] == [
        ["Identifiant", "Texte (sw)", "Traduction (en)"],
        ["Identifiant", "Texte (am)", "Traduction (en)"],
    ]
    assert [(one.id, one.source_language) for one in read_docx(data)] == [
        (SENT[0].id, "sw"),
        (SENT[1].id, "am"),
    ]


def test_the_same_units_give_the_same_document() -> None:
    assert _document(write_docx(SENT)) == _document(write_docx(SENT))
    with pytest.raises(Unwritable, match="is used twice"):
        write_docx([SENT[0], SENT[0]])


def _drop_row(document: Any) -> None:
    found = document.tables[0].rows[2]._tr
    found.getparent().remove(found)


def test_a_deleted_row_is_missing_and_the_rest_is_kept() -> None:
    found = check(SENT, read_docx(edited(filled(write_docx(SENT), ENGLISH), _drop_row)))
    assert pairs(list(found.accepted)) == [EXPECTED[0], EXPECTED[2]]
    assert [one.unit_id for one in found.missing] == [SENT[1].id]


def _reverse_columns(document: Any) -> None:
    for found in document.tables[0].rows:
        for one in list(found._tr.tc_lst)[::-1]:
            found._tr.append(one)


def _retype_head(document: Any) -> None:
    for one, text in zip(document.tables[0].rows[0].cells, ("No.", "Kiswahili", "My text"), strict=True):
        one.text = text


def _drop_controls(document: Any) -> None:
    for control in list(document.element.iter("{*}sdt")):
        place = control.getparent()
        for run in control.find("{*}sdtContent"):
            place.insert(place.index(control), run)
        place.remove(control)


def _drop_head(document: Any) -> None:
    found = document.tables[0].rows[0]._tr
    found.getparent().remove(found)


def _add_glossary(document: Any) -> None:
    found = document.add_table(2, 2)
    found.cell(0, 0).text = "Term"
    found.cell(0, 1).text = "Meaning"


@pytest.mark.parametrize(
    "edits",
    [
        (_reverse_columns,),
        (_retype_head,),
        (_drop_controls,),
        (_drop_head,),
        (_add_glossary,),
        (_reverse_columns, _retype_head),
        (_reverse_columns, _drop_controls),
        (_drop_controls, _retype_head),
        (_drop_controls, _drop_head),
    ],
)
def test_tables_that_people_changed_are_still_understood(edits: tuple[Any, ...]) -> None:
    data = filled(write_docx(SENT), ENGLISH)
    for edit in edits:
        data = edited(data, edit)
    back = read_docx(data)
    assert pairs(back) == EXPECTED
    assert check(SENT, back).problems == ()


def test_with_what_was_sent_even_a_table_without_any_mark_is_understood() -> None:
    data = filled(write_docx(SENT), ENGLISH)
    for edit in (_drop_controls, _retype_head, _reverse_columns):
        data = edited(data, edit)
    assert pairs(read_docx(data, sent=SENT)) == EXPECTED


HEAD = row("Identifier", "Source (sw)", "Translation (en)")


def one(target: str, source: str = "Malipo.", name: str = "S-1.p1") -> list[tuple[str, str]]:
    return pairs(read_docx(docx(table(HEAD, row(name, source, target), row("S-1.p2", "Haki.", "Right.")))))[
        :1
    ]


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (cell(f"<w:p>{run('One.')}</w:p><w:p/><w:p>{run('Two.')}</w:p><w:p/>"), "One.\n\nTwo."),
        (
            cell(f"<w:p>{run('We ')}<w:del>{run('oppose')}</w:del><w:ins>{run('support')}</w:ins></w:p>"),
            "We support",
        ),
        (
            cell(f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('One ')}</w:p><w:p>{run('line')}</w:p>"),
            "One line",
        ),
        (cell(f"<w:p><w:moveFrom>{run('old')}</w:moveFrom><w:moveTo>{run('new')}</w:moveTo></w:p>"), "new"),
        (
            cell(
                f"<w:p>{run('a')}<w:r><w:commentReference/></w:r><w:hyperlink>{run('b')}</w:hyperlink></w:p>"
            ),
            "ab",
        ),
        (
            cell("<w:p><w:r><w:t>re</w:t><w:softHyphen/><w:t>mu\u00adneration</w:t></w:r></w:p>"),
            "remuneration",
        ),
        (cell("<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r></w:p>"), "a\nb\tc"),
        (cell(f"<w:p>{run('seen')}{run('hidden', '<w:vanish/>')}</w:p>"), "seen"),
        (cell(f"<w:p>{run('“Smart” quotes stay’')}</w:p>"), "“Smart” quotes stay’"),
        (cell(f"<w:tbl><w:tr><w:tc><w:p>{run('nested')}</w:p></w:tc></w:tr></w:tbl><w:p/>"), "nested"),
        (
            cell(f"<w:sdt><w:sdtContent><w:p>{run('in a control')}</w:p></w:sdtContent></w:sdt>"),
            "in a control",
        ),
        (cell("<w:p><w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r></w:p>"), ""),
    ],
)
def test_what_a_cell_says(target: str, words: str) -> None:
    assert one(target) == [("S-1.p1", words)]


def test_ids_with_the_marks_of_a_word_processor_are_known() -> None:
    sent = [Unit("S-1.p1", "sw", "en", "“Malipo” ni haki - sasa.")]
    body = table(
        HEAD, row("s\u20111.\u00adp1\u200f", '"Malipo"  ni haki – sasa.', "Payment."), row("x9", "y", "z")
    )
    found = check(sent, read_docx(docx(body)))
    assert (pairs(list(found.accepted)), [one.unit_id for one in found.unknown]) == (
        [("S-1.p1", "Payment.")],
        ["x9"],
    )


def test_rows_and_cells_that_were_deleted_with_tracking_are_gone() -> None:
    body = table(
        HEAD,
        row("S-1.p1", "a", "b"),
        row("S-1.p2", "c", "d", properties="<w:del/>"),
        row("S-1.p3", "e", cell("f", "<w:cellDel/>")),
    )
    assert pairs(read_docx(docx(body))) == [("S-1.p1", "b"), ("S-1.p3", "")]


def test_merged_cells_are_not_taken_for_whole_translations() -> None:
    body = table(
        HEAD,
        row("S-1.p1", "a", cell("both", '<w:vMerge w:val="restart"/>')),
        row("S-1.p2", "c", cell("<w:p/>", "<w:vMerge/>")),
        row("S-1.p3", cell("e and f", '<w:gridSpan w:val="2"/>')),
        row("S-1.p4", "g", "h"),
    )
    sent = [Unit(f"S-1.p{number}", "sw", "en", source) for number, source in enumerate("aceg", 1)]
    found = check(sent, read_docx(docx(body)))
    assert pairs(list(found.accepted)) == [("S-1.p4", "h")]
    assert [one.unit_id for one in found.incomplete] == ["S-1.p1", "S-1.p3"]
    assert [one.unit_id for one in found.empty] == ["S-1.p2"]
    assert [one.unit.target for one in found.incomplete if one.unit] == ["both", "e and f"]


def test_a_translation_below_the_locked_source_is_found() -> None:
    def edit(document: Any) -> None:
        document.tables[0].rows[1].cells[1].add_paragraph("In English, below.")

    back = read_docx(edited(write_docx(SENT), edit))
    assert pairs(back)[0] == (SENT[0].id, "In English, below.")
    assert back[0].source == SENT[0].source


def test_a_row_whose_id_was_lost_is_known_by_its_source() -> None:
    body = table(HEAD, row("", SENT[0].source, "Our stories."), row(SENT[2].id, SENT[2].source, "Pay."))
    found = check(SENT, read_docx(docx(body)))
    assert pairs(list(found.accepted)) == [(SENT[0].id, "Our stories."), (SENT[2].id, "Pay.")]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xd0\xcf\x11\xe0", "old-format"),
        (b"%PDF-1.7", "not-a-package"),
        (b"", "not-a-package"),
        (docx("<w:p/>"), "no-table"),
        (docx(table(row("Term", "Meaning"), row("Levy", "A charge"))), "no-table"),
        (docx("<w:p>" * 300 + "</w:p>" * 300), "too-deep"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, kind: str) -> None:
    with pytest.raises(Unusable) as caught:
        read_docx(data)
    assert caught.value.kind == kind


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_document_saved_again_by_libreoffice_is_understood(tmp_path: Path) -> None:
    units = [*SENT, Unit("S-2.p1", "ar", "fr", "النص الأصلي."), Unit("S-2.p2", "ar", "fr", "فقرة ثانية.")]
    sent = translated(units, lambda unit: f"“Traduit” – {unit.id}")
    written = tmp_path / "sent.docx"
    written.write_bytes(write_docx(sent))
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "docx",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path / "out"), str(written)],
        check=True,
        timeout=180,
        capture_output=True,
    )
    back = read_docx((tmp_path / "out" / "sent.docx").read_bytes())
    assert pairs(back) == pairs(sent)
    assert [one.source for one in back] == [one.source for one in sent]
    assert check(units, back).problems == ()
