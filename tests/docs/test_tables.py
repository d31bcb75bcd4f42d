"""The page on the tables is a promise: it names every column in order, and its queries run."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from colloquia.engines.store import SCHEMAS
from colloquia.engines.store.tables import FLAG, INTEGER, INTEGERS, NUMBER, TEXT, TEXTS
from tests.docs.pages import blocks, page, sections, table_rows

TYPES = {
    TEXT: "string", INTEGER: "int64", NUMBER: "double", FLAG: "bool", TEXTS: "list<string>",
    INTEGERS: "list<int64>",
}  # fmt: skip
NULLABLE = {("themes", "question_id"), ("themes", "parent_id"), ("quotes", "question_id")}


def documented() -> dict[str, dict[str, str]]:
    return {
        name: {row[0].strip("`"): row[1] for row in table_rows(section)}
        for name, section in sections(page("reference/tables.md")).items()
    }


def test_page_names_every_table_and_column_with_its_type_in_order() -> None:
    expected = [
        (table, [(column, TYPES[kind]) for column, kind in columns.items()])
        for table, columns in SCHEMAS.items()
    ]
    assert [(table, list(columns.items())) for table, columns in documented().items()] == expected


def test_files_hold_the_documented_columns(results: Path) -> None:
    found = {
        path.stem: [row[0] for row in duckdb.sql(f"DESCRIBE SELECT * FROM '{path}'").fetchall()]
        for path in results.glob("*.parquet")
    }
    assert found == {table: list(columns) for table, columns in documented().items()}


@pytest.mark.parametrize("table", SCHEMAS)
def test_only_the_documented_columns_hold_nulls(results: Path, table: str) -> None:
    counts = ", ".join(f'count(*) FILTER ("{column}" IS NULL)' for column in SCHEMAS[table])
    (row,) = duckdb.sql(f"SELECT {counts} FROM '{results}/{table}.parquet'").fetchall()
    nulls = {column for column, count in zip(SCHEMAS[table], row, strict=True) if count}
    assert nulls <= {column for name, column in NULLABLE if name == table}


def test_queries_of_the_page_run(results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(results)
    themes, misplaced = blocks(page("reference/tables.md"), "sql")
    rows = duckdb.sql(themes).fetchall()
    assert {row[0] for row in rows} == {"IP-08.q1"}
    assert duckdb.sql(misplaced).fetchall() == []


def test_query_for_misplaced_quotes_finds_one(
    results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("passages", "texts"):
        (tmp_path / f"{name}.parquet").symlink_to(results / f"{name}.parquet")
    changed = f"SELECT * REPLACE (text || '!' AS text) FROM '{results}/quotes.parquet' LIMIT 1"
    duckdb.sql(f"COPY ({changed}) TO 'quotes.parquet'")
    _, misplaced = blocks(page("reference/tables.md"), "sql")
    assert len(duckdb.sql(misplaced).fetchall()) == 1


def test_passage_in_unsupported_language_answers_only_what_its_sender_said(results: Path) -> None:
    query = f"""
        SELECT p.language, a.question_id, a.score, t.theme_id
        FROM '{results}/passages.parquet' AS p
        LEFT JOIN '{results}/passage_questions.parquet' AS a USING (passage_id)
        LEFT JOIN '{results}/passage_themes.parquet' AS t USING (passage_id)
        WHERE p.language = 'sw'
    """
    assert duckdb.sql(query).fetchall() == [("sw", "IP-08.q1", 1.0, None)]
