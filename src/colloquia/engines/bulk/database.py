"""One run's index in memory, shared by the threads of a process, with what people changed laid over it."""

from __future__ import annotations

import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from colloquia.engines.bulk.index import INDEX, build_index, is_indexed
from colloquia.engines.bulk.records import Overlay

_TABLES = ("submissions", "passages", "assignments", "answers", "organisations")
_OVERLAYS: tuple[tuple[str, str], ...] = (
    ("theme_map", "theme VARCHAR, into_theme VARCHAR"),
    ("parents", "theme VARCHAR, parent VARCHAR"),
    ("overrides", "question VARCHAR, passage INTEGER, theme VARCHAR"),
    ("judged", "question VARCHAR, passage INTEGER, answers BOOLEAN"),
    ("not_opinion", "passage INTEGER"),
    ("organisation_map", "name VARCHAR, organisation VARCHAR"),
    ("state_values", "stakeholder VARCHAR"),
)
# What people decided of a name as written goes before what they decided of its folded form, and that before
# what they decided of the body to which the machine joined it.
_BODIES = """CREATE TABLE {schema}.bodies AS
SELECT s.row, coalesce(w.organisation, n.organisation, b.organisation) AS organisation
FROM submissions s JOIN (
  SELECT key, name_key, body FROM organisations
  WHERE key IN (SELECT name FROM {schema}.organisation_map)
    OR name_key IN (SELECT name FROM {schema}.organisation_map)
    OR body IN (SELECT name FROM {schema}.organisation_map)
) o ON o.key = s.organisation_key
LEFT JOIN {schema}.organisation_map w ON w.name = o.key
LEFT JOIN {schema}.organisation_map n ON n.name = o.name_key
LEFT JOIN {schema}.organisation_map b ON b.name = o.body"""
KEPT_OVERLAYS = 8
KEPT_RUNS = 4
KEPT_SEARCHES = 64
MEMORY = "400MB"
"""Bound on what DuckDB holds for one run; more is spilled to disk."""


class RunDatabase:
    """A run's index, read once. Every thread asks through a cursor of its own."""

    def __init__(self, folder: Path) -> None:
        import duckdb

        self.folder = folder
        self._lock = threading.Lock()
        self._overlays: OrderedDict[str, str] = OrderedDict()
        self._searching = threading.Lock()
        self._searches: OrderedDict[str, str] = OrderedDict()
        self._dropped: OrderedDict[str, str] = OrderedDict()
        self._connection = duckdb.connect(":memory:", config={"threads": 1, "memory_limit": MEMORY})
        for name in _TABLES:
            path = str(folder / INDEX / f"{name}.parquet")
            self._connection.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet(?)", [path])

    def cursor(self) -> Any:
        """A connection of the caller's own to the same tables."""
        with self._lock:
            return self._connection.cursor()

    def overlay(self, overlay: Overlay) -> str:
        """The schema that holds an overlay; made where it is not there, the oldest ones dropped.

        An overlay that was dropped and asked for again gets the name that it had.
        """
        with self._lock:
            if overlay.version in self._overlays:
                self._overlays.move_to_end(overlay.version)
                return self._overlays[overlay.version]
            schema = f"overlay_{hashlib.sha256(overlay.version.encode()).hexdigest()[:32]}"
            self._make(schema, overlay)
            self._overlays[overlay.version] = schema
            while len(self._overlays) > KEPT_OVERLAYS:
                _, oldest = self._overlays.popitem(last=False)
                self._connection.execute(f"DROP SCHEMA IF EXISTS {oldest} CASCADE")
            return schema

    def found(self, words: str) -> str:
        """The table of the rows of the passages that hold words, whatever their case; found once."""
        name = f"found_{hashlib.sha256(words.lower().encode()).hexdigest()[:32]}"
        with self._searching:
            if name not in self._searches:
                self._find(name, words)
            self._searches[name] = words
            self._searches.move_to_end(name)
            while len(self._searches) > KEPT_SEARCHES:
                oldest, words_of_it = self._searches.popitem(last=False)
                self._dropped[oldest] = words_of_it
                if len(self._dropped) > 8 * KEPT_SEARCHES:
                    self._dropped.popitem(last=False)
                with self.cursor() as cursor:
                    cursor.execute(f"DROP TABLE IF EXISTS {oldest}")
        return name

    def find_again(self, query: str) -> None:
        """Make the tables of searches that a query names and that were dropped under it."""
        for name in re.findall(r"found_[0-9a-f]{32}", query):
            if words := self._dropped.get(name):
                self.found(words)

    def _find(self, name: str, words: str) -> None:
        with self.cursor() as cursor:
            cursor.execute(
                f"""CREATE TABLE IF NOT EXISTS {name} AS
SELECT p.row FROM read_parquet($file) t JOIN passages p USING (passage_id)
WHERE contains(lower(t.text), lower($words))""",
                {"file": str(self.folder / "passages.parquet"), "words": words},
            )

    def _make(self, schema: str, overlay: Overlay) -> None:
        rows: dict[str, Iterable[Sequence[Any]]] = {
            "theme_map": overlay.theme_map.items(),
            "parents": overlay.parents.items(),
            "overrides": overlay.overrides,
            "judged": overlay.answers,
            "not_opinion": ((row,) for row in overlay.not_opinion),
            "organisation_map": overlay.organisations.items(),
            "state_values": ((value,) for value in overlay.state_stakeholders),
        }
        self._connection.execute(f"CREATE SCHEMA {schema}")
        for name, columns in _OVERLAYS:
            self._connection.execute(f"CREATE TABLE {schema}.{name} ({columns})")
            self._fill(f"{schema}.{name}", [part.split()[0] for part in columns.split(", ")], rows[name])
        self._connection.execute(_BODIES.format(schema=schema))

    def _fill(self, table: str, names: list[str], rows: Iterable[Sequence[Any]]) -> None:
        import pyarrow as pa

        listed = list(rows)
        if listed:
            columns = pa.table(
                {name: list(values) for name, values in zip(names, zip(*listed, strict=True), strict=True)}
            )
            cursor = self._connection
            cursor.register("incoming", columns)
            cursor.execute(f"INSERT INTO {table} SELECT * FROM incoming")
            cursor.unregister("incoming")


_databases: OrderedDict[Path, RunDatabase] = OrderedDict()
_opening = threading.Lock()


def open_database(folder: Path) -> RunDatabase:
    """The database of a run's folder, from memory where this process has it. The latest few are kept."""
    with _opening:
        found = _databases.get(folder)
        if found is None:
            if not is_indexed(folder):
                # An earlier program made another index; the tables hold all that this one is made of.
                build_index(folder)
            found = _databases[folder] = RunDatabase(folder)
            while len(_databases) > KEPT_RUNS:
                _databases.popitem(last=False)
        _databases.move_to_end(folder)
        return found


def forget(folder: Path) -> None:
    """Let go of a run's database, for instance since its folder was removed."""
    with _opening:
        _databases.pop(folder, None)
