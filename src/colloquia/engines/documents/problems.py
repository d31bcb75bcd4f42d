"""Every sentence that tells people why a file was not read, or not whole, and what to do.

The sentences name no path and no function; docs/reference/documents.md lists them.
"""

from __future__ import annotations

from colloquia.engines.documents import mediatypes as media

EMPTY_FILE = "The file is empty (0 bytes); ask the sender for it again."
NOT_A_FILE = "This is not an ordinary file (a folder, a device or a broken link); give the file itself."
NO_TEXT = "The file was opened but holds no text; look at the original, and ask the sender if text was meant."
NO_VISIBLE_TEXT = "The page holds no visible text; it may be built by a script: save it from the browser as PDF and import that."
PASSWORD = "The file is protected by a password; ask the sender for a copy without one."
DOCTYPE = (
    "The file was refused because it declares XML entities, which no honest document of this kind does; "
    "ask the sender to save it again."
)
BOMB = (
    "The file was refused because it unpacks to far more than its own size; "
    "ask the sender for the document itself, saved again."
)
NOT_TEXT = (
    "The file is not text and not a document of a known kind; ask the sender for a PDF, DOCX, ODT or text file."
)
PICTURES_WITHOUT_OCR = (
    "The pages are pictures without text, and no text recognition is installed here; "
    "install Tesseract with the languages needed, or ask the sender for the text."
)
OCR_OFF = "The pages are pictures without text, and text recognition is switched off; switch it on, or ask for the text."
CRASHED = "The reading program crashed on this file, which is probably damaged; ask the sender to save it again."
MEMORY = "Reading the file needed more memory than is allowed; ask the sender for a smaller or simpler file."
PROCESSOR = "Reading the file took too long and was stopped; ask the sender for a smaller or simpler file."
WALL_CLOCK = "Reading the file came to a standstill and was stopped; ask the sender to save it again."
OUTPUT = "Reading the file gave more text than is allowed; ask the sender to split it."
GARBLED = "The reading program gave back a damaged answer for this file; ask the sender to save it again."

_REMEDIES = {
    media.DOC: "save it as DOCX or PDF and import that",
    media.PAGES: "export it from Pages as DOCX or PDF and import that",
    media.MSG: "save the message from Outlook as EML and import that",
    media.XLS: "save it as XLSX or CSV and give that as a table of responses, or save it as PDF",
    media.XLSX: "give it as a table of responses, or save it as PDF",
    media.ODS: "save it as XLSX or CSV and give that as a table of responses, or save it as PDF",
    media.PPT: "save it as PDF and import that",
    media.PPTX: "save it as PDF and import that",
    media.ODP: "save it as PDF and import that",
    media.EPUB: "save it as PDF or HTML and import that",
    media.POSTSCRIPT: "save it as PDF and import that",
    media.HEIC: "save the picture as JPEG or PNG and import that",
    media.ARCHIVE: "unpack it and import the files inside, or pack them as ZIP",
    media.RECORDING: "write down what is said and import the text",
    media.OLE: "save it as DOCX or PDF and import that",
}


def unsupported(media_type: str) -> str:
    """Say that no reader exists for this media type, and what to do instead."""
    if media_type == media.LOCKED_OFFICE:
        return PASSWORD
    if media_type == media.BINARY:
        return NOT_TEXT
    words = media.WORDS.get(media_type, media_type)
    remedy = _REMEDIES.get(media_type, "save it as PDF, DOCX or text and import that")
    return f"The file is {words}, which cannot be read here; {remedy}."


def mistyped(ending: str, media_type: str) -> str:
    """Say that name and content disagree."""
    return f"The name ends in .{ending} but the file is {media.WORDS.get(media_type, media_type)}, and was taken as that."


def too_large(size: int, limit: int) -> str:
    """Say that the file exceeds the limit, in megabytes."""
    return (
        f"The file has {size / 1048576:,.0f} MB, more than the {limit / 1048576:,.0f} MB allowed; "
        "ask the sender to split it or to shrink its pictures."
    )


def cannot_open(error: OSError) -> str:
    """Give the system's reason without the path."""
    return f"The file could not be opened ({(error.strerror or 'unknown reason').lower()}); check that it exists and may be read."


def damaged(media_type: str, error: Exception) -> str:
    """Say that the reader gave up; the error's kind helps whoever looks into it."""
    words = media.WORDS.get(media_type, media_type)
    return (
        f"The file looks like {words} but is damaged or incomplete ({type(error).__name__}); "
        "ask the sender to save it again."
    )


def cut_text(characters: int, limit: int) -> str:
    """Say that the end of the text was left out."""
    return (
        f"Only the first {limit:,} of {characters:,} characters were taken; the rest is not analysed: split the file."
    )


def undecodable(count: int, encoding: str) -> str:
    """Say how many places of a text could not be decoded."""
    return (
        f"{count:,} {'place' if count == 1 else 'places'} could not be decoded as {encoding} "
        "and stand as \N{REPLACEMENT CHARACTER}; ask the sender to save the file as UTF-8."
    )


def left_out(comments: int, deletions: int, hidden: int) -> list[str]:
    """Say what a word processor's file holds beside its text."""
    parts = [
        f"{count:,} {one if count == 1 else one + 's'}"
        for count, one in ((comments, "comment"), (deletions, "tracked deletion"), (hidden, "hidden piece"))
        if count
    ]
    if not parts:
        return []
    return [f"Not part of the text: {', '.join(parts)}; open the original to see them."]


def only_pictures(count: int) -> str:
    """Say that a document holds pictures and no text."""
    return f"The document holds no text, only pictures ({count:,}); ask the sender for the text, or save it as PDF."
