"""What officers did to a run, act by act, and the themes that follow from it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colloquia.consultations.models.consultation import Run


class CorrectionKind(models.TextChoices):
    """The acts; their values are documented in ``colloquia.engines.corrections``."""

    RENAME = "rename", _("renamed a theme")
    MERGE = "merge", _("merged themes")
    SPLIT = "split", _("split a theme")
    GROUP = "group", _("made a group of themes")
    REPARENT = "reparent", _("moved themes to another group")
    MOVE = "move", _("moved passages to another theme")
    ANSWER = "answer", _("moved passages between questions")
    NOT_OPINION = "not_opinion", _("marked passages as no opinion")


class Correction(models.Model):
    """One act. Rows are added; an undo fills ``undone_by`` and ``undone_at`` and nothing else changes.

    ``values`` are those of ``colloquia.engines.corrections.Act``; passages stand in it with their anchors
    (row, passage id, document id, start, end), so that the act can be carried to another run.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="corrections")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("act"), max_length=12, choices=CorrectionKind.choices)
    values = models.JSONField(_("values"))
    question_id = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"), default=timezone.now)
    note = models.TextField(_("reason"), blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_sequence = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ("run", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "number"], name="consultations_correction_number"),
        ]

    def __str__(self) -> str:
        return f"{self.run} {self.number}"


class ThemeInEffect(models.Model):
    """A theme as it stands after all corrections, with its counts. Derived; can be made anew at any time.

    ``stability`` is None where officers changed which passages belong to it.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="themes")
    theme_id = models.CharField(max_length=64)
    question_id = models.CharField(max_length=64, blank=True)
    parent_id = models.CharField(max_length=64, blank=True)
    is_parent = models.BooleanField(default=False)
    label = models.TextField()
    terms = models.JSONField(default=list)
    label_by_officer = models.BooleanField(default=False)
    made_by_officer = models.BooleanField(default=False)
    is_live = models.BooleanField(default=True)
    merged_into = models.CharField(max_length=64, blank=True)
    stability = models.FloatField(null=True)
    submissions = models.PositiveIntegerField(default=0)
    messages = models.PositiveIntegerField(default=0)
    organisations = models.PositiveIntegerField(default=0)
    states = models.PositiveIntegerField(default=0)
    passages = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("theme in effect")
        verbose_name_plural = _("themes in effect")
        ordering = ("run", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "theme_id"], name="consultations_theme_in_effect"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["run", "question_id", "is_live"], name="consultations_theme_question")
        ]

    def __str__(self) -> str:
        return f"{self.theme_id} {self.label}"
