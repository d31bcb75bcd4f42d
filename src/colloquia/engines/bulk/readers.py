"""What people who read a run need of its bulk: what is left to read, what waits for them, what is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from colloquia.engines.bulk.database import open_database
from colloquia.engines.bulk.docket import Answering, Docket
from colloquia.engines.bulk.reading import Bulk
from colloquia.engines.bulk.records import Filters

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# A bare copy of a letter, or one of several equal texts, says what another says; others stand for themselves.
_TEXTS = """member AS (
  SELECT m.submission_id,
    min(CASE WHEN g.kind = 'edited' AND m.unique_text = '' THEN g.group_id END) AS letter,
    min(CASE WHEN g.kind = 'exact' THEN g.group_id END) AS copy
  FROM read_parquet($members) m JOIN read_parquet($shared_texts) g USING (group_id)
  WHERE g.kind <> 'similar' GROUP BY 1
), keyed AS (
  SELECT s.row, coalesce(m.letter, m.copy, s.submission_id) AS said
  FROM submissions s LEFT JOIN member m USING (submission_id)
)"""
_VALUES = "SELECT DISTINCT {} FROM submissions ORDER BY 1"


@dataclass(frozen=True, slots=True)
class Wish:
    """Which submissions somebody is to read.

    ``question`` narrows to those that answer it, ``in_languages`` to those with a passage in one of these,
    ``unreadable`` to those of which a document could not be read. With ``one_of_each`` a text that several
    sent is taken once, and not at all where one of them is left out; so are copies of a letter to which
    nothing was added. Merely similar messages are all taken.
    """

    filters: Filters = field(default_factory=Filters)
    question: str = ""
    in_languages: tuple[str, ...] = ()
    unreadable: bool = False
    one_of_each: bool = False


@dataclass(frozen=True, slots=True)
class WaitingPassage:
    """A passage that the machine could not compare; ``row`` is that of its submission."""

    passage_id: str
    submission_id: str
    language: str
    row: int


@dataclass(frozen=True, slots=True)
class WaitingDocument:
    """A document of which no text, or not all, could be read."""

    document_id: str
    submission_id: str
    name: str
    language: str
    status: str
    problem: str
    row: int


class ReadersBulk(Bulk):
    """A run's bulk under one overlay, as those need it who read, and who see to it that it is read."""

    def docket(self) -> Docket:
        """All submissions as arrays; made once for a folder."""
        return _docket(self.folder)

    def answering(self) -> Answering:
        """Which submissions answer which question, as in effect."""
        import numpy as np

        statement = self._statement(Filters())
        query = f"""WITH {statement.answering()}
SELECT question, list(DISTINCT submission ORDER BY submission) FROM answering GROUP BY 1 ORDER BY 1"""
        found = self._ask(query, statement.parameters)
        sizes = [len(rows) for _, rows in found]
        return Answering(
            np.repeat(np.arange(len(found), dtype=np.int32), sizes),
            np.fromiter((row for _, rows in found for row in rows), dtype=np.int32, count=sum(sizes)),
            tuple(str(question) for question, _ in found),
        )

    def to_read(self, wish: Wish, left_out: Sequence[int] | NDArray[np.int32] = ()) -> list[str]:
        """Ids of the submissions wished for, in order of receipt, without the rows ``left_out``."""
        statement = self._statement(wish.filters)
        parameters = statement.parameters
        parts, where = [statement.chosen()], ["true"]
        if own := statement.of_passages("p", "row"):
            where.append(f"row IN (SELECT submission FROM passages p WHERE true {own})")
        if wish.question:
            parts.append(statement.answering())
            parameters["question"] = wish.question
            where.append("row IN (SELECT submission FROM answering WHERE question = $question)")
        if wish.in_languages:
            parameters["in_languages"] = list(wish.in_languages)
            where.append(
                "row IN (SELECT submission FROM passages WHERE list_contains($in_languages, language))"
            )
        if wish.unreadable:
            parameters["documents"] = _file(self.folder, "documents")
            where.append(
                """submission_id IN (SELECT submission_id FROM read_parquet($documents)
  WHERE status <> 'read' AND translation_of = '')"""
            )
        parts.append(f"wished AS (SELECT row, submission_id FROM chosen WHERE {' AND '.join(where)})")
        last = "SELECT submission_id FROM wished WHERE row NOT IN (FROM left_out) ORDER BY row"
        if wish.one_of_each:
            parameters["members"] = _file(self.folder, "group_members")
            parameters["shared_texts"] = _file(self.folder, "groups")
            parts.append(_TEXTS)
            last = """SELECT submission_id FROM wished JOIN keyed USING (row)
WHERE said NOT IN (SELECT said FROM keyed WHERE row IN (FROM left_out))
QUALIFY row_number() OVER (PARTITION BY said ORDER BY row) = 1 ORDER BY row"""
        query = f"WITH {statement.found()}{', '.join(parts)} {last}"
        return [str(row[0]) for row in self._with_rows(query, parameters, left_out)]

    def population(self, question: str, *, without_shared: bool) -> list[tuple[str, str, str]]:
        """(passage id, language, stakeholder) of all passages of a question, or of the docket for ""."""
        statement = self._statement(Filters(without_shared=without_shared))
        if question:
            statement.parameters["question"] = question
            source = f"""WITH {statement.answering()}
SELECT DISTINCT passage AS row FROM answering WHERE question = $question"""
        else:
            source = f"""SELECT row FROM passages p WHERE row NOT IN (FROM {self._schema}.not_opinion)
{statement.of_passages("p", "row")}"""
        rows = self._ask(
            f"""SELECT p.passage_id, p.language, s.stakeholder FROM ({source}) q JOIN passages p USING (row)
JOIN submissions s ON s.row = p.submission ORDER BY p.row""",
            statement.parameters,
        )
        return [(str(name), str(language), str(stakeholder)) for name, language, stakeholder in rows]

    def machine_themes(self, question: str, passage_ids: Sequence[str]) -> dict[str, list[str]]:
        """Where the machine put passages, followed through merges; [] where it put one in no theme.

        Passages that the machine did not find to answer the question are absent.
        """
        considered = "SELECT DISTINCT passage FROM answers WHERE question = $question"
        if not question:
            considered = "SELECT row AS passage FROM passages"
        rows = self._ask(
            f"""SELECT p.passage_id, list(DISTINCT coalesce(m.into_theme, a.theme) ORDER BY 1)
  FILTER (a.theme IS NOT NULL)
FROM ({considered}) c JOIN passages p ON p.row = c.passage
LEFT JOIN assignments a ON a.question = $question AND a.passage = c.passage
LEFT JOIN {self._schema}.theme_map m ON m.theme = a.theme
WHERE list_contains($ids, p.passage_id) GROUP BY 1""",
            {"question": question, "ids": list(passage_ids)},
        )
        return {str(name): [str(theme) for theme in themes or ()] for name, themes in rows}

    def waiting_passages(self, languages: Sequence[str]) -> tuple[WaitingPassage, ...]:
        """Passages in ``languages``, translations aside, in order of receipt; read once for a folder."""
        return _waiting_passages(self.folder, tuple(languages)) if languages else ()

    def waiting_documents(self) -> tuple[WaitingDocument, ...]:
        """Documents of which no text, or not all, could be read, in order; read once for a folder."""
        return _waiting_documents(self.folder)

    def _with_rows(
        self, query: str, parameters: dict[str, Any], rows: Sequence[int] | NDArray[np.int32]
    ) -> list[tuple[Any, ...]]:
        """Ask with a table ``left_out`` of row numbers, which may be all of them."""
        import duckdb
        import pyarrow as pa

        table = pa.table({"row": pa.array(rows, type=pa.int32())})
        for last in (False, True):
            try:
                with self._database.cursor() as cursor:
                    cursor.register("left_out", table)
                    found: list[tuple[Any, ...]] = cursor.execute(query, parameters).fetchall()
                    return found
            except duckdb.CatalogException:
                if last:
                    raise
                self._database.overlay(self.overlay)
        raise AssertionError


