"""Pictures of text (PNG, JPEG, TIFF and others): recognised by Tesseract where it is installed."""

from __future__ import annotations

from colloquia.engines.documents import problems
from colloquia.engines.documents.extract import Extract, Source
from colloquia.engines.documents.layout import Line
from colloquia.engines.documents.paragraphs import compose, rejoined
from colloquia.engines.documents.recognition import Recogniser


def read(source: Source) -> Extract:
    """Return the recognised text; a TIFF with several pictures has several pages.

    Raises ``Unreadable`` where nothing is installed for it or it is switched off.
    """
    recogniser = Recogniser(source)
    recogniser.demand()
    source.at_page(1, True)
    text = recogniser.recognise(source.data())
    if text is None:
        return Extract("", missing=[problems.unrecognised([1])])
    pages = [
        [Line.bare(paragraph) for paragraph in rejoined(page)] for page in text.rstrip("\f\n").split("\f")
    ]
    whole, starts = compose(pages)
    return Extract(
        whole,
        starts,
        notes=[problems.recognised(recogniser.tool)] if whole.strip() else [],
        tool=recogniser.tool,
        why_empty=problems.NO_TEXT_IN_PICTURE,
    )
