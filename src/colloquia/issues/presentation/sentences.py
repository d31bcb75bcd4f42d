"""Sentences that must stand wherever a wording stands: what it is, and what it is not."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colloquia.engines.languages.names import language_name
from colloquia.issues.records import Held


def grade_sentence(grade: str) -> str:
    """What a grade means, as one whole statement, for pages, files, JSON and the command line."""
    return {
        "authentic": _("Official text, imported from the document by an officer."),
        "verified": _(
            "Not the official text. A source with the wording was seen, and put into our own words."
        ),
        "secondary": _("Not the official text. It says in our own words what a secondary source reports."),
        "recalled": _(
            "Not the official text. It is recalled from general knowledge of the public document; "
            "no source was seen."
        ),
    }[grade]


def not_held() -> str:
    """What is said where a question stands in a version and no wording of it is held."""
    return _("The question stands in this version; its wording is not held here.")


def about_wording(held: Held) -> tuple[str, ...]:
    """Everything a reader must know of a wording before trusting it."""
    sentences = [grade_sentence(held.grade)]
    if held.is_translation:
        sentences.append(_("The translation is our own."))
    if held.is_stale:
        sentences.append(_("The text it was translated from has changed since."))
    if held.described_in:
        sentences.append(
            _("The source describes another version: %(title)s.") % {"title": held.described_in.title}
        )
    return tuple(sentences)


def source_words(text: str) -> str:
    """A source in a few words: the host of an address, anything else as it is."""
    if text.startswith(("https://", "http://")):
        return (urlsplit(text).hostname or text).removeprefix("www.")
    if text.startswith("general knowledge"):
        return _("general knowledge; no source was seen")
    return text


def language_label(code: str) -> str:
    """The name of a language in the language of the page."""
    return language_name(code, get_language() or "en")
