"""What programs for qualitative analysis need of the bulk of a run: whole texts, and where passages are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from colloquia.engines.bulk.reading import Bulk
from colloquia.engines.bulk.records import Filters

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text version with what may be said of its sender; persons are not among it.

    ``translation_of`` is the id of the passage that it translates, or "".
    """

    document_id: str
    submission_id: str
    name: str
    language: str
    translation_of: str
    organisation: str
    stakeholder: str
    country: str
    channel: str
    date: str
    characters: int


@dataclass(frozen=True, slots=True)
class Place:
    """A passage in its text version."""

    row: int
    passage_id: str
    start: int
    end: int


class CodersBulk(Bulk):
    """A run's bulk under one overlay, as coders need it."""

    def texts(
        self, *, filters: Filters, questions: Sequence[str] = (), distinct: bool = False
    ) -> list[TextRow]:
        """Texts of submissions in order of receipt; those that answer one of ``questions``, if any are given.

        ``distinct`` keeps the first submission of each distinct message.
        """
        statement = self._statement(filters)
        parts, where = [statement.chosen()], ["length(t.text) > 0"]
        if questions:
            parts.append(statement.answering())
            statement.parameters["questions"] = list(questions)
            where.append(
                """c.row IN (SELECT submission FROM answering WHERE list_contains($questions, question))"""
            )
        if distinct:
            where.append(
                "(c.message < 0 OR c.row = (SELECT min(row) FROM chosen m WHERE m.message = c.message))"
            )
        query = f"""WITH {statement.found()}{", ".join(parts)}
SELECT d.document_id, c.submission_id, d.name, d.language, d.translation_of, c.organisation, c.stakeholder,
  c.country, c.channel, c.date, length(t.text)
FROM chosen c JOIN read_parquet($documents) d USING (submission_id)
JOIN read_parquet($texts) t USING (document_id)
WHERE {" AND ".join(where)} ORDER BY c.row, d.document_id"""
        statement.parameters["documents"] = str(self.folder / "documents.parquet")
        statement.parameters["texts"] = str(self.folder / "texts.parquet")
        return [TextRow(*row) for row in self._ask(query, statement.parameters)]

    def text_rows(self, document_ids: Sequence[str]) -> list[TextRow]:
        """The same of certain documents; unknown ids are absent."""
        query = """SELECT d.document_id, s.submission_id, d.name, d.language, d.translation_of,
  s.organisation, s.stakeholder, s.country, s.channel, s.date, length(t.text)
FROM submissions s JOIN read_parquet($documents) d USING (submission_id)
JOIN read_parquet($texts) t USING (document_id)
WHERE list_contains($ids, d.document_id) ORDER BY s.row, d.document_id"""
        parameters: dict[str, Any] = {
            "documents": str(self.folder / "documents.parquet"),
            "texts": str(self.folder / "texts.parquet"),
            "ids": list(document_ids),
        }
        return [TextRow(*row) for row in self._ask(query, parameters)]

    def words(self, document_ids: Sequence[str]) -> Iterator[tuple[str, str]]:
        """(document id, text) of documents, some hundred at a time; not in their order."""
        for start in range(0, len(document_ids), _AT_ONCE):
            part = list(document_ids[start : start + _AT_ONCE])
            marks = ", ".join("?" for _ in part)
            with self._database.cursor() as cursor:
                # A literal list of ids lets the reader skip whole groups of rows by their statistics.
                yield from cursor.execute(
                    f"SELECT document_id, text FROM read_parquet(?) WHERE document_id IN ({marks})",
                    [str(self.folder / "texts.parquet"), *part],
                ).fetchall()

    def document_ids(self) -> list[str]:
        """Ids of all text versions of the run."""
        query = "SELECT document_id FROM read_parquet($texts)"
        return [row[0] for row in self._ask(query, {"texts": str(self.folder / "texts.parquet")})]

    def places(self, document_ids: Sequence[str]) -> dict[str, list[Place]]:
        """The passages of documents, in their order."""
        query = """SELECT t.document_id, p.row, t.passage_id, t.start, t."end"
FROM read_parquet($file) t JOIN passages p USING (passage_id)
WHERE list_contains($ids, t.document_id) ORDER BY t.document_id, t.start"""
        if len(document_ids) > _AT_ONCE:
            query = query.replace(
                "WHERE list_contains($ids, t.document_id)",
                "WHERE t.document_id IN (SELECT unnest($ids::VARCHAR[]))",
            )
        found: dict[str, list[Place]] = {}
        parameters = {"file": str(self.folder / "passages.parquet"), "ids": list(document_ids)}
        for document, row, passage, start, end in self._ask(query, parameters):
            found.setdefault(document, []).append(Place(row, passage, start, end))
        return found
