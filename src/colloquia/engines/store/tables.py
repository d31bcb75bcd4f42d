"""The Parquet tables of an analysis; their columns are a promise (docs/reference/tables.md)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from colloquia.engines.records import Submission
from colloquia.engines.results import Analysis
from colloquia.engines.store.storable import storable

if TYPE_CHECKING:
    import pyarrow as pa

TEXT, INTEGER, NUMBER, FLAG, TEXTS, INTEGERS = "string", "int64", "double", "bool", "strings", "integers"

SCHEMAS: dict[str, dict[str, str]] = {
    "submissions": {
        "submission_id": TEXT, "source_id": TEXT, "person": TEXT, "organisation": TEXT, "country": TEXT,
        "stakeholder": TEXT, "channel": TEXT, "date": TEXT, "language": TEXT, "documents": INTEGER,
        "characters": INTEGER, "status": TEXT, "problem": TEXT, "position": TEXT, "message": INTEGER,
        "stated_country": TEXT, "stated_language": TEXT, "mail_domain": TEXT,
    },
    "documents": {
        "document_id": TEXT, "submission_id": TEXT, "name": TEXT, "sha256": TEXT, "media_type": TEXT,
        "pages": INTEGER, "language": TEXT, "status": TEXT, "problem": TEXT, "question_id": TEXT,
        "translation_of": TEXT,
    },
    "passages": {
        "passage_id": TEXT, "submission_id": TEXT, "document_id": TEXT, "page": INTEGER, "start": INTEGER,
        "end": INTEGER, "text": TEXT, "language": TEXT, "shared": FLAG,
    },
    "passage_questions": {"passage_id": TEXT, "question_id": TEXT, "score": NUMBER},
    "themes": {
        "theme_id": TEXT, "question_id": TEXT, "parent_id": TEXT, "label": TEXT, "terms": TEXTS,
        "submissions": INTEGER, "distinct_messages": INTEGER, "stability": NUMBER,
        "continues": TEXT,
    },
    "passage_themes": {"passage_id": TEXT, "theme_id": TEXT, "score": NUMBER},
    "groups": {"group_id": TEXT, "kind": TEXT, "members": INTEGER, "representative": TEXT},
    "group_members": {"group_id": TEXT, "submission_id": TEXT, "unique_text": TEXT},
    "quotes": {
        "quote_id": TEXT, "theme_id": TEXT, "question_id": TEXT, "passage_id": TEXT, "start": INTEGER,
        "end": INTEGER, "text": TEXT,
    },
    "texts": {"document_id": TEXT, "tool": TEXT, "text": TEXT, "page_starts": INTEGERS},
    "closed": {"submission_id": TEXT, "heading": TEXT, "answer": TEXT},
}  # fmt: skip
"""Columns of every table in order. ``texts`` holds the text version that passages point into."""

ROWS = 50_000
"""Rows in a row group, unless ``GROUPS`` says otherwise."""
GROUPS = {"passages": 2_000, "texts": 500}
"""Smaller groups where single rows are looked up by id (measured; see docs/reference/tables.md)."""


def write_tables(analysis: Analysis, folder: Path) -> None:
    """Write every table to ``<folder>/<name>.parquet``, the same bytes for the same analysis.

    Characters that UTF-8 cannot hold (lone surrogates) become U+FFFD.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    for name, columns in SCHEMAS.items():
        schema = pa.schema([(column, _type(pa, kind)) for column, kind in columns.items()])
        with pq.ParquetWriter(folder / f"{name}.parquet", schema, compression="zstd") as writer:
            for batch in _batches(_rows(analysis, name), GROUPS.get(name, ROWS)):
                writer.write_table(pa.Table.from_pylist(batch, schema=schema))


def _rows(analysis: Analysis, table: str) -> Iterable[dict[str, Any]]:
    made = {
        "submissions": _submissions,
        "documents": _documents,
        "passages": _passages,
        "texts": _texts,
        "closed": _closed,
    }
    if table in made:
        rows = made[table](analysis)
    else:
        items: list[Any] = getattr(analysis, table)
        rows = ({key: getattr(item, key) for key in SCHEMAS[table]} for item in items)
    for row in rows:
        yield {key: _clean(value) for key, value in row.items()}


def _submissions(analysis: Analysis) -> Iterable[dict[str, Any]]:
    for item, message in _numbered(analysis):
        row = {key: getattr(item, key, None) for key in SCHEMAS["submissions"]}
        received = [document for document in item.documents if not document.translation_of]
        row["documents"] = len(received)
        row["characters"] = sum(len(document.text) for document in received)
        row["message"] = message
        yield row


def _numbered(analysis: Analysis) -> Iterable[tuple[Submission, int]]:
    """Submissions with the numbers of their messages, -1 where an analysis does not say them."""
    known = len(analysis.message) == len(analysis.submissions)
    for place, item in enumerate(analysis.submissions):
        yield item, analysis.message[place] if known else -1


def _documents(analysis: Analysis) -> Iterable[dict[str, Any]]:
    for item in analysis.submissions:
        for document in item.documents:
            row = {key: getattr(document, key, None) for key in SCHEMAS["documents"]}
            row["pages"] = len(document.page_starts)
            row["question_id"] = document.question_id or ""
            yield row


def _passages(analysis: Analysis) -> Iterable[dict[str, Any]]:
    for number, passage in enumerate(analysis.passages):
        row = {key: getattr(passage, key, None) for key in SCHEMAS["passages"]}
        row["shared"] = number < len(analysis.shared) and analysis.shared[number]
        yield row


def _texts(analysis: Analysis) -> Iterable[dict[str, Any]]:
    for item in analysis.submissions:
        for document in item.documents:
            yield {key: getattr(document, key) for key in SCHEMAS["texts"]}


def _closed(analysis: Analysis) -> Iterable[dict[str, Any]]:
    for item in analysis.submissions:
        for heading, answer in item.closed.items():
            yield {"submission_id": item.submission_id, "heading": heading, "answer": answer}


def _type(pa: Any, kind: str) -> pa.DataType:
    kinds = {TEXT: pa.string(), INTEGER: pa.int64(), NUMBER: pa.float64(), FLAG: pa.bool_()}
    lists = {TEXTS: pa.list_(pa.string()), INTEGERS: pa.list_(pa.int64())}
    return kinds[kind] if kind in kinds else lists[kind]


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
