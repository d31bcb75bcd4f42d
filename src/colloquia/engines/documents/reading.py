"""One file to ``ReadText`` in the calling process: which reader, and what to say of the outcome."""

from __future__ import annotations

import stat
from collections.abc import Callable, Container
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from colloquia.engines.documents import mediatypes as media
from colloquia.engines.documents import problems
from colloquia.engines.documents.beside import beside
from colloquia.engines.documents.cleaning import clean
from colloquia.engines.documents.extract import Extract, Source, Unreadable, unwatched
from colloquia.engines.documents.limits import Limits
from colloquia.engines.documents.sniffing import HEAD, sniff
from colloquia.engines.records import ReadText

_READERS = {
    media.PDF: "pdf",
    media.DOCX: "word",
    media.ODT: "opendocument",
    media.HTML: "hypertext",
    media.RTF: "richtext",
    media.EML: "mail",
    media.ZIP: "packed",
    **dict.fromkeys(media.TEXTUAL, "plain"),
    **dict.fromkeys(media.PICTURES, "picture"),
}


def read(
    path: Path,
    *,
    name: str | None = None,
    limits: Limits | None = None,
    ocr: str = "auto",
    skip_pages: Container[int] = (),
    at_page: Callable[..., None] = unwatched,
) -> ReadText:
    """Return the text of one file with its pages, status, problem and attachments.

    ``name`` is what people call the file, ``path`` by default. ``ocr`` is ``auto``,
    ``off`` or Tesseract's language codes (``eng+ara``). Never raises for what is in the
    file; ``MemoryError`` passes through. Hostile files belong in ``Reader``, not here.
    """
    limits = limits or Limits()
    name = path.name if name is None else name
    try:
        head = _open(path, limits)
    except Unreadable as reason:
        by_name = media.BY_EXTENSION.get(media.extension(name), media.BINARY)
        return ReadText(text="", media_type=by_name, status="unreadable", problem=str(reason))
    media_type = sniff(name, head, path)
    if media_type == media.EMPTY:
        return ReadText(text="", media_type=media_type, status="empty", problem=problems.EMPTY_FILE)
    source = Source(path, name, media_type, limits, ocr, skip_pages, at_page)
    try:
        answer = _judge(_extract(source), source)
    except Unreadable as reason:
        problem = " ".join(filter(None, [_mistyped(name, media_type), str(reason)]))
        answer = ReadText(text="", media_type=media_type, status="unreadable", problem=problem)
    return replace(answer, beside=beside(source, answer))


def _open(path: Path, limits: Limits) -> bytes:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable(problems.NOT_A_FILE)
        if found.st_size > limits.file_bytes:
            raise Unreadable(problems.too_large(found.st_size, limits.file_bytes))
        with path.open("rb") as stream:
            return stream.read(HEAD)
    except OSError as error:
        raise Unreadable(problems.cannot_open(error)) from error


def _extract(source: Source) -> Extract:
    module = _READERS.get(source.media_type)
    if module is None:
        raise Unreadable(problems.unsupported(source.media_type))
    try:
        reader = import_module(f"colloquia.engines.documents.{module}")
        extract: Extract = reader.read(source)
    except (Unreadable, MemoryError):
        raise
    except Exception as error:
        raise Unreadable(problems.damaged(source.media_type, error)) from error
    return extract


def _judge(extract: Extract, source: Source) -> ReadText:
    text, starts, missing = extract.text, extract.page_starts, list(extract.missing)
    if len(text) > source.limits.characters:
        missing.append(problems.cut_text(len(text), source.limits.characters))
        text = text[: source.limits.characters]
        starts = tuple(start for start in starts if start < len(text))
    notes = [_mistyped(source.name, source.media_type), *extract.notes]
    if not text.strip() and not extract.attachments:
        # What was there and could not be read is not the same as nothing.
        status, text, starts = "unreadable" if missing else "empty", "", ()
        if not missing:
            notes.append(extract.why_empty or problems.NO_TEXT)
    else:
        status = "partial" if missing else "read"
    return ReadText(
        text=text,
        media_type=source.media_type,
        page_starts=starts,
        status=status,
        problem=clean(" ".join(filter(None, [*notes, *missing]))),
        tool=extract.tool,
        attachments=tuple(extract.attachments),
        mail_domain=extract.mail_domain,
    )


def _mistyped(name: str, media_type: str) -> str:
    ending = media.extension(name)
    expected = media.BY_EXTENSION.get(ending)
    if expected is None or media_type in (expected, media.BINARY) or {expected, media_type} <= media.TEXTUAL:
        return ""
    return problems.mistyped(ending, media_type)
