"""Proposals on the organisations of a run, looked for once and kept beside its index."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from colloquia.engines.bulk.index import INDEX
from colloquia.engines.bulk.names import mentions_of
from colloquia.engines.organisations import propose

Progress = Callable[[str, int, int], None]


def proposals_file(folder: Path) -> Path:
    """Where the proposals of the run in ``folder`` are kept."""
    return folder / INDEX / "proposals.parquet"


def _silent(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


def look_for_proposals(folder: Path, progress: Progress = _silent) -> int:
    """Look for pairs of organisations that a person should see, and keep all that were found; how many.

    What people decided plays no part, so that this is done once for a run: decided pairs are left out when
    proposals are read. Takes about as long as ``engines.organisations.propose``.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    mentions = mentions_of(folder / "submissions.parquet")
    found = propose(mentions, most=None, progress=progress)
    kinds: dict[str, Any] = {
        "place": pa.int32(), "kind": pa.string(), "one": pa.string(), "other": pa.string(),
        "score": pa.float64(), "reasons": pa.string(),
    }  # fmt: skip
    rows = [
        (
            place,
            item.kind,
            *item.keys,
            item.score,
            json.dumps(
                [[reason.ground, reason.value, reason.against] for reason in item.reasons], ensure_ascii=False
            ),
        )
        for place, item in enumerate(found.proposals)
    ]
    columns = zip(*rows, strict=True) if rows else [()] * len(kinds)
    table = pa.table(
        {name: pa.array(values, type=kinds[name]) for name, values in zip(kinds, columns, strict=True)}
    )
    target = proposals_file(folder)
    part = target.with_name(f".{target.name}.part")
    pq.write_table(table, part, compression="zstd")
    part.replace(target)
    return len(rows)


if __name__ == "__main__":
    import sys

    look_for_proposals(Path(sys.argv[1]))
