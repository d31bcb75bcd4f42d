"""Word documents: what is text, in which order, and what is said of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from colloquia.engines.documents import Limits, problems, read
from tests.engines.documents.samples import WORD, docx, paragraph


def _text(tmp_path: Path, body: str, parts: dict[str, str] | None = None) -> str:
    return read(docx(tmp_path / "a.docx", body, parts)).text


def test_paragraphs_are_parted_by_blank_lines(tmp_path: Path) -> None:
    assert _text(tmp_path, paragraph("One.") + paragraph("") + paragraph("Two.")) == "One.\n\nTwo."


def test_tabs_breaks_and_hyphens_are_kept(tmp_path: Path) -> None:
    run = "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>"
    assert _text(tmp_path, f"<w:p>{run}</w:p>") == "a\tb\nc\u2011d"


def test_rows_of_short_cells_are_lines_of_one_paragraph(tmp_path: Path) -> None:
    row = "<w:tr><w:tc>" + paragraph("Country") + "</w:tc><w:tc>" + paragraph("{}") + "</w:tc></w:tr>"
    table = "<w:tbl>" + row.replace("{}", "first") + row.replace("{}", "second") + "</w:tbl>"
    assert _text(tmp_path, paragraph("Before.") + table + paragraph("After.")) == (
        "Before.\n\nCountry\tfirst\nCountry\tsecond\n\nAfter."
    )


def test_a_row_with_a_long_answer_becomes_paragraphs(tmp_path: Path) -> None:
    answer = paragraph("First part.") + paragraph("Second part.")
    table = f"<w:tbl><w:tr><w:tc>{paragraph('Question')}</w:tc><w:tc>{answer}</w:tc></w:tr></w:tbl>"
    assert _text(tmp_path, table) == "Question\n\nFirst part.\n\nSecond part."


def test_footnotes_follow_the_body_and_headers_come_last_once(tmp_path: Path) -> None:
    parts = {
        "word/footnotes.xml": (
            f"<w:footnotes {WORD}><w:footnote>{paragraph('A note.')}</w:footnote></w:footnotes>"
        ),
        "word/header1.xml": f"<w:hdr {WORD}>{paragraph('Example Guild')}</w:hdr>",
        "word/header2.xml": f"<w:hdr {WORD}>{paragraph('Example Guild')}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {WORD}>{paragraph('12')}</w:ftr>",
    }
    assert _text(tmp_path, paragraph("Body."), parts) == "Body.\n\nA note.\n\nExample Guild"


def test_tracked_changes_are_taken_as_accepted_and_counted(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>We </w:t></w:r><w:del><w:r><w:delText>oppose</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>support</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p>"
    )
    comments = {
        "word/comments.xml": f"<w:comments {WORD}><w:comment>{paragraph('Really?')}</w:comment></w:comments>"
    }
    answer = read(docx(tmp_path / "a.docx", body, comments))
    assert (answer.text, answer.status, answer.problem) == (
        "We support",
        "read",
        "Not part of the text: 1 comment, 1 tracked deletion, 1 hidden piece; open the original to see them.",
    )


def test_a_text_box_is_read_once_though_it_is_written_twice(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('In the box.')}</w:txbxContent>"
    body = (
        '<w:p><w:r><w:t>Round it.</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice>'
        f"{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert sorted(_text(tmp_path, body).split("\n\n")) == ["In the box.", "Round it."]


@pytest.mark.parametrize(
    ("prolog", "word"),
    [
        ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>', "e"),
        ('<!DOCTYPE x [<!ENTITY e "harmless">]>', "e"),
    ],
)
def test_entities_are_refused(tmp_path: Path, prolog: str, word: str) -> None:
    answer = read(docx(tmp_path / "a.docx", paragraph(f"&{word};"), prolog=prolog))
    assert (answer.status, answer.text, answer.problem) == ("unreadable", "", problems.DOCTYPE)


def test_a_billion_laughs_cost_nothing(tmp_path: Path) -> None:
    entities = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + level)} "{f"&{chr(97 + level)};" * 10}">' for level in range(9)
    )
    answer = read(docx(tmp_path / "a.docx", paragraph("&j;"), prolog=f"<!DOCTYPE x [{entities}]>"))
    assert (answer.status, answer.text) == ("unreadable", "")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    answer = read(docx(tmp_path / "a.docx", b"<x>" + b" " * 20_000_000 + b"</x>"))
    assert (answer.status, answer.problem) == ("unreadable", problems.BOMB)


def test_all_parts_together_are_bounded(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", paragraph("word " * 2000))
    assert read(path, limits=Limits(unpacked_bytes=5000)).problem == problems.BOMB


def test_deep_nesting_is_walked_without_recursion(tmp_path: Path) -> None:
    body = "<w:sdt>" * 1500 + paragraph("Deep.") + "</w:sdt>" * 1500
    assert _text(tmp_path, body) == "Deep."


def test_a_document_of_pictures_says_so(tmp_path: Path) -> None:
    answer = read(docx(tmp_path / "a.docx", paragraph(""), {"word/media/image1.png": "x"}))
    assert (answer.status, answer.problem) == ("empty", problems.only_pictures(1))
