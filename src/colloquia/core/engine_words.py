"""What the engines say of files and passages that they could not use, in the language of the page.

Engines write whole English sentences, which stay in what they stored; here they are known again.
"""

from __future__ import annotations

import re
from functools import cache

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from colloquia.engines.languages.names import code_named, language_name

SENTENCES: tuple[str, ...] = (
    _("The file is empty (0 bytes); ask the sender for it again."),
    _("This is not an ordinary file (a folder, a device or a broken link); give the file itself."),
    _("The file was opened but holds no text; look at the original, and ask the sender if text was meant."),
    _(
        "The page holds no visible text; it may be built by a script: save it from the browser as "
        "PDF and import that."
    ),
    _("A part of the message is encrypted and was not read; ask the sender to send it unencrypted."),
    _(
        "Some files inside are protected by a password and were not taken; ask the sender for "
        "copies without one."
    ),
    _("The file ends in the middle, so its end is probably missing; ask the sender for it again."),
    _("No text was found in the picture; look at the original, or ask the sender for the text."),
    _("The file is protected by a password; ask the sender for a copy without one."),
    _(
        "The file was refused because it declares XML entities, which no honest document of this "
        "kind does; ask the sender to save it again."
    ),
    _(
        "The file was refused because it unpacks to far more than its own size; ask the sender "
        "for the document itself, saved again."
    ),
    _(
        "The file is not text and not a document of a known kind; ask the sender for a PDF, DOCX, "
        "ODT or text file."
    ),
    _(
        "The pages are pictures without text, and no text recognition is installed here; install "
        "Tesseract with the languages needed, or ask the sender for the text."
    ),
    _(
        "The pages are pictures without text, and text recognition is switched off; switch it on, "
        "or ask for the text."
    ),
    _(
        "The reading program crashed on this file, which is probably damaged; ask the sender to "
        "save it again."
    ),
    _("Reading the file needed more memory than is allowed; ask the sender for a smaller or simpler file."),
    _("Reading the file took too long and was stopped; ask the sender for a smaller or simpler file."),
    _("Reading the file came to a standstill and was stopped; ask the sender to save it again."),
    _("Reading the file gave more text than is allowed; ask the sender to split it."),
    _("The reading program gave back a damaged answer for this file; ask the sender to save it again."),
    _(
        "The file has %(size)s MB, more than the %(limit)s MB allowed; ask the sender to split it "
        "or to shrink its pictures."
    ),
    _("Only the first %(taken)s of %(all)s characters were taken; the rest is not analysed: split the file."),
    _(
        "The document holds no text, only pictures (%(count)s); ask the sender for the text, or "
        "save it as PDF."
    ),
    _("The text was recognised from pictures by %(tool)s and may hold errors; compare it with the original."),
    _("It is attached to an attachment of an attachment; send it by itself."),
    _("Nothing of it can be read: no public text."),
    _("No text could be read in this file."),
)
"""The common ones, as they are stored; a place for a value takes what stands there."""

OTHERWISE: dict[str, str] = {
    "The file looks like %(kind)s but is damaged or incomplete (%(error)s); "
    "ask the sender to save it again.": _(
        "The file is damaged or incomplete (%(error)s); ask the sender to save it again."
    ),
    "%(count)s passage(s) in %(languages)s were not analysed; they wait for a human reader.": _(
        "Passages that were not analysed and wait for a person: %(count)s (%(languages)s)."
    ),
}
"""Those whose values are English words too, with the words in which a page tells them."""
_NEXT = re.compile(r"(?<=\.) (?=[A-Z])")


def told(text: str) -> tuple[str, str]:
    """What an engine said, and in which language: that of the page where each sentence is known and
    translated, else English as it was stored.
    """
    language = get_language() or "en"
    if language.partition("-")[0] == "en" or not text:
        return text, "en"
    said = [_said(sentence, language) for sentence in _NEXT.split(text.strip())]
    return (" ".join(said), language) if all(said) else (text, "en")


def known_as(sentence: str) -> tuple[str, dict[str, str]] | None:
    """The message that tells a sentence in other languages, and the values in it; None for one not known."""
    for pattern, message in _known():
        if (found := pattern.fullmatch(sentence)) is not None:
            return message, found.groupdict()
    return None


def _said(sentence: str, language: str) -> str:
    message, values = known_as(sentence) or ("", {})
    translated = gettext(message) if message else ""
    if translated == message:
        return ""
    if "languages" in values:
        values["languages"] = _languages(values["languages"], language)
        if not values["languages"]:
            return ""
    return translated % values if values else translated


def _languages(names: str, language: str) -> str:
    """Names of languages in English, in another language; "" where one is not known."""
    codes = [code_named(name) for name in names.split(", ")]
    return gettext(", ").join(language_name(code, language) for code in codes) if all(codes) else ""


@cache
def _known() -> list[tuple[re.Pattern[str], str]]:
    pairs = [*((sentence, sentence) for sentence in SENTENCES), *OTHERWISE.items()]
    return [(_pattern(stored), message) for stored, message in pairs]


def _pattern(stored: str) -> re.Pattern[str]:
    pieces = re.split(r"%\((\w+)\)s", stored)
    return re.compile(
        "".join(f"(?P<{each}>.+?)" if place % 2 else re.escape(each) for place, each in enumerate(pieces))
    )
