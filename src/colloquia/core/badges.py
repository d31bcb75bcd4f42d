"""The badges that say what kind of thing a reader has before them. Each has one meaning everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _

from colloquia.core.tables import Words


@dataclass(frozen=True, slots=True)
class Badge:
    """Words, tone and meaning. The tone is never the only sign: the words say the same."""

    label: Words
    meaning: Words
    tone: Literal["plain", "sure", "caution", "closed"] = "plain"


BADGES: dict[str, Badge] = {
    "draft": Badge(_("Draft"), _("Not signed by the secretariat; it may still change."), "caution"),
    "signed": Badge(_("Signed"), _("Signed by the secretariat; it no longer changes."), "sure"),
    "illustrative": Badge(
        _("Illustrative"), _("Made up to show how the program works; nobody holds these views."), "caution"
    ),
    "machine": Badge(_("Machine output"), _("Produced by a program and not checked by a person."), "caution"),
    "machine_translation": Badge(
        _("Machine translation"), _("Translated by a program; the original decides."), "caution"
    ),
    "corrected_translation": Badge(
        _("Machine translation, corrected"),
        _("Translated by a program and corrected by a person; the original decides."),
    ),
    "reviewed": Badge(_("Checked by a person"), _("A person has read and confirmed it."), "sure"),
    "recalled": Badge(
        _("In our own words, from general knowledge"),
        _("Not the official text; it is recalled from the public document, and no source was seen."),
        "caution",
    ),
    "secondary": Badge(
        _("In our own words, after a secondary source"),
        _("Not the official text; it says what a text about the document reports."),
        "caution",
    ),
    "verified": Badge(
        _("In our own words, from a source that was seen"),
        _("Not the official text; its wording was seen, and is put in our own words."),
        "caution",
    ),
    "authentic": Badge(
        _("Official text"), _("Imported by an officer from the document itself, with its symbol."), "sure"
    ),
    "shared": Badge(_("Shared text"), _("Several senders sent this text, or nearly this text.")),
    "raised_by_state": Badge(_("Raised by a state"), _("At least one state raised this theme.")),
    "few_voices": Badge(_("Few voices"), _("Raised by few; it is shown as fully as the others.")),
    "confidential": Badge(
        _("Confidential"), _("Seen by officers only; it counts in totals and is never quoted."), "closed"
    ),
    "withheld": Badge(_("Withheld"), _("Received and counted, and not published."), "closed"),
    "open": Badge(_("Open"), _("Answers are still taken."), "sure"),
    "closed": Badge(_("Closed"), _("Answers are no longer taken.")),
    "unsupported": Badge(
        _("Language not supported"), _("Counted, not analysed by machine; it waits for a reader."), "caution"
    ),
    "corrected": Badge(
        _("Corrected by an officer"), _("A person corrected what the program found; both are kept.")
    ),
}
