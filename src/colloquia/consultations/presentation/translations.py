"""Translations beside originals: those that people or services made, and those that a run analysed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from colloquia.consultations.models.translations import TranslationKind
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries.translating import translations_for
from colloquia.engines.bulk import PassageRow
from colloquia.engines.bulk.translators import translated_documents

BADGES = {
    TranslationKind.PERSON: "",
    TranslationKind.CORRECTED: "corrected_translation",
    TranslationKind.MACHINE: "machine_translation",
}


@dataclass(frozen=True, slots=True)
class Beside:
    """A translation of a whole passage. ``badge`` says how it came about; "" for a person's."""

    text: str
    language: str
    badge: str
    tool: str = ""


def translations_of(visit: Visit, passages: Iterable[PassageRow]) -> dict[str, Beside]:
    """By passage id, into the language of the page, else into another. Stale ones are left out. One query."""
    texts = {row.passage_id: row.text for row in passages}
    found = translations_for(visit.run.consultation_id, texts, visit.language)
    return {
        name: Beside(row.text, row.language, BADGES[TranslationKind(row.kind)], row.tool)
        for name, row in found.items()
    }


def translated_from(visit: Visit) -> Mapping[str, str]:
    """Documents of the run that are translations, with the id of the passage that each translates."""
    return {name: item.passage_id for name, item in translated_documents(visit.run.folder).items()}


def badge_of_document(visit: Visit, document_id: str) -> str:
    """How a document of the run that is a translation came about; "" for a person's."""
    item = translated_documents(visit.run.folder).get(document_id)
    kind = item.kind if item else ""
    return BADGES.get(TranslationKind(kind), "") if kind in TranslationKind.values else "machine_translation"
