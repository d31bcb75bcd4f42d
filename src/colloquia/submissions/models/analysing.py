"""Requests for an analysis of what a call brought in, and what each analysis left out."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from colloquia.consultations.models.requests import RunRequest
from colloquia.submissions.models.calls import Call


class CallAnalysis(RunRequest):
    """An officer asks for an analysis of the published submissions of a call.

    ``base`` is the run that it learns from, with the corrections ``base_sequence`` and ``translations``; None
    for the first. ``counts`` say at the moment of the analysis how many submissions were received, published
    and not, and how many files stayed out.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="analyses")
    base = models.ForeignKey(
        "consultations.Run", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    base_sequence = models.PositiveIntegerField(_("corrections that it learns from"), default=0)
    translations = models.JSONField(_("translations that it takes in"), default=list, blank=True)
    counts = models.JSONField(_("what was in it and what was not"), default=dict, blank=True)
    # Of each run there is one docket, and the pages of a run ask for it.
    result = models.OneToOneField(
        "consultations.Run", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

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
