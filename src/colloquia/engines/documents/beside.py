"""What a file holds beside the text that was read from it: comments, hidden parts, names in its properties.

Whoever checks the text alone does not see it, and whoever is given the file does. It is counted, never told.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter

from colloquia.engines.documents import besides_markup as markup
from colloquia.engines.documents import besides_packed as packages
from colloquia.engines.documents import mediatypes as media
from colloquia.engines.documents.extract import Source
from colloquia.engines.records import ReadText

KINDS = {
    "comments": "Comments and annotations.",
    "changes": "Tracked insertions and deletions.",
    "hidden": "Parts that are hidden, or shown by no page of the text.",
    "properties": "Entries in its properties that are not in its text: author, company, title.",
    "links": "Addresses behind links that are not in its text.",
    "headers": "Lines of an e-mail about who wrote, to whom, and on which way it came.",
    "inside": "Files inside the file.",
    "pictures": "Pictures.",
    "form": "It is an answer form, filled in or empty.",
    "unread": "It was not read, or not whole.",
}
"""Every kind of thing that is found, with its meaning."""
_FORM = re.compile(r"colloquia-form:[\w-]{1,80}:\d{1,6}:")
_BOX = re.compile(r"^\W{0,4}R([1-8])\b", re.MULTILINE)
_BOXES_OF_A_FORM = 5
_FORM_PROBE = 1 << 20


def beside(source: Source, read: ReadText) -> tuple[tuple[str, int], ...]:
    """What was found, by kind and counted, in the order of ``KINDS``. Raises nothing but ``MemoryError``.

    A file that cannot be looked into counts as not read.
    """
    found: Counter[str] = Counter()
    if read.status != "read":
        found["unread"] += 1
    text = folded(read.text)
    try:
        if read.media_type in packages.PACKAGES:
            found += packages.of_package(source, text)
        elif read.media_type == media.PDF:
            found += packages.of_pdf(source, text)
        elif read.media_type == media.HTML:
            found += markup.of_page(source.data(), text)
        elif read.media_type == media.RTF:
            found += markup.of_rich_text(source.data())
        elif read.media_type == media.EML:
            found += markup.of_mail(source.data())
        elif read.media_type == media.MSG:
            found["headers"] += 1
        elif read.media_type in media.PICTURES:
            found += markup.of_picture(source.data())
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 -- whatever a hostile file does, it was not looked into
        found["unread"] = 1
    found["inside"] = max(found["inside"], len(read.attachments))
    if is_form(read) or found["form"]:
        found["form"] = 1
    return tuple((kind, found[kind]) for kind in KINDS if found[kind])


def is_form(read: ReadText) -> bool:
    """Whether it is an answer form, or holds one: by its mark, its boxes, or a form among its files."""
    if _FORM.search(read.text):
        return True
    if len(set(_BOX.findall(read.text))) >= _BOXES_OF_A_FORM:
        return True
    return any(_is_form_inside(data) for _name, data in read.attachments)


def folded(text: str) -> str:
    """A text as it is searched for what stands elsewhere in the file."""
    return " ".join(text.casefold().split())


def _is_form_inside(data: bytes) -> bool:
    if data[:2] != b"PK":
        return bool(_FORM.search(data[:_FORM_PROBE].decode("utf-8", "replace")))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in {"docProps/custom.xml", "word/document.xml"} & set(archive.namelist()):
                with archive.open(name) as stream:
                    piece = stream.read(_FORM_PROBE)
                if b"Colloquia." in piece or b"colloquia-form:" in piece:
                    return True
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        return False
    return False
