"""Taking tasks, holding them while they run, and giving back those whose worker died."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from colloquia.core.jobs import machine
from colloquia.core.models import TaskLease, WorkerHeartbeat

logger = logging.getLogger("colloquia.jobs")

TaskRow = DBTaskResult[..., Any]

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 4
"""The first run and at most three more."""
GAVE_UP = "colloquia.core.jobs.leases.WorkerDied"


class WorkerDied(Exception):
    """The process that ran the task ended without a word, and so did those that tried again."""


def claim(worker_id: str, *, now: datetime | None = None) -> TaskRow | None:
    """The next task that is due, marked as running under a lease; None where there is none."""
    now = now or timezone.now()
    if not DBTaskResult.objects.ready().exists():
        return None
    with transaction.atomic():
        row = DBTaskResult.objects.ready().select_for_update(skip_locked=True).first()
        if row is None:
            return None
        row.claim(worker_id)
        TaskLease.objects.update_or_create(
            task_id=row.id,
            defaults={
                "worker_id": worker_id,
                "machine": machine.machine(),
                "process": machine.process(),
                "expires_at": now + LEASE,
            },
        )
        return row


def renew(worker_id: str, *, now: datetime | None = None) -> None:
    """Show that the worker lives, and hold what it runs for another while."""
    now = now or timezone.now()
    WorkerHeartbeat.objects.update_or_create(
        worker_id=worker_id, defaults={"seen_at": now}, create_defaults={"seen_at": now, "started_at": now}
    )
    TaskLease.objects.filter(worker_id=worker_id).update(expires_at=now + LEASE)


def finish(row: TaskRow, worker_id: str, error: BaseException | None) -> bool:
    """Record the outcome, unless the task was taken from this worker meanwhile; says whether it was ours."""
    with transaction.atomic():
        lease = TaskLease.objects.select_for_update().filter(task_id=row.id, worker_id=worker_id)
        if not lease.exists():
            logger.warning(
                "Task %s was given to another worker meanwhile; its outcome here is dropped.", row.id
            )
            return False
        if error is None:
            row.set_successful(None)
        else:
            row.set_failed(error)
        lease.delete()
    return True


def release(row: TaskRow, worker_id: str) -> None:
    """Give a task back as if it had not been begun, because the worker is to stop now."""
    with transaction.atomic():
        held, _ = TaskLease.objects.filter(task_id=row.id, worker_id=worker_id).delete()
        if held:
            DBTaskResult.objects.filter(id=row.id, status=TaskResultStatus.RUNNING).update(
                status=TaskResultStatus.READY, started_at=None, worker_ids=row.worker_ids[:-1]
            )


def reap(*, now: datetime | None = None) -> tuple[int, int]:
    """Queue again what dead workers left running, at most three times; gives (queued again, given up).

    A worker is dead when its lease has run out, or at once where its process was on this
    machine and is gone.
    """
    now = now or timezone.now()
    again = given_up = 0
    running = DBTaskResult.objects.running().filter(started_at__isnull=False).values_list("id", "started_at")
    leases = TaskLease.objects.in_bulk()
    for task_id, started_at in list(running):
        lease = leases.get(task_id)
        expires_at = lease.expires_at if lease else (started_at or now) + LEASE
        expired = expires_at < now
        if not expired and not (lease and machine.is_gone(lease.machine, lease.process)):
            continue
        outcome = _take_back(task_id, lease)
        again += outcome == "again"
        given_up += outcome == "given up"
    return again, given_up


@transaction.atomic
def _take_back(task_id: UUID, seen: TaskLease | None) -> str:
    """Take one task from its dead worker, unless somebody else did so since we looked."""
    row = DBTaskResult.objects.select_for_update().filter(id=task_id, status=TaskResultStatus.RUNNING).first()
    lease = TaskLease.objects.select_for_update().filter(task_id=task_id).first()
    was_renewed = lease and seen and (lease.worker_id, lease.expires_at) != (seen.worker_id, seen.expires_at)
    if row is None or was_renewed or (lease and not seen):
        return ""
    if lease:
        lease.delete()
    attempts = len(row.worker_ids)
    if attempts >= MOST_ATTEMPTS:
        row.status = TaskResultStatus.FAILED
        row.finished_at = timezone.now()
        row.exception_class_path = GAVE_UP
        row.traceback = f"The worker died {attempts} times while it ran this task; it is not tried again."
        row.save(update_fields=["status", "finished_at", "exception_class_path", "traceback"])
        logger.error("Task %s is given up: %s", row.id, row.traceback)
        return "given up"
    row.status = TaskResultStatus.READY
    row.started_at = None
    row.save(update_fields=["status", "started_at"])
    logger.warning(
        "Task %s was left by a dead worker after attempt %s; it is queued again.", row.id, attempts
    )
    return "again"
