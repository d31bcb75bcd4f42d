"""Whether the database answers, the worker lives and the disk has room."""

from __future__ import annotations

import datetime
import shutil
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

HEARTBEAT_LIMIT = datetime.timedelta(minutes=3)
LEAST_FREE_BYTES = 200 * 1024 * 1024


def report() -> dict[str, Any]:
    """Each check with a word for its state: ``ok``, or what is wrong; nothing secret."""
    checks = {"database": _database(), "worker": "unknown", "disk": _disk()}
    if checks["database"] == "ok":
        checks["worker"] = _worker()
    return {"ok": all(state == "ok" for state in checks.values()), "checks": checks}


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return "does not answer"
    return "ok"


def _worker() -> str:
    from colloquia.core.jobs.queries import worker_heartbeat

    try:
        seen = worker_heartbeat()
    except DatabaseError:
        return "unknown"
    if seen is None:
        return "never seen"
    return "ok" if timezone.now() - seen <= HEARTBEAT_LIMIT else "silent"


def _disk() -> str:
    try:
        free = shutil.disk_usage(settings.DATA).free
    except OSError:
        return "not readable"
    return "ok" if free >= LEAST_FREE_BYTES else "nearly full"
