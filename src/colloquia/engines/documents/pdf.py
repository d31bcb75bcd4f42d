"""PDF files: the text of every page."""

from __future__ import annotations

from colloquia.engines.documents import problems
from colloquia.engines.documents.cleaning import clean, join_paragraphs
from colloquia.engines.documents.extract import Extract, Source, Unreadable


def read(source: Source) -> Extract:
    """Return the pages' text with the offset at which each begins."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(source.path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable(problems.PASSWORD) from error
        raise Unreadable(problems.damaged(source.media_type, error)) from error
    pages = []
    for page in document:
        pages.append(join_paragraphs([clean(page.get_textpage().get_text_range())]))
    starts, text = [], ""
    for page in pages:
        text += "\n\n" if text else ""
        starts.append(len(text))
        text += page
    return Extract(text, tuple(starts), tool=f"pypdfium2 {pypdfium2.PYPDFIUM_INFO}")
