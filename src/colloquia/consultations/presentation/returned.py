"""A file of translations in words: what cannot be taken from it and why, and what may be done."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colloquia.consultations.queries.returned import Objection, Returned
from colloquia.core.tables import Words
from colloquia.engines.translations import Unusable

MOST_SHOWN = 50
"""Passages of a kind on the page; the others are counted."""

_NEITHER = gettext_lazy(
    "The file is neither XLIFF nor a Word document with the table that was sent. Export the translation as "
    "XLIFF 1.2 or 2.1 or save it as .docx, and send that."
)
_FILES: dict[str, Words] = {
    "not-xml": gettext_lazy("The file is not well-formed XML. Export it again and do not edit it by hand."),
    "encoding": gettext_lazy("The file holds bytes that are not in the encoding it names. Save it as UTF-8."),
    "empty": gettext_lazy("The file is empty. Export it again."),
    "entities": gettext_lazy(
        "The file declares entities, with which harmful files are built. Export it anew."
    ),
    "too-deep": gettext_lazy("The file is nested too deeply. Export it again."),
    "too-large": gettext_lazy("The file asks for too much memory. Send fewer passages at a time."),
    "too-long": gettext_lazy("The file takes too long to read. Send fewer passages at a time."),
    "bomb": gettext_lazy("The file unpacks to far more than an honest file does. Save it again from Word."),
    "locked": gettext_lazy("The file has a password. Save it without one."),
    "old-format": gettext_lazy("The file is an old Word document or has a password. Save it as .docx."),
    "damaged": gettext_lazy("The file is damaged. Save it again."),
    "not-a-package": _NEITHER,
    "not-docx": _NEITHER,
    "not-xliff": _NEITHER,
    "package": gettext_lazy("The file is a package of a program for translators. Export the XLIFF from it."),
    "no-table": gettext_lazy(
        "The document holds no table with identifiers and translations. Copy the translations into the table "
        "that was sent, and send that."
    ),
}
_KINDS: dict[str, tuple[Words, Words]] = {
    "unknown": (
        gettext_lazy("Unknown identifiers"),
        gettext_lazy("No passage of this run has this identifier. Find the passage, and write there."),
    ),
    "translation": (
        gettext_lazy("Translations of translations"),
        gettext_lazy("This is itself a translation. Translate the passage from which it was made."),
    ),
    "duplicated": (
        gettext_lazy("Twice, with different words"),
        gettext_lazy(
            "The passage came back more than once. Keep one of the translations, and send it again."
        ),
    ),
    "changed": (
        gettext_lazy("Changed originals"),
        gettext_lazy(
            "The original in the file is not that of the passage. Compare the two, and write the translation "
            "there where it fits."
        ),
    ),
    "incomplete": (
        gettext_lazy("Incomplete"),
        gettext_lazy("A part is not translated, or cells were merged. Complete it, and send it again."),
    ),
    "other-language": (
        gettext_lazy("In another language"),
        gettext_lazy("The file marks it as another language than was chosen. See which one it is."),
    ),
    "own language": (
        gettext_lazy("In the language of the passage"),
        gettext_lazy("The passage is in this language already. It needs no translation."),
    ),
    "long": (
        gettext_lazy("Too long"),
        gettext_lazy("The translation is longer than 20,000 characters. Shorten it, and send it again."),
    ),
    "copy": (
        gettext_lazy("Unchanged copies"),
        gettext_lazy("The translation is the original unchanged. Translate it, and send it again."),
    ),
    "empty": (
        gettext_lazy("Without a translation"),
        gettext_lazy("Nothing was written. Fill it in and send it again, or leave it for later."),
    ),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Translations that are not kept for one reason, of which the first are shown."""

    kind: str
    title: Words
    sentence: Words
    count: int
    shown: list[Objection]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.shown)


def file_sentence(error: Unusable) -> str:
    """Why nothing can be taken from a file, where, and what to do."""
    words = str(_FILES.get(error.kind, error))
    return _("Line %(line)d: %(sentence)s") % {"line": error.line, "sentence": words} if error.line else words


def groups_of(plan: Returned) -> list[Group]:
    """What is not kept, by reason; those that lose words first."""
    found = []
    for kind, (title, sentence) in _KINDS.items():
        own = [item for item in plan.objections if item.kind == kind]
        if own:
            found.append(Group(kind, title, sentence, len(own), own[:MOST_SHOWN]))
    return found
