"""What a database keeps of rows after they were destroyed."""

from __future__ import annotations

from contextlib import suppress

from django.db import OperationalError, connection, transaction

_PATIENCE_MS = 2_000


def leave_no_trace() -> None:
    """Once the transaction stands, empty SQLite's write-ahead log, which still holds the earlier pages.

    Where a reader is in the middle of the log it is left to the next time, or to the end of the program.
    PostgreSQL gives the space of destroyed rows free with VACUUM, which it runs by itself.
    """
    if connection.vendor == "sqlite":
        transaction.on_commit(_empty_log)


def _empty_log() -> None:
    with connection.cursor() as cursor:
        patience = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
        with suppress(OperationalError):
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute(f"PRAGMA busy_timeout = {int(patience)}")
