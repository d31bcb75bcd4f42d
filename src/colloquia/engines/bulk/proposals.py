"""Proposals on the organisations of a run: looked for once, kept beside its index, and read without those
that people decided upon.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from colloquia.engines.bulk.index import INDEX
from colloquia.engines.bulk.names import mentions_of
from colloquia.engines.organisations import Reason, propose

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

MOST = 3
"""A proposal is open while it is among so many strongest of its kind for either of its organisations."""
KINDS = ("same", "part of")
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal between two organisations in effect; of ``part of`` the first is the whole."""

    kind: str
    keys: tuple[str, str]
    score: float
    reasons: tuple[Reason, ...]


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
    found = propose(mentions, most=None, progress=progress).proposals
    table = pa.table(
        {
            "kind": pa.array([item.kind for item in found], type=pa.string()),
            "one": pa.array([item.keys[0] for item in found], type=pa.string()),
            "other": pa.array([item.keys[1] for item in found], type=pa.string()),
            "score": pa.array([item.score for item in found], type=pa.float64()),
            "reasons": pa.array([_written(item.reasons) for item in found], type=pa.string()),
        }
    )
    target = proposals_file(folder)
    part = target.with_name(f".{target.name}.part")
    pq.write_table(table, part, compression="zstd")
    part.replace(target)
    return len(found)


def _written(reasons: Collection[Reason]) -> str:
    return json.dumps([[item.ground, item.value, item.against] for item in reasons], ensure_ascii=False)


class Proposals:
    """The proposals of a run that are open under people's decisions, the strongest first.

    ``organisations`` leads from keys to organisations in effect, as in an overlay; ``closed`` are pairs of
    these, in order of the alphabet, that people decided upon. Raises FileNotFoundError where nobody looked.
    """

    def __init__(
        self, folder: Path, organisations: Mapping[str, str], closed: Collection[tuple[str, str]]
    ) -> None:
        file = proposals_file(folder)
        if not file.is_file():
            raise FileNotFoundError(f"{file} is not there; proposals were not looked for yet.")
        self._held = _read(file, file.stat().st_mtime_ns)
        self._in_effect = organisations
        self._keys, self._ends, self._places = self._held.open(organisations, closed)

    def counts(self) -> dict[str, int]:
        """How many are open, by kind."""
        import numpy as np

        counted = np.bincount(self._held.kind[self._places], minlength=len(KINDS)).tolist()
        return dict(zip(KINDS, counted, strict=True))

    def page(self, kind: str, limit: int, offset: int) -> list[ProposalRow]:
        """Some of the proposals of a kind."""
        held = self._held
        places = self._places[held.kind[self._places] == KINDS.index(kind)][offset : offset + limit]
        return self._rows(places)

    def between(self, one: str, other: str) -> ProposalRow | None:
        """The open proposal on two organisations in effect, if there is one."""
        if one not in self._keys or other not in self._keys:
            return None
        pair = sorted((self._keys[one], self._keys[other]))
        ends = self._ends[:, self._places]
        found = self._places[(ends.min(axis=0) == pair[0]) & (ends.max(axis=0) == pair[1])]
        return next(iter(self._rows(found[:1])), None)

    def _rows(self, places: Integers) -> list[ProposalRow]:
        rows: list[dict[str, Any]] = self._held.table.take(places).to_pylist()
        return [
            ProposalRow(
                row["kind"],
                (
                    self._in_effect.get(row["one"], row["one"]),
                    self._in_effect.get(row["other"], row["other"]),
                ),
                row["score"],
                tuple(Reason(*reason) for reason in json.loads(row["reasons"])),
            )
            for row in rows
        ]


@dataclass(frozen=True, slots=True)
class _Held:
    """All proposals of a run; ``one`` and ``other`` (n,) are numbers of ``keys``."""

    table: pa.Table
    keys: dict[str, int]
    kind: Integers
    one: Integers
    other: Integers

    def open(
        self, organisations: Mapping[str, str], closed: Collection[tuple[str, str]]
    ) -> tuple[dict[str, int], Integers, Integers]:
        """Numbers of keys, the ends in effect (2, n) of all proposals, places of the open ones in order."""
        import numpy as np

        keys = dict(self.keys)
        in_effect = np.arange(len(keys) + len(organisations) + 2 * len(closed))
        for key, organisation in organisations.items():
            in_effect[keys.setdefault(key, len(keys))] = keys.setdefault(organisation, len(keys))
        decided = [
            keys[one] * len(in_effect) + keys[other]
            for pair in closed
            for one, other in (pair, pair[::-1])
            if one in keys and other in keys
        ]
        one, other = in_effect[self.one], in_effect[self.other]
        pair = np.minimum(one, other) * len(in_effect) + np.maximum(one, other)
        # Of several proposals between two organisations the strongest, which comes first.
        strongest = np.zeros(len(pair), dtype=bool)
        strongest[np.unique(pair, return_index=True)[1]] = True
        places = np.flatnonzero(strongest & (one != other) & ~np.isin(pair, decided))
        ends = np.concatenate([one[places], other[places]]) * len(KINDS) + np.tile(self.kind[places], 2)
        near = _first_of_each(ends, np.tile(places, 2), MOST)
        return keys, np.stack([one, other]), places[near[: len(places)] | near[len(places) :]]


def _first_of_each(groups: Integers, order: Integers, most: int) -> NDArray[np.bool_]:
    """Which entries are among the ``most`` first of their group."""
    import numpy as np

    sorting = np.lexsort((order, groups))
    at = np.arange(len(groups))
    begins = np.r_[True, np.diff(groups[sorting]) != 0] if len(groups) else np.zeros(0, dtype=bool)
    rank = at - np.maximum.accumulate(np.where(begins, at, 0)) if len(groups) else at
    found = np.zeros(len(groups), dtype=bool)
    found[sorting[rank < most]] = True
    return found


@lru_cache(maxsize=2)
def _read(file: Path, _changed: int) -> _Held:
    import numpy as np
    import pyarrow.parquet as pq

    table = pq.read_table(file)
    columns = {name: table.column(name).to_pylist() for name in ("kind", "one", "other")}
    keys: dict[str, int] = {}
    one, other = (
        np.array([keys.setdefault(key, len(keys)) for key in columns[name]], dtype=np.int64)
        for name in ("one", "other")
    )
    kind = np.array([KINDS.index(value) for value in columns["kind"]], dtype=np.int64)
    return _Held(table, keys, kind, one, other)


if __name__ == "__main__":
    import sys

    look_for_proposals(Path(sys.argv[1]))
