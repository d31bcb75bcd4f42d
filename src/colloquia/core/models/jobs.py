"""What the worker needs to remember: leases, its pulse, and what is due when."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TaskLease(models.Model):
    """A worker's hold on a running task. Once it has run out the task is anybody's."""

    task_id = models.UUIDField(primary_key=True)
    worker_id = models.CharField(max_length=64)
    machine = models.CharField(max_length=120, blank=True)
    process = models.CharField(max_length=60, blank=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("lease")
        verbose_name_plural = _("leases")

    def __str__(self) -> str:
        return f"{self.task_id} – {self.worker_id}"


class WorkerHeartbeat(models.Model):
    """The pulse of one worker process."""

    worker_id = models.CharField(_("worker"), max_length=64, primary_key=True)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    seen_at = models.DateTimeField(_("last seen"), db_index=True)

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")
        ordering = ("-seen_at",)

    def __str__(self) -> str:
        return self.worker_id


class Schedule(models.Model):
    """A task that is to be enqueued again and again. Missed times are made up for once."""

    name = models.CharField(_("task"), max_length=100, primary_key=True)
    every = models.DurationField(_("every"))
    next_due = models.DateTimeField(_("next due"), default=timezone.now)
    is_enabled = models.BooleanField(_("enabled"), default=True)

    class Meta:
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
