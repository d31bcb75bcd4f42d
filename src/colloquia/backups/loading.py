"""Rows of a backup into the tables of this machine, whatever database made them. After ``django.setup()``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from colloquia import databases
from colloquia.backups import rows
from colloquia.backups.manifest import BackupUnusable, Manifest
from colloquia.backups.sources import Backup

_ALIAS = "backup"
Progress = Callable[[str, int, int], None]


def require_known(manifest: Manifest) -> None:
    """Raise BackupUnusable where the backup is of a newer program than this one."""
    known = set(MigrationExecutor(connection).loader.disk_migrations)
    unknown = sorted(
        f"{app} {name}"
        for app, names in manifest.migrations.items()
        for name in names
        if (app, name) not in known and not _is_replaced(app, name)
    )
    if unknown:
        raise BackupUnusable(
            f"the backup is of Colloquia {manifest.program} and has tables that this program does not know "
            f"({unknown[0]}). Install that version or a newer one."
        )


def bring_up_to_date() -> None:
    """Bring tables of an older program in line with this one."""
    call_command("migrate", verbosity=0, interactive=False)


def close() -> None:
    """End every connection, so that a database file is whole in itself and may be moved."""
    connections.close_all()


def drop_tables() -> None:
    """Drop every table of a database that was empty before, so that another try finds it so."""
    connections.close_all()
    with transaction.atomic(), connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(name)} CASCADE")


def load_from_lines(backup: Backup, tell: Progress) -> None:
    """Load the rows that a backup of PostgreSQL holds."""
    paths = backup.manifest.paths()

    def rows_of(model: Any) -> Iterator[tuple[Any, ...]]:
        entry = paths.get(f"database/{model._meta.label_lower}.jsonl")
        if entry is not None:
            with backup.open(entry) as stream:
                yield from rows.read_lines(model, stream)

    _load(backup.manifest, rows_of, tell)


def load_from_sqlite(manifest: Manifest, path: Path, tell: Progress) -> None:
    """Load the rows of a database file into another database."""
    connections.databases[_ALIAS] = {**connections.databases["default"], **databases.sqlite(path)}
    try:
        _load(manifest, lambda model: rows.read_rows(model, _ALIAS), tell)
    finally:
        connections[_ALIAS].close()
        del connections.databases[_ALIAS]


def _load(manifest: Manifest, rows_of: Callable[[Any], Iterator[tuple[Any, ...]]], tell: Progress) -> None:
    """Make the tables as they were in the backup, fill them, and set their counters."""
    executor = MigrationExecutor(connection)
    leaves = _last_of_each(manifest, executor)
    state = executor.migrate(leaves)
    models = rows.tables(state.apps)
    tables = [model._meta.db_table for model in models]
    with transaction.atomic(), connection.cursor() as cursor:
        # What migrations put into new tables stands in the backup too.
        for statement in connection.ops.sql_flush(
            no_style(), tables, reset_sequences=False, allow_cascade=False
        ):
            cursor.execute(statement)
        for done, model in enumerate(models, start=1):
            count = rows.insert(model, rows_of(model), "default")
            expected = manifest.rows.get(model._meta.label_lower, count)
            if count != expected:
                raise BackupUnusable(f"{model._meta.label_lower}: {count} rows instead of {expected}.")
            tell("restore_rows", done, len(models))
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _last_of_each(manifest: Manifest, executor: MigrationExecutor) -> list[tuple[str, str]]:
    """The migrations up to which the backup's tables had come."""
    done = {(app, name) for app, names in manifest.migrations.items() for name in names}
    graph = executor.loader.graph
    known = [node for node in done if node in graph.nodes]
    return sorted(
        node
        for node in known
        if not any(child.key in done and child.key[0] == node[0] for child in graph.node_map[node].children)
    )


def _is_replaced(app: str, name: str) -> bool:
    """Whether a migration was folded into another that this program has."""
    replaced = {
        each
        for migration in MigrationExecutor(connection).loader.replacements.values()
        for each in migration.replaces
    }
    return (app, name) in replaced
