"""The core's own background work."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from colloquia.core import attachments, mail
from colloquia.core.jobs import periodic, task
from colloquia.core.models import WorkerHeartbeat

logger = logging.getLogger("colloquia.core")

KEEP_FINISHED = timedelta(days=30)
KEEP_HEARTBEATS = timedelta(days=2)


@periodic("core.sweep_files", every=timedelta(hours=6))
def sweep_files() -> None:
    """Remove files that no row names, and say which named files are missing."""
    removed = attachments.sweep()
    if removed:
        logger.warning("Removed %s files that belonged to nothing.", removed)
    for row in attachments.damaged():
        logger.error("The file of attachment %s (%s) is missing or damaged.", row.pk, row.sha256)


@periodic("core.prune_tasks", every=timedelta(days=1))
def prune_tasks() -> None:
    """Forget tasks that ended long ago, and workers that are gone."""
    now = timezone.now()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - KEEP_FINISHED).delete()
    WorkerHeartbeat.objects.filter(seen_at__lt=now - KEEP_HEARTBEATS).delete()


@periodic("core.forget_mail", every=timedelta(days=1))
def forget_mail() -> None:
    """Remove messages that were sent or given up long ago."""
    mail.forget()


@task(mail.TASK)
def send_mail(message_id: int) -> None:
    """Hand a message to the mail server. After a crash it may be sent twice, never not at all."""
    mail.send(message_id)
