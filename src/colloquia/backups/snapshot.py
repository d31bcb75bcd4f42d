"""The database at one moment, while others write: as a file (SQLite) or as rows of each table (PostgreSQL).

SQLite copies itself through its online backup, page by page and exactly, from one read transaction that no
writer waits for. PostgreSQL is read in one repeatable read transaction, row by row through Django, so that it
needs no program of the server's version and can be put back into another database.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from colloquia.backups import rows
from colloquia.backups.manifest import SQLITE, BackupUnusable


@dataclass(slots=True)
class Snapshot:
    """What was copied. ``files`` are (path in the backup, file); ``attachments`` SHA-256 to size."""

    kind: str
    files: list[tuple[str, Path]] = field(default_factory=list)
    attachments: dict[str, int] = field(default_factory=dict)
    migrations: dict[str, list[str]] = field(default_factory=dict)
    ledger: dict[str, Any] | None = None
    rows: dict[str, int] = field(default_factory=dict)


_HEAD = "SELECT size, root, at, key, signature FROM core_ledgerhead ORDER BY size DESC LIMIT 1"
_ATTACHMENTS = "SELECT sha256, MAX(size) FROM core_attachment WHERE destroyed_at IS NULL GROUP BY sha256"
_MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY id"


def take(folder: Path) -> Snapshot:
    """Copy the database into files of a folder. Raises BackupUnusable where its tables are not up to date."""
    if pending := _pending():
        raise BackupUnusable(
            f"the tables are not up to date ({pending} waits); start “colloquia serve” once, then try again."
        )
    return _sqlite(folder) if connection.vendor == "sqlite" else _tables(folder)


def _pending() -> str:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{plan[0][0].app_label} {plan[0][0].name}" if plan else ""


def _sqlite(folder: Path) -> Snapshot:
    copy = folder / "colloquia.sqlite3"
    connection.ensure_connection()
    with closing(sqlite3.connect(copy)) as target:
        # All pages in one step: with several, each write of others would begin the copy anew.
        connection.connection.backup(target, pages=-1)
        target.execute("PRAGMA journal_mode=DELETE")
        copy.chmod(0o600)
        problem = target.execute("PRAGMA quick_check(1)").fetchone()[0]
        if problem != "ok":
            raise BackupUnusable(f"the database is damaged: {problem}. Restore an earlier backup.")
        snapshot = Snapshot("sqlite", [(SQLITE, copy)])
        _describe(snapshot, target)
    return snapshot


def _tables(folder: Path) -> Snapshot:
    from django.apps import apps

    snapshot = Snapshot("tables")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            _describe(snapshot, cursor)
        for model in rows.tables(apps):
            path = folder / f"{model._meta.label_lower}.jsonl"
            with path.open("wb") as file:
                snapshot.rows[model._meta.label_lower] = rows.write_lines(model, "default", file)
            snapshot.files.append((f"database/{path.name}", path))
    return snapshot


def _describe(snapshot: Snapshot, cursor: Any) -> None:
    """The head of the ledger, the files and the migrations, of the very moment that was copied."""

    def fetched(statement: str) -> list[Any]:
        # A connection of sqlite3 gives a new cursor; one of Django gives nothing and is the cursor.
        return list((cursor.execute(statement) or cursor).fetchall())

    snapshot.attachments = {str(sha256): int(size) for sha256, size in fetched(_ATTACHMENTS)}
    for app, name in fetched(_MIGRATIONS):
        snapshot.migrations.setdefault(app, []).append(name)
    head = fetched(_HEAD)
    if head:
        snapshot.ledger = dict(zip(("size", "root", "at", "key", "signature"), head[0], strict=True))
