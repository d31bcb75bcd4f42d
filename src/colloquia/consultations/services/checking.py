"""Whether a folder holds the whole result of an analysis, before anything of it is taken in."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

from colloquia.engines.store.manifest import file_digest
from colloquia.engines.store.tables import FLAG, INTEGER, NUMBER, SCHEMAS, TEXT

_NEEDED = (
    "submissions", "documents", "texts", "passages", "passage_questions", "passage_themes", "themes",
    "groups", "group_members", "quotes",
)  # fmt: skip
_LATER = {"mail_domain"}
"""Columns that earlier programs did not write, and without which a run can be read."""
_IDS = {
    "submissions": "submission_id", "documents": "document_id", "texts": "document_id",
    "passages": "passage_id", "themes": "theme_id", "groups": "group_id", "quotes": "quote_id",
}  # fmt: skip
_PARTS = {"funnel": dict, "questions": list, "themes": list, "breakdowns": list, "problems": list}


class RunNotWhole(ValueError):
    """The folder is not the whole result of an analysis; the message says what is wrong."""


def check_results(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The summary and the manifest of the results in ``folder``. Raises RunNotWhole."""
    analysis, manifest = _values(folder, "analysis.json"), _values(folder, "manifest.json")
    for name, kind in _PARTS.items():
        if not isinstance(analysis.get(name), kind):
            raise RunNotWhole(f"{folder / 'analysis.json'} does not say its {name}. Analyse again.")
    outputs = manifest.get("outputs")
    outputs = outputs if isinstance(outputs, dict) else {}
    for name in [f"{table}.parquet" for table in _NEEDED] + ["analysis.json"]:
        _check_plain(folder / name)
        try:
            digest = file_digest(folder / name)
        except OSError as error:
            raise RunNotWhole(f"{folder / name} cannot be read: {error.strerror}. Analyse again.") from error
        stated = outputs.get(name)
        stated = stated.get("sha256") if isinstance(stated, dict) else stated
        if stated != digest:
            raise RunNotWhole(f"{folder / name} is not what the manifest says. Analyse again.")
    for table in _NEEDED:
        _check_columns(folder / f"{table}.parquet", SCHEMAS[table])
    _check_ids(folder)
    _check_quotes(folder)
    return analysis, manifest


def _values(folder: Path, name: str) -> dict[str, Any]:
    _check_plain(folder / name)
    problem: object = f"{name} is not what it should be"
    try:
        values = json.loads((folder / name).read_bytes())
        if isinstance(values, dict):
            return values
    except (OSError, ValueError, RecursionError) as error:
        problem = error
    raise RunNotWhole(
        f"{folder} holds no whole analysis ({problem}); name the folder that “colloquia analyse” filled."
    )


def _check_plain(path: Path) -> None:
    """Links are never followed: what they lead to is not part of the results, and may change."""
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        raise RunNotWhole(
            f"{path} cannot be read: {error.strerror}. Name the folder that “colloquia analyse” filled."
        ) from error
    if not stat.S_ISREG(mode):
        raise RunNotWhole(f"{path} is a link or no file. Copy the whole folder, with the files themselves.")


def _check_columns(path: Path, columns: dict[str, str]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        schema = pq.read_schema(path)
    except (OSError, pa.ArrowInvalid) as error:
        raise RunNotWhole(f"{path} is no Parquet table. Analyse again.") from error
    fits = {
        TEXT: pa.types.is_string,
        INTEGER: pa.types.is_integer,
        NUMBER: pa.types.is_floating,
        FLAG: pa.types.is_boolean,
    }
    for name, kind in columns.items():
        place = schema.get_field_index(name)
        if place < 0 and name in _LATER:
            continue
        if place < 0 or not fits.get(kind, pa.types.is_list)(schema.field(place).type):
            raise RunNotWhole(
                f"{path} has no column “{name}” of the right kind; another program made it. Analyse again."
            )


def _check_ids(folder: Path) -> None:
    """Ids are names: what has none, or that of another, could not be found again."""
    import duckdb

    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        for table, column in _IDS.items():
            path = folder / f"{table}.parquet"
            query = f"SELECT count(*), count(DISTINCT nullif({column}, '')) FROM read_parquet(?)"  # noqa: S608 -- columns are our own
            rows, ids = connection.execute(query, [str(path)]).fetchone() or (0, 0)
            if rows != ids:
                raise RunNotWhole(f"{path} has the same {column} twice, or none. Analyse again.")


def _check_quotes(folder: Path) -> None:
    """Every quotation must stand in its passage, and every passage in its text, at their offsets."""
    import duckdb

    files = {name: str(folder / f"{name}.parquet") for name in ("quotes", "passages", "texts")}
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        wrong = connection.execute(
            """SELECT q.quote_id FROM read_parquet($quotes) q
LEFT JOIN read_parquet($passages) p USING (passage_id) LEFT JOIN read_parquet($texts) t USING (document_id)
WHERE p.text IS NULL OR t.text IS NULL OR substring(p.text, q.start + 1, q."end" - q.start) <> q.text
  OR substring(t.text, p.start + 1, p."end" - p.start) <> p.text LIMIT 1""",
            files,
        ).fetchone()
    if wrong:
        raise RunNotWhole(
            f"The quotation {wrong[0]} does not stand in its text at its offsets; nothing was stored. "
            "Analyse again."
        )
