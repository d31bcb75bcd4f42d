"""Quotes of themes: the machine's where they still hold, then the best placed passages, cut; each checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from colloquia.consultations.models import MachineQuote
from colloquia.consultations.presentation.translations import (
    Beside,
    badge_of_document,
    translated_from,
    translations_of,
)
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.presentation.words import sender
from colloquia.core.components import Quote
from colloquia.engines.bulk import PassageRow
from colloquia.engines.personal_data import has_placeholder
from colloquia.engines.quotes import cut_quote

ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a passage that stands for a theme."""

    passage: PassageRow
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words themselves."""
        return self.passage.text[self.start : self.end]


def quotes_of(
    visit: Visit, themes: Sequence[str], *, most: int = ENOUGH, inside: Sequence[PassageRow] = ()
) -> dict[str, list[Quote]]:
    """Up to ``most`` quotes of each theme in effect, languages in turn.

    ``inside`` are passages of the one theme asked for, best placed first, where they were read already.
    """
    found = found_of(visit, themes, most=most, inside=inside)
    shown = as_quotes(visit, [item for rows in found.values() for item in rows])
    return {name: [shown[item] for item in rows] for name, rows in found.items()}


def found_of(
    visit: Visit, themes: Sequence[str], *, most: int = ENOUGH, inside: Sequence[PassageRow] = ()
) -> dict[str, list[Found]]:
    """The same, before translations are put beside them."""
    found = {name: in_turn(rows)[:most] for name, rows in _machine(visit, themes, inside).items()}
    for name in themes:
        held = found.setdefault(name, [])
        if len(held) < most:
            held += _cut(visit, name, held, most, inside)
    return found


def as_quotes(visit: Visit, found: Sequence[Found]) -> dict[Found, Quote]:
    """Each as a page shows it, beside the translation that there is. Two queries at most."""
    beside = translations_of(visit, (item.passage for item in found))
    originals = _originals(visit, found)
    return {item: _shown(visit, item, beside, originals) for item in found}


def in_turn(rows: Iterable[Found]) -> list[Found]:
    """The same, one of each language after the other."""
    lines: dict[str, list[Found]] = defaultdict(list)
    for row in rows:
        lines[row.passage.language].append(row)
    turns = [
        (place, order, row) for order, line in enumerate(lines.values()) for place, row in enumerate(line)
    ]
    return [row for _, _, row in sorted(turns, key=lambda turn: turn[:2])]


def _machine(visit: Visit, themes: Sequence[str], inside: Sequence[PassageRow]) -> dict[str, list[Found]]:
    """The machine's quotes that are true to their passage, where this is still in the theme.

    With filters in force there are none: they may not be of the senders who are looked at.
    """
    if visit.filtering.in_force:
        return {}
    wanted = set(themes)
    sources = {
        name: visit.state.in_effect(name)
        for name in visit.state.themes
        if visit.state.in_effect(name) in wanted
    }
    children = {
        name: standing.parent_id
        for name, standing in visit.state.themes.items()
        if standing.is_live and standing.parent_id in wanted
    }
    rows = list(MachineQuote.objects.filter(run=visit.run, theme_id__in=[*sources, *children]))
    passages = {passage.passage_id: passage for passage in inside}
    known = set(passages)
    others = visit.bulk.passages_by_id(
        [name for name in dict.fromkeys(row.passage_id for row in rows) if name not in known]
    )
    placed = {
        (item.row, item.theme_id)
        for item in (visit.bulk.placements([passage.row for passage in others.values()]) if others else ())
    }
    passages |= others
    found: dict[str, list[Found]] = {}
    for row in rows:
        passage = passages.get(row.passage_id)
        if passage is None or passage.text[row.start : row.end] != row.text:
            continue
        theme = visit.state.in_effect(row.theme_id)
        if row.passage_id in known or (passage.row, theme) in placed:
            for name in {theme, children.get(theme, "")} & wanted:
                _add(found.setdefault(name, []), Found(passage, row.start, row.end))
    return found


def _cut(
    visit: Visit, theme: str, held: Sequence[Found], most: int, inside: Sequence[PassageRow]
) -> list[Found]:
    row = visit.theme(theme)
    if row is None:
        return []
    passages = (
        inside
        or visit.bulk.passages(question=row.question_id, theme=theme, filters=visit.filters, limit=4 * most)[
            0
        ]
    )
    found = list(held)
    for passage in passages:
        start, end = cut_quote(passage.text, row.terms, passage.language)
        if start < end:
            _add(found, Found(passage, start, end))
    # Words in which something was redacted come last, whatever their language.
    added = sorted(in_turn(found[len(held) :]), key=lambda item: has_placeholder(item.text))
    return added[: most - len(held)]


def _add(rows: list[Found], item: Found) -> None:
    """Add it unless the same passage or the same words stand there already."""
    if all(item.passage.row != row.passage.row and item.text != row.text for row in rows):
        rows.append(item)


def _originals(visit: Visit, found: Iterable[Found]) -> dict[str, PassageRow]:
    """Of quotes out of translations, the passages that were translated."""
    translated = translated_from(visit)
    wanted = {translated.get(item.passage.document_id, "") for item in found} - {""}
    return visit.bulk.passages_by_id(sorted(wanted)) if wanted else {}


def _shown(visit: Visit, item: Found, beside: dict[str, Beside], originals: dict[str, PassageRow]) -> Quote:
    passage = item.passage
    who = sender(visit, passage)
    common: dict[str, Any] = {
        "identifier": passage.passage_id,
        "url": visit.url("consultation_passage", passage.passage_id),
        "source": who.line,
        "source_url": visit.url("consultation_submission", passage.submission_id),
        "badges": ("shared",) if passage.shared else (),
    }
    original = originals.get(translated_from(visit).get(passage.document_id, ""))
    if original is not None:
        return Quote(
            original.text,
            original.language,
            translation=item.text,
            translation_language=passage.language,
            translated_by=badge_of_document(visit, passage.document_id),
            **common,
        )
    other = beside.get(passage.passage_id)
    if other is None:
        return Quote(item.text, passage.language, **common)
    return Quote(
        item.text,
        passage.language,
        translation=other.text,
        translation_language=other.language,
        translated_by=other.badge,
        **common,
    )
