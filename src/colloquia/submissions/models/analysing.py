"""Requests for an analysis of what a call brought in, and what each analysis left out."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colloquia.submissions.models.calls import Call


class AnalysisState(models.TextChoices):
    """Where a request stands."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class CallAnalysis(models.Model):
    """An officer asks for an analysis of the published submissions of a call.

    ``base`` is the run that it learns from, with the corrections ``base_sequence`` and ``translations``; None
    for the first. ``counts`` say at the moment of the analysis how many submissions were received, published
    and not, and how many files stayed out. ``stage``, ``done`` and ``total`` are those of the stage at work;
    ``message`` says why it failed.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="analyses")
    base = models.ForeignKey(
        "consultations.Run", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    base_sequence = models.PositiveIntegerField(_("corrections that it learns from"), default=0)
    translations = models.JSONField(_("translations that it takes in"), default=list, blank=True)
    counts = models.JSONField(_("what was in it and what was not"), default=dict, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=AnalysisState.choices, default=AnalysisState.WAITING
    )
    stage = models.CharField(max_length=20, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    result = models.OneToOneField(
        "consultations.Run", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("analysis of a call")
        verbose_name_plural = _("analyses of calls")
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["call"],
                condition=models.Q(state__in=("waiting", "running")),
                name="submissions_one_analysis_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.asked_at:%Y-%m-%d %H:%M}"
