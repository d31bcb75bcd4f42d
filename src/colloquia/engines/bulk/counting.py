"""Counting the bulk of a run as it is in effect: sizes of themes and questions, and breakdowns."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from colloquia.engines.bulk.database import open_database
from colloquia.engines.bulk.index import INDEX
from colloquia.engines.bulk.records import Filters, Overlay, Size, ValueRow
from colloquia.engines.bulk.statements import Statement

_SIZES = """count(*), count(DISTINCT message) FILTER (message >= 0), count(DISTINCT nullif(body, '')),
  count(DISTINCT nullif(state, '')), sum(passages)::BIGINT"""
_TWO = "count(*), count(DISTINCT message) FILTER (message >= 0)"
DIMENSIONS = frozenset(("country", "stakeholder", "language", "channel", "position"))


class Counting:
    """A run's bulk under one overlay. Cheap to make; threads may share it.

    Raises FileNotFoundError where the run's folder has neither an index nor tables to make one of.
    """

    def __init__(self, folder: Path, overlay: Overlay) -> None:
        self.folder = folder
        self.overlay = overlay
        if not (folder / INDEX).is_dir() and not (folder / "passages.parquet").is_file():
            raise FileNotFoundError(f"{folder} holds no index of a run.")
        self._database = open_database(folder)
        self._schema = self._database.overlay(overlay)

    def _ask(self, query: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
        import duckdb

        for last in (False, True):
            try:
                with self._database.cursor() as cursor:
                    rows: list[tuple[Any, ...]] = cursor.execute(query, parameters).fetchall()
                    return rows
            except duckdb.CatalogException:
                # Enough newer overlays or searches were made meanwhile for these to be dropped.
                if last:
                    raise
                self._database.overlay(self.overlay)
                self._database.find_again(query)
        raise AssertionError

    def _statement(self, filters: Filters) -> Statement:
        return Statement(
            self._schema, filters, self._database.found(filters.search) if filters.search else ""
        )

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

    def by_theme(
        self,
        question: str | None,
        filters: Filters = Filters(),  # noqa: B008 -- frozen
        *,
        only: Collection[str] | None = None,
    ) -> dict[str, Size]:
        """Sizes of the themes in effect of a question ("" for the docket), and of the groups above them.

        With None those of all questions and of the docket, in a fraction of the time of asking for each.
        ``only`` names the themes and groups to count, which takes less where they are few.
        """
        statement = self._statement(filters)
        among = ""
        if only is not None:
            statement.parameters["only"] = list(only)
            among = "WHERE list_contains($only, theme)"
        query = f"""WITH {statement.found()}{statement.chosen()}, {statement.placed(question)},
