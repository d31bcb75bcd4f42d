"""Papers in Word: numbers that Word counts, headings, and files that mean harm."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from colloquia.engines.papers.reading import read_draft
from tests.engines.papers.documents import NAMESPACE, RELATIONS, TYPES, official, paragraph, run, write


def read(path: Path):
    return read_draft(path, path.name)


def references(draft) -> list[str]:
    return [question.paragraphs for issue in draft.issues for question in issue.questions]


def test_automatic_numbers_headings_and_restarts(tmp_path):
    draft = read(official(tmp_path / "paper.docx"))
    assert (draft.title, draft.symbol) == ("Revised Paper on Machines", "EX/AI/2/1 REV.")
    assert [(issue.number, issue.title, issue.section) for issue in draft.issues] == [
        ("2", "Inventorship and Ownership", "Patents"),
        ("8", "Infringement and Exceptions", "Patents"),
    ]
    assert references(draft) == ["2(i)", "2(ii)", "3(i)", "3(ii)", "4"]
    assert draft.issues[0].context == "Machines take part in inventing."
    assert draft.issues[1].paragraphs == "3–4"
    assert draft.issues[1].questions[0].context == "Works are used to train machines:"
    assert (
        draft.issues[1].questions[2].text == "Which of these should be considered? (a) licences; (b) levies."
    )
    assert draft.remarks == ()


def test_typed_numbers_in_three_kinds(tmp_path):
    path = write(
        tmp_path / "typed.docx",
        paragraph("Issue 1: Data"),
        paragraph("12. Are new rights needed?"),
        paragraph("(a) Which data would they cover?"),
        paragraph("(i) Personal data?"),
        paragraph("(ii) Sensor data?"),
        paragraph("(b) Who would own them?"),
        paragraph("13. 2020 was a year of change."),
        paragraph("(h) Is there an eighth?"),
        paragraph("(i) Is the ninth a letter?"),
        numbering="",
    )
    assert references(read(path)) == ["12", "12(a)", "12(a)(i)", "12(a)(ii)", "12(b)", "13(h)", "13(i)"]


def test_arabic_paper_with_arabic_digits(tmp_path):
    path = write(
        tmp_path / "ar.docx",
        paragraph("القضية ٧: التعدي والاستثناءات"),
        paragraph("١٢. هل يعد استخدام المصنفات دون تصريح تعديا؟"),
        paragraph("(أ) هل يلزم استثناء صريح؟"),
    )
    draft = read(path)
    assert [(issue.number, issue.title) for issue in draft.issues] == [("7", "التعدي والاستثناءات")]
    assert references(draft) == ["12", "12(أ)"]


def test_chinese_and_french_headings(tmp_path):
    path = write(
        tmp_path / "zh.docx",
        paragraph("议题8：侵权与例外"),
        paragraph("3. 未经许可的使用是否构成侵权？"),
        paragraph("Question n° 9 : Hypertrucages"),
        paragraph("4. Le droit d’auteur convient-il ?"),
    )
    assert [(issue.number, issue.title) for issue in read(path).issues] == [
        ("8", "侵权与例外"),
        ("9", "Hypertrucages"),
    ]


def test_tracked_changes_are_taken_as_accepted(tmp_path):
    inserted = f'<w:ins w:id="1" w:author="x">{run("machines")}</w:ins>'
    deleted = '<w:del w:id="2" w:author="x"><w:r><w:delText>animals</w:delText></w:r></w:del>'
    path = write(
        tmp_path / "tracked.docx",
        paragraph("Issue 1: Authors"),
        paragraph(number=1, runs=run("Can ") + deleted + inserted + run(" be authors?")),
        paragraph(
            runs=run("2. Is this half "),
            marks='<w:rPr><w:del w:id="3" w:author="x"/></w:rPr>',
        ),
        paragraph("of a question?"),
    )
    draft = read(path)
    assert [question.text for question in draft.issues[0].questions] == [
        "Can machines be authors?",
        "Is this half of a question?",
    ]
    assert ["1 tracked deletions" in remark.message for remark in draft.remarks] == [True]


def test_footnotes_boxes_and_tables_are_told(tmp_path):
    notes = (
        f'<w:footnotes {NAMESPACE}><w:footnote w:type="separator" w:id="0"/>'
        '<w:footnote w:id="2"/></w:footnotes>'
    )
    box = f"<w:r><w:pict><w:txbxContent>{paragraph('Is this boxed?')}</w:txbxContent></w:pict></w:r>"
    cell = f"<w:tbl><w:tr><w:tc>{paragraph('2. Is this in a table?')}</w:tc></w:tr></w:tbl>"
    path = write(
        tmp_path / "odd.docx",
        paragraph("Issue 1: Odd"),
        paragraph(runs=run("1. Is this plain?") + box),
        cell,
        parts={"word/footnotes.xml": notes},
    )
    draft = read(path)
    assert references(draft) == ["1", "2"]
    assert [remark.message for remark in draft.remarks] == [
        "hold 1 of the questions; check that they are questions.",
        "1 footnotes or endnotes are left out; read them in the file.",
        "1 text boxes are left out; move their text into the body.",
    ]


def test_no_numbers_are_told_and_kept(tmp_path):
    path = write(
        tmp_path / "bare.docx", paragraph("Issue 1: Bare"), paragraph("Is this numbered?"), numbering=""
    )
    draft = read(path)
    assert references(draft) == [""]
    assert [(remark.where, remark.serious) for remark in draft.remarks] == [
        ("paragraph 2 of the file", False)
    ]


def test_headings_of_the_deepest_level_are_issues_where_none_says_so(tmp_path):
    path = write(
        tmp_path / "plain.docx",
        paragraph("A paper", style="Title"),
        paragraph("Data", style="Heading1"),
        paragraph("Rights in data", style="Heading2"),
        paragraph("Are they needed?", number=1),
    )
    draft = read(path)
    assert [(issue.title, issue.section) for issue in draft.issues] == [("Rights in data", "Data")]
    assert [remark.where for remark in draft.remarks] == ["the headings"]


def test_number_in_a_style_counts(tmp_path):
    path = write(
        tmp_path / "style.docx",
        paragraph("Issue 1: Styles"),
        paragraph("Is this one?", style="Onlined"),
        paragraph("Is this two?", style="Onlined"),
    )
    assert references(read(path)) == ["1", "2"]


def test_text_without_issues_is_refused_with_a_remedy(tmp_path):
    draft = read(write(tmp_path / "letter.docx", paragraph("Dear colleagues, how are you?")))
    assert [remark.serious for remark in draft.remarks] == [True]
    assert "give the issues headings in Word" in draft.remarks[0].message


def test_zip_bomb_is_refused(tmp_path):
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", b" " * 300_000_000)
    draft = read(path)
    assert [remark.serious for remark in draft.remarks] == [True]
    assert draft.issues == ()


@pytest.mark.parametrize(
    "xml",
    [
        "<w:document",
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><d>&b;</d>',
        "",
    ],
    ids=["broken", "entities", "empty"],
)
def test_damaged_document_is_refused(tmp_path, xml):
    path = tmp_path / "bad.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", xml)
    draft = read(path)
    assert [remark.serious for remark in draft.remarks] == [True]


def test_other_kinds_of_files_are_refused(tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"%PDF-1.7\n")
    assert "save it in one of these forms" in read(path).remarks[0].message
