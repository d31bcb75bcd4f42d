"""PDF files: pages, paragraphs, margins, forms, passwords, and files that never end."""

from __future__ import annotations

from pathlib import Path

from colloquia.engines.documents import Limits, Reader, problems, read
from tests.engines.documents.samples import FONT, endless_pdf, pdf, raw_pdf, stream


def test_pages_begin_where_page_starts_says(tmp_path: Path) -> None:
    answer = read(pdf(tmp_path / "a.pdf", [[(72, 700, "First page.")], [], [(72, 700, "Third page.")]]))
    assert (answer.text, answer.page_starts) == ("First page.\n\nThird page.", (0, 11, 13))


def test_lines_become_paragraphs(tmp_path: Path) -> None:
    lines = [
        (72, 700, "We welcome the consultation of the office on the questions"),
        (72, 686, "that the paper raises, and answer three of them below in"),
        (72, 672, "short."),
        (72, 644, "Our second paragraph begins after a gap and runs over two"),
        (72, 630, "lines of the page."),
        (72, 602, "1. A numbered point of ours that is long enough to be full"),
        (72, 588, "2. Another numbered point."),
    ]
    assert read(pdf(tmp_path / "a.pdf", [lines])).text.split("\n\n") == [
        (
            "We welcome the consultation of the office on the questions that the paper raises, and answer "
            "three of them below in short."
        ),
        "Our second paragraph begins after a gap and runs over two lines of the page.",
        "1. A numbered point of ours that is long enough to be full",
        "2. Another numbered point.",
    ]


def test_a_paragraph_runs_over_the_end_of_a_page(tmp_path: Path) -> None:
    pages = [
        [(72, 100, "The rule should apply to every work that was made")],
        [(72, 700, "by a person with a machine.")],
    ]
    answer = read(pdf(tmp_path / "a.pdf", pages))
    assert answer.text == "The rule should apply to every work that was made by a person with a machine."
    assert answer.text[answer.page_starts[1] :] == "by a person with a machine."


def test_a_hyphen_goes_only_where_the_word_stands_unbroken_elsewhere(tmp_path: Path) -> None:
    lines = [
        (72, 700, "The consultation is welcome, and so is every other consul-"),
        (72, 686, "tation of this kind, which needs co-"),
        (72, 672, "operation."),
    ]
    assert read(pdf(tmp_path / "a.pdf", [lines])).text == (
        "The consultation is welcome, and so is every other consultation of this kind, which "
        "needs co-operation."
    )


def test_running_heads_stay_once_and_page_numbers_go(tmp_path: Path) -> None:
    pages = [
        [
            (72, 815, "Answer of the Example Guild"),
            (72, 700, f"{word} page says something else."),
            (280, 20, f"Page {page} of 4"),
        ]
        for page, word in enumerate(("First", "Second", "Third", "Fourth"), 1)
    ]
    answer = read(pdf(tmp_path / "a.pdf", pages))
    assert answer.text == (
        "Answer of the Example Guild\n\nFirst page says something else.\n\nSecond page says "
        "something else.\n\n"
        "Third page says something else.\n\nFourth page says something else."
    )
    assert [answer.text[start:][:5] for start in answer.page_starts] == ["Answe", "Secon", "Third", "Fourt"]


def test_repeated_sentences_outside_the_margins_stay(tmp_path: Path) -> None:
    pages = [[(72, 500, "No comment.")] for _ in range(4)]
    assert read(pdf(tmp_path / "a.pdf", pages)).text == "\n\n".join(["No comment."] * 4)


def test_what_was_typed_into_a_form_is_read(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "form.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(72, 720, "Do you agree?")
    canvas.acroForm.textfield(name="q1", value="Yes with conditions", x=72, y=680, width=300, height=20)
    canvas.save()
    assert read(path).text.split() == ["Do", "you", "agree?", "Yes", "with", "conditions"]


def test_a_password_is_named_as_the_reason(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), encrypt=StandardEncryption("user", "owner"))
    canvas.drawString(72, 700, "Secret.")
    canvas.save()
    answer = read(path)
    assert (answer.status, answer.text, answer.problem) == ("unreadable", "", problems.PASSWORD)


def test_pages_beyond_the_limit_are_named(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", [[(72, 700, f"Page {page} text.")] for page in range(1, 6)])
    answer = read(path, limits=Limits(pages=3))
    assert (answer.status, len(answer.page_starts), answer.problem) == (
        "partial",
        3,
        problems.cut_pages(3, 5),
    )


def test_characters_beyond_the_limit_are_counted(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", [[(72, 700, "012345678.")], [(72, 700, "abcdefghi.")]])
    answer = read(path, limits=Limits(characters=10))
    assert (answer.text, answer.page_starts, answer.status) == ("012345678.", (0,), "partial")
    assert answer.problem == problems.cut_text(22, 10)


def test_a_large_file_is_read(tmp_path: Path) -> None:
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<<%s/XObject<</I 5 0 R>>>>>>" % FONT
    )
    image = b"/Type/XObject/Subtype/Image/Width 4000/Height 3500/ColorSpace/DeviceRGB/BitsPerComponent 8"
    text = b"BT /A 12 Tf 72 700 Td (A sentence in forty megabytes.) Tj ET"
    path = raw_pdf(
        tmp_path / "a.pdf",
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream(b"", text),
         stream(image, bytes(4000 * 3500 * 3))],
    )  # fmt: skip
    assert path.stat().st_size > 40_000_000
    with Reader() as reader:
        assert reader.read(path).text == "A sentence in forty megabytes."


def test_an_endless_page_costs_only_itself(tmp_path: Path) -> None:
    path = endless_pdf(tmp_path / "a.pdf", pages=3, endless=2)
    with Reader(Limits(processor_seconds=1)) as reader:
        answer = reader.read(path)
    assert (answer.text, answer.status) == ("Page 1 says this.\n\nPage 3 says this.", "partial")
    assert answer.problem == problems.broken_pages([2])


def test_a_truncated_file_keeps_what_can_be_had_or_gives_the_reason(tmp_path: Path) -> None:
    data = pdf(tmp_path / "whole.pdf", [[(72, 700, "Text.")]]).read_bytes()
    for length in (20, len(data) // 2, len(data) - 30):
        path = tmp_path / "cut.pdf"
        path.write_bytes(data[:length])
        answer = read(path)
        assert answer.text == "Text." or answer.problem == problems.damaged("application/pdf", _Pdfium())


class PdfiumError(Exception):
    """Has the name that the message shows."""


_Pdfium = PdfiumError