levels AS (
  SELECT theme, submission FROM placed
  UNION ALL
  SELECT parent AS theme, submission FROM placed JOIN {self._schema}.parents USING (theme)
), pairs AS (SELECT theme, submission, count(*) AS passages FROM levels {among} GROUP BY ALL)
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
        query = f"""{self._counted(statement, question, theme)}
SELECT {dimension}, {_TWO} FROM counted GROUP BY 1 ORDER BY 2 DESC, 1"""
        return _stated(self._ask(query, statement.parameters))

    def breakdowns(
        self,
        *,
        groups: Mapping[str, Sequence[str]],
        question: str | None = None,
        theme: str = "",
        filters: Filters = Filters(),  # noqa: B008 -- frozen
    ) -> dict[str, tuple[list[ValueRow], int, int]]:
        """``breakdown`` by every dimension at once, and by ``group``: codes of territories by group's name.

        Groups may overlap; missing from them is who states no territory, or one that is in no group.
        """
        statement = self._statement(filters)
        pairs = [(code, name) for name, codes in groups.items() for code in codes]
        statement.parameters["codes"] = [code for code, _ in pairs]
        statement.parameters["groups"] = [name for _, name in pairs]
        each = [f"SELECT '{name}', {name}, {_TWO} FROM counted GROUP BY 2" for name in sorted(DIMENSIONS)]
        query = f"""{self._counted(statement, question, theme)},
held AS (SELECT unnest($codes::VARCHAR[]) AS code, unnest($groups::VARCHAR[]) AS name)
{" UNION ALL ".join(each)}
UNION ALL SELECT 'group', name, {_TWO} FROM counted JOIN held ON code = country GROUP BY 2
UNION ALL SELECT 'group', '', {_TWO} FROM counted WHERE country NOT IN (SELECT code FROM held)
UNION ALL SELECT '', '', {_TWO} FROM counted
ORDER BY 3 DESC, 2"""
        found: dict[str, list[tuple[Any, ...]]] = {name: [] for name in (*sorted(DIMENSIONS), "group", "")}
        for dimension, *row in self._ask(query, statement.parameters):
            found[dimension].append(tuple(row))
        base = int(found.pop("")[0][1])
        counted = {name: _stated(rows) for name, rows in found.items()}
        rows, _, missing = counted["group"]
        return counted | {"group": (rows, base, missing)}

    def _counted(self, statement: Statement, question: str | None, theme: str) -> str:
        """The beginning of a query to ``counted``: the submissions of the docket, a question or a theme."""
        parts = [statement.chosen()]
        among = statement.of_passages("p", "row")
        if among:
            among = f"WHERE row IN (SELECT submission FROM passages p WHERE true {among})"
        if theme:
            parts.append(statement.placed(question or ""))
            statement.parameters["theme"] = theme
            among = f"""WHERE row IN (SELECT submission FROM placed
  WHERE theme = $theme OR theme IN (SELECT theme FROM {self._schema}.parents WHERE parent = $theme))"""
        elif question:
            parts.append(statement.answering())
            statement.parameters["question"] = question
            among = "WHERE row IN (SELECT submission FROM answering WHERE question = $question)"
        return f"""WITH {statement.found()}{", ".join(parts)},
counted AS MATERIALIZED (
  SELECT country, stakeholder, language, channel, position, message FROM chosen {among})"""

    def across(self, question: str, dimension: str) -> dict[str, list[ValueRow]]:
        """Of each theme in effect of a question, its submissions by one of ``DIMENSIONS``, most first.

        Submissions that state no value are left out. Raises ValueError for another dimension.
        """
        if dimension not in DIMENSIONS:
            raise ValueError(f"There is no dimension {dimension!r}.")
        statement = self._statement(Filters())
        query = f"""WITH {statement.found()}{statement.chosen()}, {statement.placed(question)},
pairs AS (SELECT DISTINCT theme, submission FROM placed)
SELECT theme, {dimension}, {_TWO} FROM pairs JOIN chosen ON row = submission
WHERE {dimension} <> '' GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2"""
        found: dict[str, list[ValueRow]] = {}
        for theme, *row in self._ask(query, statement.parameters):
            found.setdefault(str(theme), []).append(ValueRow(*row))
        return found

    def neighbours(self, submission_id: str) -> tuple[str, str]:
        """Ids of the submissions received before and after this one, "" where there is none."""
        rows = self._ask(
            """SELECT n.row - s.row, n.submission_id FROM submissions s
JOIN submissions n ON n.row IN (s.row - 1, s.row + 1) WHERE s.submission_id = $id""",
            {"id": submission_id},
        )
        found = {int(step): str(name) for step, name in rows}
        return found.get(-1, ""), found.get(1, "")

    def themed(self, question: str) -> list[tuple[int, str]]:
        """(passage row, theme in effect) of every passage of a question that is in a theme."""
        statement = self._statement(Filters())
        query = f"WITH {statement.placed(question)} SELECT DISTINCT passage, theme FROM placed"
        return [(int(row), str(theme)) for row, theme in self._ask(query, statement.parameters)]


def _stated(rows: list[tuple[Any, ...]]) -> tuple[list[ValueRow], int, int]:
    """Rows with a value, the base, and how many state none."""
    missing = sum(row[1] for row in rows if not row[0])
    stated = [ValueRow(*row) for row in rows if row[0]]
    return stated, missing + sum(row.submissions for row in stated), missing


def _size(row: tuple[Any, ...]) -> Size:
    return Size(*(int(value or 0) for value in row))
