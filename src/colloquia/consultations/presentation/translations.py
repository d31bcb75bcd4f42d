"""Translations beside originals: those that people or services made, and those that a run analysed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from colloquia.consultations.models import Translation
from colloquia.consultations.models.translations import TranslationKind
from colloquia.consultations.presentation.visit import Visit
from colloquia.engines.bulk import PassageRow

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
    texts = {row.passage_id: row for row in passages}
    rows = Translation.objects.filter(
        consultation=visit.consultation, passage_id__in=list(texts), replaced_at=None
    )
    found: dict[str, Beside] = {}
    for row in sorted(rows, key=lambda item: (item.language == visit.language, item.language == "en")):
        passage = texts[row.passage_id]
        is_its_own = passage.language.split("-")[0] == row.language.split("-")[0]
        if not is_its_own and row.source_sha256 == hashlib.sha256(passage.text.encode()).hexdigest():
            found[row.passage_id] = Beside(
                row.text, row.language, BADGES[TranslationKind(row.kind)], row.tool
            )
    return found


def translated_from(visit: Visit) -> Mapping[str, str]:
    """Documents of the run that are translations, with the id of the passage that each translates."""
    return _translated(visit.run.folder)


@lru_cache(maxsize=16)
def _translated(folder: Path) -> Mapping[str, str]:
    import duckdb

    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        rows = connection.execute(
            "SELECT document_id, translation_of FROM read_parquet(?) WHERE translation_of <> ''",
            [str(folder / "documents.parquet")],
        ).fetchall()
    return {str(document): str(passage) for document, passage in rows}
