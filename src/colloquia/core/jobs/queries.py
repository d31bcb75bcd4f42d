"""What the health page and the officers ask about background work."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db.models import Max
from django_tasks_db.models import DBTaskResult

from colloquia.core.models import WorkerHeartbeat


def worker_heartbeat() -> datetime | None:
    """When any worker was last seen alive; None where none ever was."""
    seen: datetime | None = WorkerHeartbeat.objects.aggregate(last=Max("seen_at"))["last"]
    return seen


def tasks_by_status() -> dict[str, int]:
    """How many tasks are ready, running, successful and failed."""
    return dict(Counter(DBTaskResult.objects.values_list("status", flat=True)))