@lru_cache(maxsize=4)
def _docket(folder: Path) -> Docket:
    query = """WITH copies AS (
  SELECT submission_id, min(group_id) AS copy FROM read_parquet($members) WHERE group_id IN
    (SELECT group_id FROM read_parquet($shared_texts) WHERE kind = 'exact') GROUP BY 1)
SELECT s.row, s.message, s.submission_id,
  dense_rank() OVER (ORDER BY s.stakeholder)::INTEGER - 1 AS stakeholder,
  dense_rank() OVER (ORDER BY s.language)::INTEGER - 1 AS language,
  (CASE WHEN copy IS NULL THEN s.row ELSE min(s.row) OVER (PARTITION BY copy) END)::INTEGER AS same
FROM submissions s LEFT JOIN copies USING (submission_id) ORDER BY s.row"""
    with open_database(folder).cursor() as cursor:
        files = {"members": _file(folder, "group_members"), "shared_texts": _file(folder, "groups")}
        columns = cursor.execute(query, files).fetchnumpy()
        values = [
            tuple(str(value) for (value,) in cursor.execute(_VALUES.format(name)).fetchall())
            for name in ("stakeholder", "language")
        ]
    place = {str(name): row for row, name in enumerate(columns["submission_id"])}
    stakeholders, languages = values
    return Docket(
        place, columns["same"], columns["message"], columns["stakeholder"], stakeholders,
        columns["language"], languages,
    )  # fmt: skip


@lru_cache(maxsize=8)
def _waiting_passages(folder: Path, languages: tuple[str, ...]) -> tuple[WaitingPassage, ...]:
    query = """SELECT p.passage_id, s.submission_id, p.language, s.row
FROM passages p JOIN submissions s ON s.row = p.submission
WHERE list_contains($languages, p.language) AND p.passage_id NOT IN (
  SELECT t.passage_id FROM read_parquet($passages) t JOIN read_parquet($documents) d USING (document_id)
  WHERE d.translation_of <> '')
ORDER BY p.row"""
    files = {"passages": _file(folder, "passages"), "documents": _file(folder, "documents")}
    with open_database(folder).cursor() as cursor:
        rows = cursor.execute(query, {"languages": list(languages), **files}).fetchall()
    return tuple(WaitingPassage(*row) for row in rows)


@lru_cache(maxsize=8)
def _waiting_documents(folder: Path) -> tuple[WaitingDocument, ...]:
    query = """SELECT d.document_id, d.submission_id, d.name, d.language, d.status, d.problem, s.row
FROM read_parquet($documents) d JOIN submissions s USING (submission_id)
WHERE d.status <> 'read' AND d.translation_of = '' ORDER BY s.row, d.document_id"""
    with open_database(folder).cursor() as cursor:
        rows = cursor.execute(query, {"documents": _file(folder, "documents")}).fetchall()
    return tuple(WaitingDocument(*row) for row in rows)


def _file(folder: Path, table: str) -> str:
    return str(folder / f"{table}.parquet")
