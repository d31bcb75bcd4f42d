"""Small columns of numbers made from a run's tables once, so that pages can count in milliseconds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from colloquia.engines.bulk.names import resolve

INDEX = "index"

# A value is shown as it was first written; case and white space do not make another value.
_CANONICAL = (
    "first_value({0}) OVER (PARTITION BY lower(regexp_replace(trim({0}), '\\s+', ' ', 'g')) ORDER BY row)"
)

_SUBMISSIONS = f"""
WITH listed AS (
  SELECT (row_number() OVER ()) - 1 AS row, * FROM read_parquet($submissions)
)
SELECT row::INTEGER AS row, submission_id, source_id, message::INTEGER AS message, trim(country) AS country,
  {_CANONICAL.format("trim(stakeholder)")} AS stakeholder, language,
  {_CANONICAL.format("trim(channel)")} AS channel, trim(organisation) AS organisation, trim(person) AS person,
  coalesce(r.organisation_key, '') AS organisation_key,
  coalesce(r.organisation_body, '') AS organisation_body,
  date, documents::INTEGER AS documents, characters::INTEGER AS characters, status, problem, position
FROM listed LEFT JOIN resolved r USING (submission_id) ORDER BY row
"""

_PASSAGES = """
WITH listed AS (
  SELECT (row_number() OVER ()) - 1 AS row, passage_id, submission_id, language, shared
  FROM read_parquet($passages)
)
SELECT p.row::INTEGER AS row, p.passage_id, s.row AS submission, p.language, p.shared
FROM listed p JOIN read_parquet($index_submissions) s USING (submission_id) ORDER BY p.row
"""

_ASSIGNMENTS = """
SELECT coalesce(t.question_id, '') AS question, a.theme_id AS theme, p.row AS passage, p.submission, p.shared,
  a.score::FLOAT AS score
FROM read_parquet($passage_themes) a
JOIN read_parquet($themes) t USING (theme_id)
JOIN read_parquet($index_passages) p USING (passage_id)
ORDER BY question, theme, score DESC, passage
"""

_ANSWERS = """
SELECT a.question_id AS question, p.row AS passage, p.submission, p.shared, a.score::FLOAT AS score
FROM read_parquet($passage_questions) a JOIN read_parquet($index_passages) p USING (passage_id)
ORDER BY question, passage
"""

_STEPS = (
    ("submissions", _SUBMISSIONS, ("submissions",)),
    ("passages", _PASSAGES, ("passages", "index_submissions")),
    ("assignments", _ASSIGNMENTS, ("passage_themes", "themes", "index_passages")),
    ("answers", _ANSWERS, ("passage_questions", "index_passages")),
    ("organisations", "SELECT * FROM organisations ORDER BY key", ()),
)


def build_index(folder: Path) -> None:
    """Write ``<folder>/index/*.parquet`` from the tables of a run in ``folder``. Linear but for sorting."""
    import duckdb

    index = folder / INDEX
    index.mkdir(exist_ok=True)
    resolved, organisations = resolve(folder / "submissions.parquet")
    # One thread keeps the order of the rows, which is the number of each.
    with duckdb.connect(":memory:", config={"threads": 1, "preserve_insertion_order": True}) as connection:
        connection.register("resolved", resolved)
        connection.register("organisations", organisations)
        for name, query, needed in _STEPS:
            parameters: dict[str, Any] = {key: str(_file(folder, key)) for key in needed}
            part = index / f".{name}.part"
            parameters["target"] = str(part)
            connection.execute(f"COPY ({query}) TO $target (FORMAT parquet, COMPRESSION zstd)", parameters)
            part.replace(index / f"{name}.parquet")


def is_indexed(folder: Path) -> bool:
    """Whether the index is there, in the form that this program reads."""
    return (folder / INDEX / f"{_STEPS[-1][0]}.parquet").is_file()


def _file(folder: Path, key: str) -> Path:
    if key.startswith("index_"):
        return folder / INDEX / f"{key.removeprefix('index_')}.parquet"
    return folder / f"{key}.parquet"
