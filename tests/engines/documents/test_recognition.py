"""Scans: recognised where Tesseract is installed, and otherwise said to be pictures."""

from __future__ import annotations

from pathlib import Path

import pytest

from colloquia.engines.documents import Limits, Reader, problems
from colloquia.engines.documents.pdf import _render
from colloquia.engines.documents.recognition import installed
from tests.engines.documents.samples import pdf, raw_pdf, stream

SENTENCE = "The guild supports a licence for every use of a work in training."


def _scan(folder: Path, pages: int = 1) -> Path:
    """Write a PDF whose pages are pictures of a page of text."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf(folder / "text.pdf", [[(72, 700, SENTENCE)]])) as document:
        grey = _render(document[0])
    _, width, height, _ = grey.split(maxsplit=3)
    pixels = grey[-int(width) * int(height) :]
    kids = b" ".join(b"%d 0 R" % (3 + page) for page in range(pages))
    picture = 3 + pages
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R" % (picture + 1)
    page += b"/Resources<</XObject<</I %d 0 R>>>>>>" % picture
    image = b"/Type/XObject/Subtype/Image/Width %s/Height %s/ColorSpace/DeviceGray/BitsPerComponent 8" % (
        width,
        height,
    )
    return raw_pdf(
        folder / "scan.pdf",
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
            *[page] * pages,
            stream(image, pixels),
            stream(b"", b"q 595 0 0 842 0 0 cm /I Do Q"),
        ],
    )


@pytest.mark.skipif("eng" not in installed()[1], reason="Tesseract with English is not installed")
def test_a_scan_is_recognised_and_said_to_be(tmp_path: Path) -> None:
    with Reader() as reader:
        answer = reader.read(_scan(tmp_path))
    assert (answer.text, answer.status, answer.page_starts) == (SENTENCE, "read", (0,))
    assert answer.problem == problems.recognised(answer.tool.partition(", ")[2])


@pytest.mark.skipif("eng" not in installed()[1], reason="Tesseract with English is not installed")
def test_pages_beyond_the_share_of_recognition_are_named(tmp_path: Path) -> None:
    with Reader(Limits(ocr_pages=1), ocr="eng") as reader:
        answer = reader.read(_scan(tmp_path, pages=3))
    assert (answer.text, answer.status) == (SENTENCE, "partial")
    assert answer.problem.endswith(problems.unrecognised([2, 3]))


def test_a_scan_without_recognition_gives_reason_and_remedy(tmp_path: Path) -> None:
    with Reader(ocr="off") as reader:
        answer = reader.read(_scan(tmp_path, pages=2))
    assert (answer.text, answer.status) == ("", "unreadable")
    assert answer.problem == problems.on_pages([1, 2], problems.OCR_OFF)
