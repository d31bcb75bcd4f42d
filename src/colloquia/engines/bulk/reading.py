"""Reading the bulk of a run: passages, submissions, documents and texts, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from colloquia.engines.bulk.counting import Counting
from colloquia.engines.bulk.records import (
    DocumentRow,
    Filters,
    MemberRow,
    PassageRow,
    Placement,
    SubmissionRow,
)

_PASSAGE_ORDERS = {
    "fit": "by_officer DESC, score DESC, passage",
    "received": "passage",
}
_SUBMISSION_ORDERS = {
    "received": "row",
    "organisation": "organisation = '', lower(organisation), row",
    "date": "date = '', date, row",
    "longest": "characters DESC, row",
}
PASSAGE_ORDERS = tuple(_PASSAGE_ORDERS)
SUBMISSION_ORDERS = tuple(_SUBMISSION_ORDERS)
_ALL = Filters()


class Bulk(Counting):
    """A run's bulk under one overlay: counted, and read."""

    def passages(
        self,
        *,
        question: str = "",
        theme: str | None = None,
        filters: Filters = _ALL,
        order: str = "fit",
        limit: int = 25,
        offset: int = 0,
    ) -> tuple[list[PassageRow], int]:
        """A page of passages and the number of all: of a theme or a group of themes, of a question
        (``theme`` None), of a question and in no theme (``theme`` ""), or of the docket.

        ``limit`` 0 gives them all.
        """
        statement = self._statement(filters)
        parameters = statement.parameters
        if theme is None and question:
            source, where = statement.answering(), "q.question = $question"
            table = "answering"
            parameters["question"] = question
        elif theme is None:
            source = f"""every AS (SELECT row AS passage, submission, 0.0 AS score, false AS by_officer
  FROM passages p WHERE true {statement.of_passages("p", "row")})"""
            table, where = "every", "true"
        elif theme:
            source, table = statement.placed(question), "placed"
            parameters["theme"] = theme
            where = f"""(theme = $theme
  OR theme IN (SELECT theme FROM {self._schema}.parents WHERE parent = $theme))"""
        elif question:
            source = f"{statement.answering()}, {statement.placed(question)}"
            table = "answering"
            where = "q.question = $question AND q.passage NOT IN (SELECT passage FROM placed)"
        else:
            source = f"""{statement.placed("")}, every AS (
  SELECT row AS passage, submission, 0.0 AS score, false AS by_officer
  FROM passages p WHERE true {statement.of_passages("p", "row")})"""
            table, where = "every", "q.passage NOT IN (SELECT passage FROM placed)"
        common = f"""WITH {statement.found()}{statement.chosen()}, {source}
SELECT {{}} FROM {table} q JOIN chosen ON chosen.row = q.submission WHERE {where}"""
        page = f" LIMIT {int(limit)} OFFSET {int(offset)}" if limit else ""
        rows = self._ask(
            common.format("q.passage, q.score, count(*) OVER ()")
            + f" ORDER BY {_PASSAGE_ORDERS[order]}{page}",
            parameters,
        )
        scores = {int(row): float(score) for row, score, _ in rows}
        # Behind the last page no row says how many there are.
        past = offset > 0 and not rows
        total = self._ask(common.format("count(*)"), parameters)[0][0] if past else rows[0][2] if rows else 0
        return self._passages(list(scores), scores), int(total)

    def passages_by_id(self, passage_ids: Sequence[str]) -> dict[str, PassageRow]:
        """Passages by id; unknown ids are absent."""
        found = self._ask(
            "SELECT row FROM passages WHERE list_contains($ids, passage_id)", {"ids": list(passage_ids)}
        )
        return {item.passage_id: item for item in self._passages([row for (row,) in found], {})}

    def passages_of(self, submission_id: str) -> list[PassageRow]:
        """All passages of a submission, in order."""
        rows = self._ask(
            """SELECT p.row FROM passages p JOIN submissions s ON s.row = p.submission
WHERE s.submission_id = $id ORDER BY p.row""",
            {"id": submission_id},
        )
        return self._passages([row for (row,) in rows], {})

    def _passages(self, rows: list[int], scores: dict[int, float]) -> list[PassageRow]:
        """Passages in the order of ``rows``, their texts looked up in the Parquet table by id."""
        if not rows:
            return []
        named = self._ask(
            """SELECT p.row, p.passage_id, p.shared, s.organisation, s.person, s.country, s.stakeholder
FROM passages p JOIN submissions s ON s.row = p.submission WHERE list_contains($rows, p.row)""",
            {"rows": rows},
        )
        known = {row[1]: row for row in named}
        marks = ", ".join("?" for _ in known)
        with self._database.cursor() as cursor:
            # A literal list of ids lets the reader skip whole groups of rows by their statistics.
            texts = cursor.execute(
                f"""SELECT passage_id, submission_id, document_id, page, start, "end", text, language
FROM read_parquet(?) WHERE passage_id IN ({marks})""",
                [str(self.folder / "passages.parquet"), *known],
            ).fetchall()
        found = {}
        for passage_id, submission, document, page, start, end, text, language in texts:
            row, _, shared, organisation, person, country, stakeholder = known[passage_id]
            found[row] = PassageRow(
                row, passage_id, submission, document, page, start, end, text, language, shared,
                organisation, person, country, stakeholder, scores.get(row, 0.0),
            )  # fmt: skip
        return [found[row] for row in rows if row in found]

    def submissions(
        self,
        *,
        filters: Filters = _ALL,
        question: str = "",
        theme: str = "",
        order: str = "received",
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[list[SubmissionRow], int]:
        """A page of submissions and the number of all; ``limit`` 0 gives them all.

        Narrowed to those that answer ``question`` or have a passage in ``theme`` of it.
        """
        statement = self._statement(filters)
        parts, where = [statement.chosen()], []
        if own := statement.of_passages("p", "row"):
            where.append(f"row IN (SELECT submission FROM passages p WHERE true {own})")
        if theme:
            parts.append(statement.placed(question))
            statement.parameters["theme"] = theme
            where.append(
                f"""row IN (SELECT submission FROM placed WHERE theme = $theme
  OR theme IN (SELECT theme FROM {self._schema}.parents WHERE parent = $theme))"""
            )
        elif question:
            parts.append(statement.answering())
            statement.parameters["question"] = question
            where.append("row IN (SELECT submission FROM answering WHERE question = $question)")
        common = f"""WITH {statement.found()}{", ".join(parts)}
SELECT {{}} FROM chosen {"WHERE " + " AND ".join(where) if where else ""}"""
        total = int(self._ask(common.format("count(*)"), statement.parameters)[0][0])
        page = f" LIMIT {int(limit)} OFFSET {int(offset)}" if limit else ""
        rows = self._ask(
            common.format(_SUBMISSION) + f" ORDER BY {_SUBMISSION_ORDERS[order]}{page}", statement.parameters
        )
        return [SubmissionRow(*row) for row in rows], total

    def submission(self, submission_id: str) -> SubmissionRow | None:
        """One submission, or None."""
        rows = self._ask(
            f"SELECT {_SUBMISSION} FROM submissions WHERE submission_id = $id", {"id": submission_id}
        )
        return SubmissionRow(*rows[0]) if rows else None

    def documents_of(self, submission_id: str) -> list[DocumentRow]:
        """The documents of a submission, in order."""
        rows = self._ask(
            """SELECT document_id, submission_id, name, sha256, media_type, pages, language, status, problem,
  translation_of FROM read_parquet($file) WHERE submission_id = $id""",
            {"file": str(self.folder / "documents.parquet"), "id": submission_id},
        )
        return [DocumentRow(*row) for row in rows]

    def documents_by_digest(self) -> dict[str, list[str]]:
        """Ids of the documents that were read from a file of their own, by the SHA-256 of its bytes."""
        rows = self._ask(
            "SELECT sha256, list(document_id ORDER BY document_id) FROM read_parquet($file) GROUP BY 1",
            {"file": str(self.folder / "documents.parquet")},
        )
        return dict(rows)

    def stakeholders(self) -> list[str]:
        """Every value of the stakeholder field, sorted."""
        rows = self._ask(
            "SELECT DISTINCT stakeholder FROM submissions WHERE stakeholder <> '' ORDER BY 1", {}
        )
        return [row[0] for row in rows]

    def text_of(self, document_id: str) -> str | None:
        """The text version that the passages of a document point into, or None."""
        rows = self._ask(
            "SELECT text FROM read_parquet($file) WHERE document_id = $id",
            {"file": str(self.folder / "texts.parquet"), "id": document_id},
        )
        return str(rows[0][0]) if rows else None

    def placements(self, rows: Sequence[int]) -> list[Placement]:
        """Where passages went: each question they answer with the theme there, and their docket theme."""
        statement = self._statement(_ALL)
        statement.parameters["rows"] = list(rows)
        query = f"""WITH {statement.answering()}, themed AS (
  SELECT a.question, a.passage, coalesce(m.into_theme, a.theme) AS theme, a.score, false AS by_officer
  FROM assignments a LEFT JOIN {self._schema}.theme_map m ON m.theme = a.theme
  WHERE list_contains($rows, a.passage)
    AND NOT EXISTS (FROM {self._schema}.overrides o WHERE o.question = a.question AND o.passage = a.passage)
  UNION ALL
  SELECT question, passage, theme, 1.0, true FROM {self._schema}.overrides
  WHERE list_contains($rows, passage)
), allowed AS (SELECT * FROM themed WHERE passage NOT IN (FROM {self._schema}.not_opinion))
SELECT passage, question, coalesce(t.theme, ''), a.score, a.by_officer OR coalesce(t.by_officer, false)
FROM answering a LEFT JOIN allowed t USING (question, passage) WHERE list_contains($rows, a.passage)
UNION ALL
SELECT passage, question, theme, score, by_officer FROM allowed WHERE question = ''
ORDER BY 1, 2"""
        return [Placement(*row) for row in self._ask(query, statement.parameters)]

    def themes_of_passages(self) -> dict[str, dict[str, str]]:
        """By question ("" for the docket) the theme in effect of each passage id; none where it has none."""
        rows = self._ask(
            f"""WITH themed AS (
  SELECT a.question, a.passage, coalesce(m.into_theme, a.theme) AS theme
  FROM assignments a LEFT JOIN {self._schema}.theme_map m ON m.theme = a.theme
  WHERE NOT EXISTS (
    FROM {self._schema}.overrides o WHERE o.question = a.question AND o.passage = a.passage)
  UNION ALL
  SELECT question, passage, theme FROM {self._schema}.overrides WHERE theme <> ''
)
SELECT question, passage_id, theme FROM themed JOIN passages ON row = passage
WHERE row NOT IN (FROM {self._schema}.not_opinion) ORDER BY 1, row""",
            {},
        )
        found: dict[str, dict[str, str]] = {}
        for question, passage_id, theme in rows:
            found.setdefault(question, {})[passage_id] = theme
        return found

    def members(self, group_id: str, *, limit: int = 50, offset: int = 0) -> tuple[list[MemberRow], int]:
        """The submissions of a shared text, in order of receipt, with what each alone added."""
        parameters: dict[str, Any] = {"file": str(self.folder / "group_members.parquet"), "id": group_id}
        common = """SELECT {} FROM read_parquet($file) g JOIN submissions s USING (submission_id)
WHERE g.group_id = $id"""
        total = int(self._ask(common.format("count(*)"), parameters)[0][0])
        rows = self._ask(
            common.format(_MEMBER) + f" ORDER BY s.row LIMIT {int(limit)} OFFSET {int(offset)}",
            parameters,
        )
        return [MemberRow(*row) for row in rows], total

    def groups_of(self, submission_id: str) -> list[str]:
        """Ids of the shared texts that a submission is part of."""
        rows = self._ask(
            "SELECT group_id FROM read_parquet($file) WHERE submission_id = $id ORDER BY 1",
            {"file": str(self.folder / "group_members.parquet"), "id": submission_id},
        )
        return [row[0] for row in rows]

    def organisations(self) -> list[tuple[str, str, int, int]]:
        """Every organisation in effect: key, a name as written most often, submissions, spellings."""
        statement = self._statement(_ALL)
        query = f"""WITH {statement.chosen()}
SELECT body, mode(organisation), count(*), count(DISTINCT organisation) FROM chosen WHERE body <> ''
GROUP BY body ORDER BY 3 DESC, 1"""
        return [
            (str(key), str(name), int(count), int(spellings))
            for key, name, count, spellings in self._ask(query, statement.parameters)
        ]


_MEMBER = """submission_id, unique_text, s.organisation, s.country, s.language, s.person, s.stakeholder"""
_SUBMISSION = """submission_id, source_id, organisation, person, country, stakeholder, channel, date,
  language, documents, characters, status, problem, message, position"""
