"""Files that the tests of the readers are made of."""

from __future__ import annotations

import zipfile
from pathlib import Path

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def docx(path: Path, body: str | bytes, parts: dict[str, str] | None = None, *, prolog: str = "") -> Path:
    """Write a Word document whose body is the given XML."""
    if isinstance(body, str):
        body = f"{prolog}<w:document {WORD}><w:body>{body}</w:body></w:document>".encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("word/document.xml", body)
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return path


def paragraph(text: str) -> str:
    """Return a paragraph of WordprocessingML."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def pdf(path: Path, pages: list[list[tuple[float, float, str]]], *, size: float = 11) -> Path:
    """Write a PDF; each page is a list of (x, y, text) in points from the lower left corner of A4."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=(595, 842))
    for lines in pages:
        canvas.setFont("Helvetica", size)
        for x, y, text in lines:
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return path


def raw_pdf(path: Path, objects: list[bytes]) -> Path:
    """Write a PDF from its objects; the first is the catalogue."""
    data = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, table, len(objects) + 1, len(data),
    )  # fmt: skip
    path.write_bytes(data + end)
    return path


def stream(dictionary: bytes, data: bytes) -> bytes:
    """Return a PDF stream object."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (dictionary, len(data), data)


FONT = b"/Font<</A<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"


def endless_pdf(path: Path, *, pages: int = 1, endless: int = 1) -> Path:
    """Write a PDF of which one page draws forms inside forms, 20 times at each of 12 levels."""
    kids = b" ".join(b"%d 0 R" % (3 + page) for page in range(pages))
    first_form = 3 + 2 * pages
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages)]
    objects += [
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
        b"/Resources<<%s/XObject<</F %d 0 R>>>>>>" % (3 + pages + page, FONT, first_form)
        for page in range(pages)
    ]
    objects += [
        stream(
            b"",
            b"/F Do " * 10
            if page + 1 == endless
            else b"BT /A 12 Tf 72 700 Td (Page %d says this.) Tj ET" % (page + 1),
        )
        for page in range(pages)
    ]
    for level in range(12):
        last = level == 11
        resources = b"/Resources<<%s>>" % (
            FONT if last else b"/XObject<</F %d 0 R>>" % (first_form + level + 1)
        )
        content = b"BT /A 12 Tf 10 10 Td (x) Tj ET" if last else b"/F Do " * 20
        objects.append(stream(b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]" + resources, content))
    return raw_pdf(path, objects)
