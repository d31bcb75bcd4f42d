"""What translators need of the bulk of a run: passages by language and state, their neighbours, digests."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from colloquia.engines.bulk.database import open_database
from colloquia.engines.bulk.reading import Bulk
from colloquia.engines.bulk.records import PassageRow

WAITING = "waiting"
STALE = "stale"


@dataclass(frozen=True, slots=True)
class TranslatedDocument:
    """A document of the run that is a translation of a passage; ``kind`` says how it came about."""

    document_id: str
    passage_id: str
    language: str
    kind: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of a passage that is translated: the SHA-256 of its text, and its language."""

    sha256: str
    language: str


@dataclass(frozen=True, slots=True)
class Held:
    """A translation that there is of a passage. ``state`` is its kind, or ``stale``."""

    passage_id: str
    state: str
    in_run: bool


@dataclass(frozen=True, slots=True)
class LanguageTally:
    """Passages received in one language: how many wait, and of how many there is which translation.

    A passage with several translations counts once under each of their states. Those that ``wait`` have none
    that still fits.
    """

    language: str
    passages: int
    waiting: int
    states: Mapping[str, int]
    in_run: int


@dataclass(frozen=True, slots=True)
class Sought:
    """Which passages are looked for; empty means all. ``first`` are languages that stand before others.

    ``state`` is ``waiting``, or that of a translation.
    """

    languages: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    state: str = ""
    search: str = ""


class TranslatorsBulk(Bulk):
    """A run's bulk under one overlay, as translators need it. Translations are no passages to translate."""

    def translated_documents(self) -> Mapping[str, TranslatedDocument]:
        """Documents of the run that are translations, by id."""
        return translated_documents(self.folder)

    def sought(
        self, sought: Sought, held: Iterable[Held], *, limit: int = 0, offset: int = 0
    ) -> tuple[list[str], int]:
        """Ids of a page of passages and the number of all; ``limit`` 0 gives them all."""
        where = ["p.passage_id NOT IN (FROM made)"]
        parameters: dict[str, Any] = {"first": list(sought.first)}
        if sought.search:
            where.append(
                """p.passage_id IN (SELECT passage_id FROM read_parquet($passages_file)
  WHERE contains(lower(text), lower($search)))"""
            )
            parameters |= {"search": sought.search, "passages_file": str(self.folder / "passages.parquet")}
        if sought.languages:
            parameters["languages"] = list(sought.languages)
            where.append("list_contains($languages, p.language)")
        if sought.state == WAITING:
            where.append(f"p.passage_id NOT IN (SELECT passage_id FROM held WHERE state <> '{STALE}')")
        elif sought.state:
            parameters["state"] = sought.state
            where.append("p.passage_id IN (SELECT passage_id FROM held WHERE state = $state)")
        page = f" LIMIT {int(limit)} OFFSET {int(offset)}" if limit else ""
        query = f"""WITH every AS (
  SELECT p.row, p.passage_id, p.language FROM passages p WHERE {" AND ".join(where)})
SELECT passage_id, (SELECT count(*) FROM every) FROM every
ORDER BY list_contains($first, language) DESC, row{page}"""
        rows = self._with_held(query, parameters, held)
        if not rows and offset:
            return self.sought(sought, held, limit=limit)
        return [str(name) for name, _ in rows], int(rows[0][1]) if rows else 0

    def tallies(self, held: Iterable[Held]) -> list[LanguageTally]:
        """Every language in which passages were received, most passages first."""
        query = f"""WITH every AS (
  SELECT passage_id, language FROM passages WHERE passage_id NOT IN (FROM made)
), of_each AS (
  SELECT passage_id, list(DISTINCT state) AS states, bool_or(in_run) AS in_run,
    bool_or(state <> '{STALE}') AS fits
  FROM held GROUP BY 1
)
SELECT language, count(*), count(*) FILTER (NOT coalesce(fits, false)),
  count(*) FILTER (in_run), flatten(list(states) FILTER (states IS NOT NULL))
FROM every LEFT JOIN of_each USING (passage_id) GROUP BY 1 ORDER BY 2 DESC, 1"""
        found = []
        for language, passages, waiting, in_run, states in self._with_held(query, {}, held):
            counts: dict[str, int] = {}
            for state in states or ():
                counts[state] = counts.get(state, 0) + 1
            found.append(LanguageTally(language, passages, waiting, counts, in_run))
        return found

    def sources(self, passage_ids: Iterable[str]) -> dict[str, Source]:
        """Digest and language of passages, by id; unknown ids are absent. Each is read once for a folder."""
        return _sources.of(self.folder, set(passage_ids))

    def around(
        self, passages: Sequence[PassageRow]
    ) -> dict[str, tuple[PassageRow | None, PassageRow | None]]:
        """Of each passage the one before and the one after it in what its sender sent."""
        wanted = {row for item in passages for row in (item.row - 1, item.row + 1) if row >= 0}
        found = {item.row: item for item in self._passages(sorted(wanted), {})}

        made = self.translated_documents()

        def of(item: PassageRow, row: int) -> PassageRow | None:
            other = found.get(row)
            if other is None or other.submission_id != item.submission_id or other.document_id in made:
                return None
            return other

        return {item.passage_id: (of(item, item.row - 1), of(item, item.row + 1)) for item in passages}

    def _with_held(
        self, query: str, parameters: dict[str, Any], held: Iterable[Held]
    ) -> list[tuple[Any, ...]]:
        """Ask with the tables ``held`` and ``made``, the passages of documents that are translations."""
        import pyarrow as pa

        rows = list(held)
        table = pa.table(
            {
                "passage_id": pa.array([row.passage_id for row in rows], pa.string()),
                "state": pa.array([row.state for row in rows], pa.string()),
                "in_run": pa.array([row.in_run for row in rows], pa.bool_()),
            }
        )
        made = pa.table({"passage_id": pa.array(_made(self.folder), pa.string())})
        with self._database.cursor() as cursor:
            cursor.register("held", table)
            cursor.register("made", made)
            answer: list[tuple[Any, ...]] = cursor.execute(query, parameters).fetchall()
            return answer


