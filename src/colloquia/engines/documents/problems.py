"""Every sentence that tells people why a file was not read, or not whole, and what to do.

The sentences name no path and no function; docs/reference/documents.md lists them.
"""

from __future__ import annotations

from colloquia.engines.documents import mediatypes as media

EMPTY_FILE = "The file is empty (0 bytes); ask the sender for it again."
NOT_A_FILE = "This is not an ordinary file (a folder, a device or a broken link); give the file itself."
NO_TEXT = "The file was opened but holds no text; look at the original, and ask the sender if text was meant."
NO_VISIBLE_TEXT = (
    "The page holds no visible text; it may be built by a script: save it from the browser as PDF "
    "and import that."
)
LOCKED_MAIL = "A part of the message is encrypted and was not read; ask the sender to send it unencrypted."
LOCKED_PARTS = (
    "Some files inside are protected by a password and were not taken; ask the sender for copies without one."
)
CUT_OFF = "The file ends in the middle, so its end is probably missing; ask the sender for it again."
NO_TEXT_IN_PICTURE = "No text was found in the picture; look at the original, or ask the sender for the text."
PASSWORD = "The file is protected by a password; ask the sender for a copy without one."  # noqa: S105 -- a sentence about one
DOCTYPE = (
    "The file was refused because it declares XML entities, which no honest document of this kind does; "
    "ask the sender to save it again."
)
BOMB = (
    "The file was refused because it unpacks to far more than its own size; "
    "ask the sender for the document itself, saved again."
)
NOT_TEXT = (
    "The file is not text and not a document of a known kind; ask the sender for a PDF, DOCX, ODT or "
    "text file."
)
PICTURES_WITHOUT_OCR = (
    "The pages are pictures without text, and no text recognition is installed here; "
    "install Tesseract with the languages needed, or ask the sender for the text."
)
OCR_OFF = (
    "The pages are pictures without text, and text recognition is switched off; switch it on, or ask "
    "for the text."
)
CRASHED = (
    "The reading program crashed on this file, which is probably damaged; ask the sender to save it again."
)
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
    return (
        f"The name ends in .{ending} but the file is {media.WORDS.get(media_type, media_type)}, and "
        "was taken as that."
    )


def too_large(size: int, limit: int) -> str:
    """Say that the file exceeds the limit, in megabytes."""
    return (
        f"The file has {size / 1048576:,.0f} MB, more than the {limit / 1048576:,.0f} MB allowed; "
        "ask the sender to split it or to shrink its pictures."
    )


def cannot_open(error: OSError) -> str:
    """Give the system's reason without the path."""
    return (
        f"The file could not be opened ({(error.strerror or 'unknown reason').lower()}); check that "
        "it exists and may be read."
    )


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
        f"Only the first {limit:,} of {characters:,} characters were taken; the rest is not analysed: "
        "split the file."
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
    return (
        f"The document holds no text, only pictures ({count:,}); ask the sender for the text, or save "
        "it as PDF."
    )


def inline_pictures(count: int) -> str:
    """Say that pictures in a message's body were not read."""
    return f"Pictures inside the message ({count:,}) were not read; open the original to see them."


def dropped_attachments(count: int) -> str:
    """Say that files inside a file were not taken."""
    return (
        f"{count:,} of the files inside {'was' if count == 1 else 'were'} not taken (damaged, too "
        "many, too large, or an "
        "archive inside the archive); import them on their own."
    )


def too_deep(depth: int) -> str:
    """Say that messages inside messages were not followed to the end."""
    return (
        f"Messages inside messages were followed {depth} deep, and the rest was not read; import the "
        "inner ones on their own."
    )


def archive(count: int) -> str:
    """Say what became of an archive."""
    return f"The file is a ZIP archive; the files inside ({count:,}) were taken as attachments."


def recognised(tool: str, pages: list[int] | None = None, of: int = 0) -> str:
    """Say that a machine read the text off a picture, and on which pages of how many."""
    where = f"The text of {page_list(pages)}" if pages and len(pages) < of else "The text"
    return (
        f"{where} was recognised from pictures by {tool} and may hold errors; compare it with the original."
    )


def broken_pages(pages: list[int]) -> str:
    """Say which pages failed."""
    what = page_list(pages)
    return (
        f"{what[0].upper()}{what[1:]} could not be read (damaged); look at the original, or ask the "
        "sender to save it again."
    )


def on_pages(pages: list[int], sentence: str) -> str:
    """Say on which pages a problem stands."""
    what = page_list(pages)
    return f"{what[0].upper()}{what[1:]}: {sentence[0].lower()}{sentence[1:]}"


def cut_pages(last: int, of: int) -> str:
    """Say that the last pages were left out because of a limit."""
    return (
        f"Only the first {last:,} of {of:,} pages were read, because the file reached the limit "
        "for one file; "
        "split it to have the rest read."
    )


def unrecognised(pages: list[int]) -> str:
    """Say which pictures could not be recognised."""
    return (
        f"No text could be recognised on {page_list(pages)}; look at the original, or ask the sender "
        "for the text."
    )


def page_list(pages: list[int]) -> str:
    """Return ``page 3`` or ``pages 3-5, 9``."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    words = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
    return f"page{'s' if len(set(pages)) > 1 else ''} {words}"
