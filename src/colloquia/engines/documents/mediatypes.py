"""The media types that the readers know, with the words people use for them."""

from __future__ import annotations

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODP = "application/vnd.oasis.opendocument.presentation"
EPUB = "application/epub+zip"
PAGES = "application/vnd.apple.pages"
HTML = "text/html"
TEXT = "text/plain"
MARKDOWN = "text/markdown"
CSV = "text/csv"
TSV = "text/tab-separated-values"
JSON = "application/json"
XML = "application/xml"
RTF = "application/rtf"
EML = "message/rfc822"
MSG = "application/vnd.ms-outlook"
DOC = "application/msword"
XLS = "application/vnd.ms-excel"
PPT = "application/vnd.ms-powerpoint"
OLE = "application/x-ole-storage"
LOCKED_OFFICE = "application/x-encrypted-office"
ZIP = "application/zip"
PNG = "image/png"
JPEG = "image/jpeg"
TIFF = "image/tiff"
GIF = "image/gif"
BMP = "image/bmp"
WEBP = "image/webp"
HEIC = "image/heic"
POSTSCRIPT = "application/postscript"
ARCHIVE = "application/x-archive"
RECORDING = "application/x-recording"
BINARY = "application/octet-stream"
EMPTY = "application/x-empty"

WORDS = {
    PDF: "a PDF",
    DOCX: "a Word document (DOCX)",
    XLSX: "an Excel workbook (XLSX)",
    PPTX: "a PowerPoint presentation (PPTX)",
    ODT: "an OpenDocument text (ODT)",
    ODS: "an OpenDocument spreadsheet (ODS)",
    ODP: "an OpenDocument presentation (ODP)",
    EPUB: "an e-book (EPUB)",
    PAGES: "an Apple Pages document",
    HTML: "a web page (HTML)",
    TEXT: "plain text",
    MARKDOWN: "Markdown",
    CSV: "a table (CSV)",
    TSV: "a table (TSV)",
    JSON: "JSON",
    XML: "XML",
    RTF: "rich text (RTF)",
    EML: "an e-mail message (EML)",
    MSG: "an Outlook message (MSG)",
    DOC: "an old Word document (DOC)",
    XLS: "an old Excel workbook (XLS)",
    PPT: "an old PowerPoint presentation (PPT)",
    OLE: "an old Microsoft Office file",
    LOCKED_OFFICE: "an Office document with a password",
    ZIP: "a ZIP archive",
    PNG: "a picture (PNG)",
    JPEG: "a picture (JPEG)",
    TIFF: "a picture (TIFF)",
    GIF: "a picture (GIF)",
    BMP: "a picture (BMP)",
    WEBP: "a picture (WebP)",
    HEIC: "a picture (HEIC)",
    POSTSCRIPT: "a PostScript file",
    ARCHIVE: "a compressed archive",
    RECORDING: "a sound or video recording",
    BINARY: "a file of an unknown kind",
    EMPTY: "an empty file",
}

BY_EXTENSION = {
    "pdf": PDF, "docx": DOCX, "docm": DOCX, "dotx": DOCX, "xlsx": XLSX, "xlsm": XLSX, "pptx": PPTX,
    "odt": ODT, "ott": ODT, "fodt": ODT, "ods": ODS, "odp": ODP, "epub": EPUB, "pages": PAGES,
    "html": HTML, "htm": HTML, "xhtml": HTML, "txt": TEXT, "text": TEXT, "md": MARKDOWN,
    "markdown": MARKDOWN, "csv": CSV, "tsv": TSV, "json": JSON, "jsonl": JSON, "xml": XML, "rtf": RTF,
    "eml": EML, "mht": EML, "mhtml": EML, "msg": MSG, "doc": DOC, "dot": DOC, "xls": XLS, "ppt": PPT,
    "zip": ZIP, "png": PNG, "jpg": JPEG, "jpeg": JPEG, "tif": TIFF, "tiff": TIFF, "gif": GIF,
    "bmp": BMP, "webp": WEBP, "heic": HEIC, "heif": HEIC, "ps": POSTSCRIPT, "eps": POSTSCRIPT,
    "gz": ARCHIVE, "7z": ARCHIVE, "rar": ARCHIVE, "tar": ARCHIVE, "bz2": ARCHIVE, "xz": ARCHIVE,
    "mp3": RECORDING, "mp4": RECORDING, "wav": RECORDING, "m4a": RECORDING, "ogg": RECORDING,
    "mov": RECORDING,
}  # fmt: skip

TEXTUAL = frozenset({TEXT, MARKDOWN, CSV, TSV, JSON, XML})
PICTURES = frozenset({PNG, JPEG, TIFF, GIF, BMP, WEBP})


def extension(name: str) -> str:
    """Return the last extension of ``name``, in lower case and without its dot, or an empty string."""
    stem, dot, last = name.rpartition(".")
    return last.strip().lower() if dot and stem else ""
