"""Which column of a table holds ids, sources and translations, whatever people did to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from colloquia.engines.translations.docx_writing import ID_TAG, SOURCE_TAG
from colloquia.engines.translations.folding import folded, folded_id
from colloquia.engines.translations.records import Unit
from colloquia.engines.translations.word_tables import Cell, Row

_IDS = re.compile(
    r"\b(?:ids?|identifiers?|identifiants?|identificador|kennung)\b|идентификатор|标识|编号|معر[ّ]?ف",
    re.IGNORECASE,
)
_SOURCES = re.compile(
    r"\b(?:source|originale?|fuente|quelle|ausgangstext)\b|исходн|оригинал|原文|源文|مصدر|الأصل",
    re.IGNORECASE,
)
_TARGETS = re.compile(
    r"\b(?:translation|target|traduction|traducci[oó]n|cible|übersetzung|tradução)\b|перевод|译文|翻译|ترجمة",
    re.IGNORECASE,
)
_LOOKS_LIKE_ID = re.compile(r"(?=\S*\d)\S{1,80}")


@dataclass(frozen=True, slots=True)
class Columns:
    """Grid columns; ``source`` may be absent, ``heads`` counts the rows above the first unit."""

    id: int
    source: int | None
    target: int
    heads: int


def id_of(cell: Cell | None) -> str:
    """The id in a cell: what its control holds, else its first line."""
    if cell is None:
        return ""
    return cell.tagged(ID_TAG) or next(
        (line.strip() for line in cell.outside.split("\n") if line.strip()), ""
    )


def find_columns(rows: Sequence[Row], sent: Sequence[Unit]) -> Columns | None:
    """The columns of a table; ``None`` where it holds no ids, and where it holds nothing beside them."""
    places = sorted({cell.start for row in rows for cell in row.cells})
    if len(places) < 2:
        return None
    named = rows[0].cells if rows else []
    by_id = _most(rows, places, lambda cell: bool(cell.tagged(ID_TAG)))
    known = {folded_id(unit.id) for unit in sent}
    if by_id is None and known:
        by_id = _most(rows, places, lambda cell: folded_id(id_of(cell)) in known)
    if by_id is None:
        by_id = _headed(named, _IDS, places) if _ids_under(rows, _headed(named, _IDS, places)) else None
    if by_id is None:
        by_id = next((place for place in places if _ids_under(rows, place)), None)
    if by_id is None:
        return None
    rest = [place for place in places if place != by_id]
    sources = {folded(unit.source) for unit in sent}
    source = _most(rows, rest, lambda cell: bool(cell.tagged(SOURCE_TAG)))
    if source is None and sources:
        source = _most(rows, rest, lambda cell: folded(cell.text) in sources)
    target = _headed(named, _TARGETS, [place for place in rest if place != source])
    if source is None:
        source = _headed(named, _SOURCES, [place for place in rest if place != target])
    if source is None and len(rest) > 1:
        source = next(place for place in rest if place != target)
    if target is None:
        target = _fullest(rows, [place for place in rest if place != source])
    if target is None:
        return None
    return Columns(by_id, source, target, _heads(rows, by_id, known))


def _most(rows: Sequence[Row], places: Sequence[int], test: Callable[[Cell], bool]) -> int | None:
    """The column where most cells pass the test; ``None`` where none does."""
    counts = {place: sum(1 for row in rows if (cell := row.at(place)) and test(cell)) for place in places}
    best = max(places, key=lambda place: counts[place], default=None)
    return best if best is not None and counts[best] else None


def _headed(cells: Sequence[Cell], words: re.Pattern[str], places: Sequence[int]) -> int | None:
    return next((cell.start for cell in cells if cell.start in places and words.search(cell.text)), None)


def _ids_under(rows: Sequence[Row], place: int | None) -> bool:
    """Whether a column holds what looks like ids, nearly all different."""
    if place is None:
        return False
    found = [id_of(row.at(place)) for row in rows]
    filled = [one for one in found if one]
    looks = [one for one in filled if _LOOKS_LIKE_ID.fullmatch(one)]
    return len(looks) >= max(1, 0.6 * (len(filled) - 1)) and len(set(looks)) >= 0.6 * len(looks)


def _fullest(rows: Sequence[Row], places: Sequence[int]) -> int | None:
    """The column with the most text; of those as full, the first."""
    return max(
        places,
        key=lambda place: (sum(bool(cell.text) for row in rows if (cell := row.at(place))), -place),
        default=None,
    )


def _heads(rows: Sequence[Row], place: int, known: set[str]) -> int:
    count = 0
    for row in rows:
        cell = row.at(place)
        written = id_of(cell)
        if cell is not None and (cell.tagged(ID_TAG) or folded_id(written) in known):
            break
        if not row.is_head and (count or _LOOKS_LIKE_ID.fullmatch(written) or not written):
            break
        count += 1
    return count