class _Sources:
    """Those that were asked for before; the texts of a run never change."""

    _MOST_FOLDERS = 4

    def __init__(self) -> None:
        self._known: OrderedDict[Path, dict[str, Source]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, folder: Path, wanted: set[str]) -> dict[str, Source]:
        with self._lock:
            known = self._known.setdefault(folder, {})
            self._known.move_to_end(folder)
            while len(self._known) > self._MOST_FOLDERS:
                self._known.popitem(last=False)
            missing = sorted(wanted - known.keys())
        if missing:
            known |= _read_sources(folder, missing)
        return {name: known[name] for name in wanted if name in known}


_sources = _Sources()


def _read_sources(folder: Path, passage_ids: Sequence[str]) -> dict[str, Source]:
    import pyarrow as pa

    with open_database(folder).cursor() as cursor:
        cursor.register("wanted", pa.table({"passage_id": pa.array(passage_ids, pa.string())}))
        rows = cursor.execute(
            "SELECT passage_id, sha256(text), language FROM read_parquet(?) JOIN wanted USING (passage_id)",
            [str(folder / "passages.parquet")],
        ).fetchall()
    return {str(name): Source(str(digest), str(language)) for name, digest, language in rows}


@lru_cache(maxsize=16)
def translated_documents(folder: Path) -> Mapping[str, TranslatedDocument]:
    """Documents of the run in ``folder`` that are translations, by id; read once."""
    with open_database(folder).cursor() as cursor:
        rows = cursor.execute(
            """SELECT d.document_id, d.translation_of, d.language, t.tool, d.sha256
FROM read_parquet($documents) d JOIN read_parquet($texts) t USING (document_id)
WHERE d.translation_of <> ''""",
            {"documents": str(folder / "documents.parquet"), "texts": str(folder / "texts.parquet")},
        ).fetchall()
    return {str(row[0]): TranslatedDocument(*row) for row in rows}


@lru_cache(maxsize=4)
def _made(folder: Path) -> tuple[str, ...]:
    """Ids of the passages of documents that are translations."""
    documents = list(translated_documents(folder))
    if not documents:
        return ()
    with open_database(folder).cursor() as cursor:
        rows = cursor.execute(
            "SELECT passage_id FROM read_parquet(?) WHERE list_contains(?, document_id)",
            [str(folder / "passages.parquet"), documents],
        ).fetchall()
    return tuple(str(row[0]) for row in rows)
