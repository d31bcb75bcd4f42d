"""Pictures of text (PNG, JPEG, TIFF and others): recognised by Tesseract where it is installed."""

from __future__ import annotations

from colloquia.engines.documents import problems
from colloquia.engines.documents.extract import Extract, Source
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
    pages = text.rstrip("\f").split("\f")
    starts, whole = [], ""
    for page in pages:
        whole += "\n\n" if whole and not whole.endswith("\n\n") else ""
        starts.append(len(whole))
        whole += page.strip()
    return Extract(
        whole,
        tuple(starts),
        notes=[problems.recognised(recogniser.tool)] if whole.strip() else [],
        tool=recogniser.tool,
        why_empty=problems.NO_TEXT_IN_PICTURE,
    )
