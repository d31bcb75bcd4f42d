"""Passages as translators see them: what was sent, what stands around it, which translations there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colloquia.consultations.models import Translation
from colloquia.consultations.models.translations import TranslationKind
from colloquia.consultations.presentation.translations import BADGES
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.presentation.words import Sender, sender
from colloquia.consultations.queries.coverage import unsupported_languages
from colloquia.consultations.queries.translating import Standing, standings, translators_bulk
from colloquia.core.components import Passage
from colloquia.core.tables import Column, Table, Words
from colloquia.engines.bulk import PassageRow
from colloquia.engines.bulk.translators import STALE, WAITING, LanguageTally

STATES: dict[str, Words] = {
    WAITING: gettext_lazy("Waiting for a translation"),
    "person": gettext_lazy("Translated by a person"),
    "corrected": gettext_lazy("Machine translation, corrected by a person"),
    "machine": gettext_lazy("Machine translation"),
    STALE: gettext_lazy("Translation of an earlier wording"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A translation with its kind in words and as a badge, and where it stands with the run."""

    row: Translation
    badge: str
    tongue: str
    standing: str
    is_stale: bool

    @property
    def text(self) -> str:
        """The words."""
        return self.row.text

    @property
    def language(self) -> str:
        """The code of the language of the words."""
        return self.row.language


@dataclass(frozen=True, slots=True)
class ToTranslate:
    """A passage with its sender, its neighbours, and its translations in effect."""

    row: PassageRow
    passage: Passage
    sender: Sender
    sender_url: str
    before: PassageRow | None
    after: PassageRow | None
    translations: list[Shown]


def to_translate(visit: Visit, passage_ids: Sequence[str]) -> list[ToTranslate]:
    """Passages in the order of their ids; unknown ones and translations themselves are absent."""
    bulk = translators_bulk(visit.run)
    found = bulk.passages_by_id(passage_ids)
    made = bulk.translated_documents()
    rows = [found[name] for name in passage_ids if name in found and found[name].document_id not in made]
    around = bulk.around(rows)
    by_passage: dict[str, list[Shown]] = defaultdict(list)
    for item in standings(visit.run, [row.passage_id for row in rows]):
        by_passage[item.row.passage_id].append(shown(visit, item))
    without_vectors = set(unsupported_languages(visit.run))
    return [
        ToTranslate(
            row,
            Passage(
                row.passage_id,
                row.text,
                row.language,
                visit.url("consultation_passage", row.passage_id),
                badges=("unsupported",) if row.language in without_vectors else (),
            ),
            sender(visit, row),
            visit.url("consultation_submission", row.submission_id),
            *around[row.passage_id],
            by_passage[row.passage_id],
        )
        for row in rows
    ]


def shown(visit: Visit, item: Standing) -> Shown:
    """A translation in effect as a page shows it."""
    return Shown(
        item.row,
        BADGES[TranslationKind(item.row.kind)],
        visit.tongue(item.row.language),
        _standing(item),
        item.is_stale,
    )


def _standing(item: Standing) -> str:
    if item.is_stale:
        return _("The passage reads otherwise now. Compare the two, then write the translation anew.")
    if item.entered:
        return _("Entered the analysis in run %(number)s.") % {"number": item.entered}
    if item.enters:
        return _("Enters the analysis with the next run.")
    return _("For readers; the analysis does not need it.")


def language_table(visit: Visit, tallies: Iterable[LanguageTally], *, everything: bool) -> Table:
    """How many passages of each language wait, and which translations there are."""
    without_vectors = set(unsupported_languages(visit.run))
    rows = [
        {
            "language": visit.tongue(tally.language) or _("Not determined"),
            "code": tally.language,
            "url": visit.url("consultation_translations", source=tally.language),
            "note": _("Not supported by the analysis") if tally.language in without_vectors else "",
            "passages": tally.passages,
            "waiting": tally.waiting if tally.language in without_vectors else None,
            "person": tally.states.get("person", 0),
            "corrected": tally.states.get("corrected", 0),
            "machine": tally.states.get("machine", 0),
            "stale": tally.states.get(STALE, 0),
            "in_run": tally.in_run,
        }
        for tally in tallies
        if everything or tally.language in without_vectors
    ]
    return Table(
        "languages",
        _("Passages by language"),
        (
            Column("language", _("Language"), link="url", note="note"),
            Column("code", _("Code"), "identifier", shown=False),
            Column("passages", _("Passages"), "number"),
            Column("waiting", _("Waiting"), "number"),
            Column("person", _("By a person"), "number"),
            Column("corrected", _("Corrected"), "number"),
            Column("machine", _("By machine"), "number"),
            Column("stale", _("Stale"), "number"),
            Column("in_run", _("In this run"), "number"),
        ),
        rows,
        base=_("of all passages received, translations aside"),
        empty=_("Every passage is in a language that the analysis supports."),
    )
