"""The Parquet tables of an analysis; their columns are a promise (docs/reference/tables.md)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from colloquia.engines.results import Analysis
from colloquia.engines.store.storable import storable

if TYPE_CHECKING:
    import pyarrow as pa

TEXT, INTEGER, NUMBER, TEXTS = "string", "int64", "double", "strings"

SCHEMAS: dict[str, dict[str, str]] = {
    "submissions": {
        "submission_id": TEXT, "source_id": TEXT, "person": TEXT, "organisation": TEXT, "country": TEXT,
        "stakeholder": TEXT, "channel": TEXT, "date": TEXT, "language": TEXT, "documents": INTEGER,
        "characters": INTEGER, "status": TEXT, "problem": TEXT,
    },
    "documents": {
        "document_id": TEXT, "submission_id": TEXT, "name": TEXT, "sha256": TEXT, "media_type": TEXT,
        "pages": INTEGER, "language": TEXT, "status": TEXT, "problem": TEXT,
    },
    "passages": {
        "passage_id": TEXT, "submission_id": TEXT, "document_id": TEXT, "page": INTEGER, "start": INTEGER,
        "end": INTEGER, "text": TEXT, "language": TEXT,
    },
    "passage_questions": {"passage_id": TEXT, "question_id": TEXT, "score": NUMBER},
    "themes": {
        "theme_id": TEXT, "question_id": TEXT, "parent_id": TEXT, "label": TEXT, "terms": TEXTS,
        "submissions": INTEGER, "distinct_messages": INTEGER, "stability": NUMBER,
    },
    "passage_themes": {"passage_id": TEXT, "theme_id": TEXT, "score": NUMBER},
    "groups": {"group_id": TEXT, "kind": TEXT, "members": INTEGER, "representative": TEXT},
    "group_members": {"group_id": TEXT, "submission_id": TEXT, "unique_text": TEXT},
    "quotes": {
        "quote_id": TEXT, "theme_id": TEXT, "question_id": TEXT, "passage_id": TEXT, "start": INTEGER,
        "end": INTEGER, "text": TEXT,
    },
    "texts": {"document_id": TEXT, "tool": TEXT, "text": TEXT},
}  # fmt: skip
"""Columns of every table in order. ``texts`` holds the text version that passages point into."""

ROWS = 50_000


def write_tables(analysis: Analysis, folder: Path) -> None:
    """Write every table to ``<folder>/<name>.parquet``, the same bytes for the same analysis.

    Characters that UTF-8 cannot hold (lone surrogates) become U+FFFD.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    for name, columns in SCHEMAS.items():
        schema = pa.schema([(column, _type(pa, kind)) for column, kind in columns.items()])
        with pq.ParquetWriter(folder / f"{name}.parquet", schema, compression="zstd") as writer:
            for batch in _batches(_rows(analysis, name), ROWS):
                writer.write_table(pa.Table.from_pylist(batch, schema=schema))


def _rows(analysis: Analysis, table: str) -> Iterable[dict[str, Any]]:
    if table == "submissions":
        rows = _submissions(analysis)
    elif table == "documents":
        rows = _documents(analysis)
    elif table == "texts":
        rows = _texts(analysis)
    else:
        items: list[Any] = getattr(analysis, table)
        rows = ({key: getattr(item, key) for key in SCHEMAS[table]} for item in items)
    for row in rows:
        yield {key: _clean(value) for key, value in row.items()}


def _submissions(analysis: Analysis) -> Iterable[dict[str, Any]]:
    for item in analysis.submissions:
        row = {key: getattr(item, key, None) for key in SCHEMAS["submissions"]}
        row["documents"] = len(item.documents)
        row["characters"] = sum(len(document.text) for document in item.documents)
        yield row


def _documents(analysis: Analysis) -> Iterable[dict[str, Any]]:
    for item in analysis.submissions:
        for document in item.documents:
            row = {key: getattr(document, key, None) for key in SCHEMAS["documents"]}
            row["pages"] = len(document.page_starts)
            yield row


def _texts(analysis: Analysis) -> Iterable[dict[str, Any]]:
    for item in analysis.submissions:
        for document in item.documents:
            yield {"document_id": document.document_id, "tool": document.tool, "text": document.text}


def _type(pa: Any, kind: str) -> pa.DataType:
    return {TEXT: pa.string(), INTEGER: pa.int64(), NUMBER: pa.float64(), TEXTS: pa.list_(pa.string())}[kind]


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, tuple):
        return [_clean(item) for item in value]
    return value


def _batches(rows: Iterable[dict[str, Any]], size: int) -> Iterable[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    yield batch
