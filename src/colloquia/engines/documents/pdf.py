"""PDF files: pages to paragraphs, with form entries, attached files, and scans recognised."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from colloquia.engines.documents import problems
from colloquia.engines.documents.extract import Extract, Source, Unreadable
from colloquia.engines.documents.filenames import safe_name, unique_names
from colloquia.engines.documents.layout import Line, page_lines
from colloquia.engines.documents.margins import without_margins
from colloquia.engines.documents.paragraphs import compose, rejoined
from colloquia.engines.documents.recognition import Recogniser

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_RESOLUTION = 300
_MOST_PIXELS = 40_000_000
_FEW_CHARACTERS = 16
_NO_LETTERS = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")


def read(source: Source) -> Extract:
    """Return the text, every page's beginning in ``page_starts``.

    Pages that cannot be read, and pages beyond a limit, are named in ``missing``.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(source.path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise Unreadable(problems.PASSWORD) from error
        raise Unreadable(problems.damaged(source.media_type, error)) from error
    with document:
        if len(document) == 0:
            raise Unreadable(problems.damaged(source.media_type, ValueError()))
        if document.get_formtype():
            document.init_forms()
        pages = _Pages(document, source)
        pages.read()
        attachments = _attachments(document, source)
    text, starts = compose(without_margins(pages.lines))
    return Extract(
        text,
        starts,
        missing=pages.missing(),
        notes=pages.notes(),
        attachments=attachments,
        tool=f"pypdfium2 {pypdfium2.PYPDFIUM_INFO}"
        + (f", {pages.recogniser.tool}" if pages.recognised else ""),
    )


class _Pages:
    """Reads page after page and keeps account of those that failed."""

    def __init__(self, document: PdfDocument, source: Source) -> None:
        self._document = document
        self._count = len(document)
        self._source = source
        self.recogniser = Recogniser(source)
        self.lines: list[list[Line]] = []
        self.recognised: list[int] = []
        self._failed: list[int] = []
        self._scans: list[int] = []
        self._unrecognised: list[int] = []
        self._cut_at = 0

    def read(self) -> None:
        """Fill ``lines`` with the lines of every page, none for a page that failed."""
        for number in range(1, self._count + 1):
            if number > self._source.limits.pages or self._source.out_of_time():
                self._cut_at = number
                return
            self.lines.append([])
            if number in self._source.skip_pages:
                self._failed.append(number)
                continue
            self._source.at_page(number)
            try:
                self.lines[-1] = self._page(number)
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001 -- one broken page must not cost the others
                self._failed.append(number)

    def missing(self) -> list[str]:
        """Say which pages are not in the text, and why."""
        scans = problems.OCR_OFF if self._source.ocr == "off" else problems.PICTURES_WITHOUT_OCR
        return [
            *([problems.broken_pages(self._failed)] if self._failed else []),
            *([problems.on_pages(self._scans, scans)] if self._scans else []),
            *([problems.unrecognised(self._unrecognised)] if self._unrecognised else []),
            *([problems.cut_pages(self._cut_at - 1, self._count)] if self._cut_at else []),
        ]

    def notes(self) -> list[str]:
        """Say which pages were recognised from pictures."""
        if not self.recognised:
            return []
        return [problems.recognised(self.recogniser.tool, self.recognised, self._count)]

    def _page(self, number: int) -> list[Line]:
        page = self._document[number - 1]
        try:
            if self._document.formenv:
                # What people typed into a form is drawn onto the page, and is then text like any other.
                page.flatten()
                page.close()
                page = self._document[number - 1]
            with_text = page.get_textpage()
            try:
                lines = page_lines(with_text, page.get_height())
            finally:
                with_text.close()
            return self._recognised(page, number) if _is_scan(page, lines) else lines
        finally:
            page.close()

    def _recognised(self, page: PdfPage, number: int) -> list[Line]:
        if not self.recogniser.available:
            self._scans.append(number)
            return []
        self._source.at_page(number, True)
        text = None if self.recogniser.exhausted() else self.recogniser.recognise(_render(page))
        if text is None:
            self._unrecognised.append(number)
            return []
        if text.strip():
            self.recognised.append(number)
        return [Line.bare(paragraph) for paragraph in rejoined(text)]


def _is_scan(page: PdfPage, lines: list[Line]) -> bool:
    """Tell whether a page shows text that cannot be had but by looking at it."""
    from pypdfium2 import raw

    text = "".join(line.text for line in lines)
    solid = len(text.replace(" ", ""))
    if solid > _FEW_CHARACTERS:
        return len(_NO_LETTERS.findall(text)) > 0.3 * solid
    return next(iter(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=5)), None) is not None


def _render(page: PdfPage) -> bytes:
    """Return the page in grey as a PGM picture, which needs no imaging library."""
    width, height = page.get_size()
    scale = min(_RESOLUTION / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    stride, pixels = bitmap.stride, memoryview(bitmap.buffer).cast("B")
    rows = (bytes(pixels[row * stride : row * stride + bitmap.width]) for row in range(bitmap.height))
    return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(rows)


def _attachments(document: PdfDocument, source: Source) -> list[tuple[str, bytes]]:
    import pypdfium2

    files: list[tuple[str, bytes]] = []
    total = 0
    for index in range(min(document.count_attachments(), source.limits.attachments)):
        try:
            attachment = document.get_attachment(index)
            name, data = attachment.get_name(), bytes(attachment.get_data())
        except (pypdfium2.PdfiumError, UnicodeError, ValueError):
            continue
        total += len(data)
        if total > source.limits.attachment_bytes:
            break
        files.append((safe_name(name), data))
    names = unique_names([name for name, _ in files])
    return list(zip(names, (data for _, data in files), strict=True))
