"""Counting the bulk of a run as it is in effect: sizes of themes and questions, and breakdowns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from colloquia.engines.bulk.database import open_database
from colloquia.engines.bulk.records import Filters, Overlay, Size, ValueRow
from colloquia.engines.bulk.statements import Statement

_SIZES = """count(*), count(DISTINCT message) FILTER (message >= 0), count(DISTINCT nullif(body, '')),
  count(DISTINCT nullif(state, '')), sum(passages)::BIGINT"""
DIMENSIONS = frozenset(("country", "stakeholder", "language", "channel", "position"))


class Counting:
    """A run's bulk under one overlay. Cheap to make; threads may share it.

    Raises FileNotFoundError where the run's folder has no index.
    """

    def __init__(self, folder: Path, overlay: Overlay) -> None:
        self.folder = folder
        self.overlay = overlay
        try:
            self._database = open_database(folder)
        except OSError as error:
            raise FileNotFoundError(f"{folder} holds no index of a run.") from error
        self._schema = self._database.overlay(overlay)

    def _ask(self, query: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
        with self._database.cursor() as cursor:
            rows: list[tuple[Any, ...]] = cursor.execute(query, parameters).fetchall()
            return rows

    def _statement(self, filters: Filters) -> Statement:
        return Statement(self._schema, filters, str(self.folder / "passages.parquet"))

    def total(self, filters: Filters = Filters()) -> Size:  # noqa: B008 -- frozen
        """All submissions that the filters let through; ``passages`` are all of theirs."""
        statement = self._statement(filters)
        own = statement.of_passages("p", "row")
        query = f"""WITH {statement.found()}{statement.chosen()}, pairs AS (
  SELECT submission, count(*) AS passages FROM passages p WHERE true {own} GROUP BY 1)
SELECT {_SIZES} FROM chosen {"JOIN" if own else "LEFT JOIN"} pairs ON row = submission"""
        return _size(self._ask(query, statement.parameters)[0])

    def by_question(self, filters: Filters = Filters()) -> dict[str, Size]:  # noqa: B008 -- frozen
        """Sizes by question id; questions that nobody answered are absent."""
        statement = self._statement(filters)
        query = f"""WITH {statement.found()}{statement.chosen()}, {statement.answering()}, pairs AS (
  SELECT question, submission, count(*) AS passages FROM answering GROUP BY ALL)
SELECT question, {_SIZES} FROM pairs JOIN chosen ON row = submission GROUP BY question"""
        return {row[0]: _size(row[1:]) for row in self._ask(query, statement.parameters)}

    def by_theme(self, question: str, filters: Filters = Filters()) -> dict[str, Size]:  # noqa: B008 -- frozen
        """Sizes of the themes in effect of a question ("" for the docket), and of the groups above them."""
        statement = self._statement(filters)
        query = f"""WITH {statement.found()}{statement.chosen()}, {statement.placed(question)},
levels AS (
  SELECT theme, submission FROM placed
  UNION ALL
  SELECT parent AS theme, submission FROM placed JOIN {self._schema}.parents USING (theme)
), pairs AS (SELECT theme, submission, count(*) AS passages FROM levels GROUP BY ALL)
SELECT theme, {_SIZES} FROM pairs JOIN chosen ON row = submission GROUP BY theme"""
        return {row[0]: _size(row[1:]) for row in self._ask(query, statement.parameters)}

    def breakdown(
        self,
        dimension: str,
        *,
        question: str | None = None,
        theme: str = "",
        filters: Filters = Filters(),  # noqa: B008 -- frozen
    ) -> tuple[list[ValueRow], int, int]:
        """Submissions by one of ``DIMENSIONS``, most first: rows, base, and how many state no value.

        Counted is the docket (``question`` None), a question, or a theme of a question ("" for the docket's).
        Raises ValueError for another dimension.
        """
        if dimension not in DIMENSIONS:
            raise ValueError(f"There is no dimension {dimension!r}.")
        statement = self._statement(filters)
        parts = [statement.chosen()]
        among = ""
        if theme:
            parts.append(statement.placed(question or ""))
            statement.parameters["theme"] = theme
            among = f"""WHERE row IN (SELECT submission FROM placed
  WHERE theme = $theme OR theme IN (SELECT theme FROM {self._schema}.parents WHERE parent = $theme))"""
        elif question:
            parts.append(statement.answering())
            statement.parameters["question"] = question
            among = "WHERE row IN (SELECT submission FROM answering WHERE question = $question)"
        query = f"""WITH {statement.found()}{", ".join(parts)}
SELECT {dimension}, count(*), count(DISTINCT message) FILTER (message >= 0)
FROM chosen {among} GROUP BY 1 ORDER BY 2 DESC, 1"""
        rows = self._ask(query, statement.parameters)
        missing = sum(row[1] for row in rows if not row[0])
        stated = [ValueRow(*row) for row in rows if row[0]]
        return stated, missing + sum(row.submissions for row in stated), missing


def _size(row: tuple[Any, ...]) -> Size:
    return Size(*(int(value or 0) for value in row))
