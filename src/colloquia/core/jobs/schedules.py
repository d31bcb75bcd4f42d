"""Periodic tasks: the table says when each is due next, and one worker enqueues it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from colloquia.core.jobs import names
from colloquia.core.jobs.queue import enqueue
from colloquia.core.models import Schedule


def keep_table(*, now: datetime | None = None) -> None:
    """Bring the table in line with the periodic tasks that rooms register; what is gone is removed."""
    now = now or timezone.now()
    wanted = names.periods()
    for name, every in wanted.items():
        Schedule.objects.get_or_create(name=name, defaults={"every": every, "next_due": now})
    Schedule.objects.exclude(name__in=wanted).delete()


def enqueue_due(*, now: datetime | None = None) -> int:
    """Enqueue what is due, each once however long it was missed; gives the number."""
    now = now or timezone.now()
    done = 0
    for row in Schedule.objects.filter(is_enabled=True, next_due__lte=now):
        following = max(row.next_due + row.every, now)
        with transaction.atomic():
            # Only one of several workers finds the old time still in place.
            if Schedule.objects.filter(pk=row.pk, next_due=row.next_due).update(next_due=following):
                enqueue(row.name)
                done += 1
    return done
