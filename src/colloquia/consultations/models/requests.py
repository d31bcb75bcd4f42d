"""Requests for an analysis, and how far each has come."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colloquia.consultations.models.consultation import Consultation, Run


class RequestState(models.TextChoices):
    """Where a request stands."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


UNDER_WAY = (RequestState.WAITING, RequestState.RUNNING)


class RunRequest(models.Model):
    """An officer asks for a run: where that stands, and what came of it. Each kind says what it is made from.

    ``stage``, ``done`` and ``total`` are those of the stage at work; ``message`` says why it failed.
    """

    state = models.CharField(
        _("state"), max_length=10, choices=RequestState.choices, default=RequestState.WAITING
    )
    stage = models.CharField(max_length=20, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    result = models.ForeignKey(Run, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_under_way(self) -> bool:
        """Whether it has not ended."""
        return self.state in UNDER_WAY


class AnalysisRequest(RunRequest):
    """An officer asks for the next run: from the texts of ``base``, learning from its corrections."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="requests")
    base = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")
    base_sequence = models.PositiveIntegerField(_("corrections that it learns from"))
    translations = models.JSONField(_("translations that it takes in"), default=list)

    class Meta:
        verbose_name = _("request for an analysis")
        verbose_name_plural = _("requests for an analysis")
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["consultation"],
                condition=models.Q(state__in=("waiting", "running")),
                name="consultations_one_request_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation.slug} {self.asked_at:%Y-%m-%d %H:%M}"
