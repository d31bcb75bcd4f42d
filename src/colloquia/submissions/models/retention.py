"""The end of retention: what was destroyed of a call, and what holds it up."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colloquia.submissions.models.calls import Call

UNCONFIRMED = timedelta(days=14)
"""How long a hold that no second officer confirmed keeps data from being destroyed."""


class HoldQuerySet(models.QuerySet["RetentionHold"]):
    """Holds by whether they count."""

    def in_force(self) -> HoldQuerySet:
        """Those that are not ended, and confirmed or asked for lately."""
        fresh = models.Q(asked_at__gt=timezone.now() - UNCONFIRMED)
        return self.filter(models.Q(confirmed_at__isnull=False) | fresh, ended_at=None)


class RetentionHold(models.Model):
    """A reason not to destroy anything of a call yet. Two officers place it, and two end it.

    It counts at once, so that nothing is lost while a second officer is looked for; unconfirmed it lapses.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="holds")
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    end_reason = models.TextField(_("reason to end it"), blank=True)
    end_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    end_asked_at = models.DateTimeField(_("end asked"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects: ClassVar = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold on retention")
        verbose_name_plural = _("holds on retention")
        ordering = ("-asked_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True) | ~models.Q(confirmed_by=models.F("asked_by")),
                name="submissions_hold_by_two",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_by__isnull=True) | ~models.Q(ended_by=models.F("end_asked_by")),
                name="submissions_hold_ended_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.asked_at:%Y-%m-%d}"


class RetentionRun(models.Model):
    """One time at which what was due of a call was destroyed. ``counts`` grow with each step of it."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="retention_runs")
    begun_at = models.DateTimeField(_("begun"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    counts = models.JSONField(_("destroyed"), default=dict)
    ledger_index = models.PositiveBigIntegerField(_("entry in the ledger"), null=True, blank=True)

    class Meta:
        verbose_name = _("destruction at the end of retention")
        verbose_name_plural = _("destructions at the end of retention")
        ordering = ("-begun_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["call"], condition=models.Q(ended_at=None), name="submissions_one_retention_run"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.begun_at:%Y-%m-%d}"
