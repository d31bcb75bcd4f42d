"""What a file of translations would change, beside the passages of the run and what stands there now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from colloquia.consultations.models import Run, Translation, TranslationFile
from colloquia.consultations.queries.coverage import unsupported_languages
from colloquia.consultations.queries.translating import (
    live,
    source_digest,
    target_languages,
    translators_bulk,
)
from colloquia.engines.bulk import PassageRow
from colloquia.engines.bulk.translators import Sought
from colloquia.engines.translations import Unit, check
from colloquia.engines.translations.child import read_confined
from colloquia.engines.translations.folding import main_language

LONGEST = 20_000
"""Characters of a translation."""
_KNOWN_BY_SOURCE = 5_000
"""Of more waiting passages than this, one that lost its id is not looked for by its text."""
_FEW = 500


@dataclass(frozen=True, slots=True)
class Change:
    """A translation in the file that can be kept; ``held`` is what it would replace."""

    passage: PassageRow
    text: str
    held: Translation | None = None


@dataclass(frozen=True, slots=True)
class Objection:
    """A translation in the file that is not kept. ``kind`` is a fixed word."""

    kind: str
    where: str
    source: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """What would become of a file. ``digest`` names exactly this; ``same`` stand there word for word."""

    language: str
    format: str
    new: tuple[Change, ...]
    replacing: tuple[Change, ...]
    same: tuple[str, ...]
    objections: tuple[Objection, ...]
    digest: str


def language_in(units: Iterable[Unit], allowed: Sequence[str]) -> str:
    """The language that a file says its translations are in; "" where it says none that may be chosen."""
    for unit in units:
        code = main_language(unit.target_language)
        if code in allowed:
            return code
    return ""


def units_in(run: Run, file: TranslationFile) -> tuple[str, list[Unit]]:
    """The format of a file and its units. Raises ``Unusable``."""
    attachment = file.attachment
    return read_confined(attachment.path, attachment.name, sent=_waiting(run))


def returned(file: TranslationFile) -> Returned:
    """What would become of the file as things stand now. Raises ``Unusable``."""
    run = file.run
    kind, units = units_in(run, file)
    waiting = _waiting(run)
    bulk = translators_bulk(run)
    named = list(dict.fromkeys(unit.id for unit in units))
    passages: dict[str, PassageRow] = {}
    for names in _in_few(list(dict.fromkeys([*named, *(unit.id for unit in waiting)]))):
        passages |= bulk.passages_by_id(names)
    made = bulk.translated_documents()
    sent = [
        Unit(item.passage_id, item.language, file.language, item.text)
        for item in passages.values()
        if item.document_id not in made
    ]
    found = check(sent, units)
    objections = [
        Objection(
            "translation" if problem.unit_id in passages and problem.kind == "unknown" else problem.kind,
            problem.unit_id,
            problem.unit.source if problem.unit else "",
            problem.unit.target if problem.unit else "",
        )
        for problem in found.problems
        if problem.kind != "missing"
    ]
    held = _held(run, file.language, [unit.id for unit in found.accepted])
    new, replacing, same = [], [], []
    for unit in found.accepted:
        passage, now = passages[unit.id], held.get(unit.id)
        text = unit.target.replace("\x00", "").encode("utf-8", "replace").decode()
        if file.language == passage.language or file.language not in target_languages(run):
            objections.append(Objection("own language", unit.id, unit.source, text))
        elif len(text) > LONGEST:
            objections.append(Objection("long", unit.id, unit.source, text[:500]))
        elif now is None:
            new.append(Change(passage, text))
        elif now.text == text and now.source_sha256 == source_digest(passage.text):
            same.append(unit.id)
        else:
            replacing.append(Change(passage, text, now))
    state = [
        (item.passage.passage_id, item.text, item.held.pk if item.held else 0) for item in new + replacing
    ]
    digest = hashlib.sha256(json.dumps([file.pk, file.language, file.kind, state]).encode()).hexdigest()
    return Returned(file.language, kind, tuple(new), tuple(replacing), tuple(same), tuple(objections), digest)


def _waiting(run: Run) -> list[Unit]:
    """Every passage in an unsupported language, so that one is known by its text too."""
    languages = unsupported_languages(run)
    if not languages:
        return []
    bulk = translators_bulk(run)
    names, _ = bulk.sought(Sought(languages), ())
    if len(names) > _KNOWN_BY_SOURCE:
        return []
    rows: list[PassageRow] = []
    for few in _in_few(names):
        rows += bulk.passages_by_id(few).values()
    return [Unit(row.passage_id, row.language, "", row.text) for row in rows]


def _held(run: Run, language: str, passage_ids: Sequence[str]) -> dict[str, Translation]:
    found: dict[str, Translation] = {}
    for names in _in_few(passage_ids):
        rows = live(run.consultation_id).filter(language=language, passage_id__in=names)
        found |= {row.passage_id: row for row in rows.select_related("by")}
    return found


def _in_few(names: Sequence[str]) -> list[Sequence[str]]:
    return [names[start : start + _FEW] for start in range(0, len(names), _FEW)]
