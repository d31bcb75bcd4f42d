"""What kind of file it is: by its content first, by its name where content does not tell."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from colloquia.engines.documents import mediatypes as media
from colloquia.engines.documents.charsets import bare_utf16, is_binary

HEAD = 8192

_SIGNATURES = (
    (b"{\\rtf", media.RTF),
    (b"\x89PNG\r\n\x1a\n", media.PNG),
    (b"\xff\xd8\xff", media.JPEG),
    (b"II*\x00", media.TIFF),
    (b"MM\x00*", media.TIFF),
    (b"GIF87a", media.GIF),
    (b"GIF89a", media.GIF),
    (b"BM", media.BMP),
    (b"%!PS", media.POSTSCRIPT),
    (b"\x1f\x8b", media.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", media.ARCHIVE),
    (b"Rar!\x1a", media.ARCHIVE),
    (b"BZh", media.ARCHIVE),
    (b"\xfd7zXZ\x00", media.ARCHIVE),
    (b"ID3", media.RECORDING),
    (b"OggS", media.RECORDING),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("EncryptedPackage", media.LOCKED_OFFICE),
    ("__properties_version1.0", media.MSG),
    ("WordDocument", media.DOC),
    ("Workbook", media.XLS),
    ("PowerPoint Document", media.PPT),
)
_OPEN_DOCUMENT = (media.ODT, media.ODS, media.ODP, media.EPUB)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|script|style)\b",
    re.IGNORECASE | re.DOTALL,
)
_FLAT_ODT = re.compile(rb"<office:document\b[^>]*opendocument\.text", re.DOTALL)
_HEADER = re.compile(
    rb"^(from|to|cc|subject|date|received|return-path|message-id|mime-version|content-type|delivered-to|"
    rb"content-transfer-encoding|reply-to|sender|x-[\w-]+|dkim-signature|thread-topic|references|in-reply-to):",
    re.IGNORECASE,
)
_MAIL_ONLY = {b"received", b"return-path", b"message-id", b"mime-version", b"delivered-to", b"dkim-signature"}


def sniff(name: str, head: bytes, path: Path | None = None) -> str:
    """Return the media type of a file from its name and first bytes (``HEAD`` are enough).

    With ``path``, the inside of ZIP and Office containers is looked at too. Never raises.
    """
    by_name = media.BY_EXTENSION.get(media.extension(name), "")
    if not head:
        return media.EMPTY
    if head.startswith(_ZIP):
        return _zipped(head, path, by_name)
    if head.startswith(_OLE):
        return _office(head, path, by_name)
    if b"%PDF-" in head[:1024]:
        return media.PDF
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature) and (signature != b"BM" or _is_bitmap(head)):
            return media_type
    if head[:4] == b"RIFF":
        return media.WEBP if head[8:12] == b"WEBP" else media.RECORDING
    if head[4:8] == b"ftyp":
        return media.HEIC if head[8:11] in (b"hei", b"hev", b"mif") else media.RECORDING
    return _text(head, by_name)


def _is_bitmap(head: bytes) -> bool:
    return len(head) > 30 and head[6:10] == b"\0\0\0\0"


def _text(head: bytes, by_name: str) -> str:
    plain = _without_wide_characters(head)
    if plain is None:
        return media.BINARY
    if _HTML.match(plain):
        return media.HTML
    if _FLAT_ODT.search(plain):
        return media.ODT
    if _is_mail(plain, by_name):
        return media.EML
    if by_name in media.TEXTUAL or by_name == media.HTML:
        return by_name
    if plain.lstrip().startswith(b"<?xml"):
        return media.XML
    return media.TEXT


def _without_wide_characters(head: bytes) -> bytes | None:
    """Return the head as single bytes where it is text in any encoding, ``None`` where it is binary."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        return head.replace(b"\0", b"")[2:]
    head = head.removeprefix(b"\xef\xbb\xbf")
    wide = bare_utf16(head)
    if wide:
        return head.decode(wide, "ignore").encode()
    return None if is_binary(head) else head


def _is_mail(plain: bytes, by_name: str) -> bool:
    if by_name not in (media.EML, media.TEXT, ""):
        return False
    names = set()
    for line in plain.removeprefix(b"From ").splitlines()[:60]:
        if not line.strip():
            break
        found = _HEADER.match(line)
        if found:
            names.add(found[1].lower())
        elif names and line[:1] not in b" \t" and not re.match(rb"[\w-]+:", line):
            break
    wanted = 1 if by_name == media.EML else 3
    return len(names) >= wanted and (by_name == media.EML or bool(names & _MAIL_ONLY))


def _zipped(head: bytes, path: Path | None, by_name: str) -> str:
    if head[30:38] == b"mimetype":
        for media_type in _OPEN_DOCUMENT:
            if head[38:].startswith(media_type.encode()):
                return media_type
    names = _zip_names(path)
    if names is None:
        names = {found.decode("latin-1") for found in re.findall(rb"[\w./\[\]-]{5,60}", head)}
        if not any(name.startswith(("word/", "xl/", "ppt/")) for name in names):
            return by_name if by_name in (media.DOCX, media.XLSX, media.PPTX, media.ODT) else media.ZIP
    for folder, media_type in (("word/", media.DOCX), ("xl/", media.XLSX), ("ppt/", media.PPTX)):
        if "[Content_Types].xml" in names and any(name.startswith(folder) for name in names):
            return media_type
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        return by_name if by_name in (media.ODS, media.ODP) else media.ODT
    if "Index/Document.iwa" in names or ("index.xml" in names and by_name == media.PAGES):
        return media.PAGES
    return media.ZIP


def _zip_names(path: Path | None) -> set[str] | None:
    if path is None:
        return None
    try:
        with zipfile.ZipFile(path) as archive:
            return set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError):
        return None


def _office(head: bytes, path: Path | None, by_name: str) -> str:
    content = head
    if path is not None:
        try:
            with path.open("rb") as stream:
                content = stream.read(64 * 1024 * 1024)
        except OSError:
            content = head
    for stream_name, media_type in _OLE_STREAMS:
        if stream_name.encode("utf-16-le") in content:
            return media_type
    return by_name if by_name in (media.DOC, media.XLS, media.PPT, media.MSG) else media.OLE
