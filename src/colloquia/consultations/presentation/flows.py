"""Passages that two runs share, counted by the theme that each run has them in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from colloquia.engines.bulk import Bulk

_QUERY = """
WITH listed_1 AS (SELECT (row_number() OVER ()) - 1 AS row, passage_id, text FROM read_parquet($before)),
listed_2 AS (SELECT (row_number() OVER ()) - 1 AS row, passage_id, text FROM read_parquet($after))
SELECT coalesce(b.theme, ''), coalesce(a.theme, ''), count(*)
FROM listed_1 o JOIN listed_2 n ON o.passage_id = n.passage_id AND o.text = n.text
LEFT JOIN before_themes b ON b.passage = o.row LEFT JOIN after_themes a ON a.passage = n.row
GROUP BY ALL ORDER BY 3 DESC, 1, 2
"""


@dataclass(frozen=True, slots=True)
class Flow:
    """So many passages went from a theme to a theme; "" stands for none."""

    before: str
    after: str
    passages: int


@lru_cache(maxsize=16)
def flows(before: Bulk, after: Bulk, question: str = "") -> list[Flow]:
    """From theme to theme, most first; of the docket's themes, or of a question's."""
    import duckdb
    import pyarrow as pa

    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        for name, bulk in (("before_themes", before), ("after_themes", after)):
            rows = bulk.themed(question)
            table = pa.table(
                {
                    "passage": pa.array([row for row, _ in rows], pa.int64()),
                    "theme": pa.array([theme for _, theme in rows], pa.string()),
                }
            )
            connection.register(name, table)
        found = connection.execute(
            _QUERY,
            {
                "before": str(before.folder / "passages.parquet"),
                "after": str(after.folder / "passages.parquet"),
            },
        ).fetchall()
    return [Flow(str(old), str(new), int(count)) for old, new, count in found]
