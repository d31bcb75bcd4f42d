"""The revised paper, edited question by question, each change citing the outcomes behind it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colloquia.outcomes.models.results import Outcome


class Revision(models.Model):
    """A revision of a paper after a consultation. ``result`` is the version that it became when published."""

    consultation = models.ForeignKey(
        "consultations.Consultation", on_delete=models.PROTECT, related_name="revisions"
    )
    base = models.ForeignKey("issues.PaperVersion", on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(_("key of the new version"), max_length=60)
    titles = models.JSONField(_("titles by language"), default=dict)
    symbol = models.CharField(_("symbol"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=12, default="en")
    version = models.PositiveIntegerField(default=1)
    result = models.OneToOneField(
        "issues.PaperVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="made_by_revision",
    )
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        verbose_name = _("revision of a paper")
        verbose_name_plural = _("revisions of papers")
        ordering = ("-created_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "key"], name="outcomes_revision_key"),
            models.CheckConstraint(
                condition=models.Q(published_by__isnull=True)
                | ~models.Q(published_by=models.F("reviewed_by")),
                name="outcomes_revision_two_officers",
                violation_error_message=_("Another officer than the one who reviewed publishes."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation} {self.key}"


class ChangeKind(models.TextChoices):
    """What is done to a question."""

    REWORD = "reword", _("Reworded")
    ADD = "add", _("Added")
    REMOVE = "remove", _("Removed")
    MOVE = "move", _("Moved")


class Change(models.Model):
    """One change. ``question_id`` is the permanent id; blank for an added one until it is published, when the
    next free id of its issue is given.
    """

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(_("kind"), max_length=8, choices=ChangeKind.choices)
    question_id = models.CharField(_("question"), max_length=64, blank=True)
    issue_id = models.CharField(_("issue"), max_length=64)
    texts = models.JSONField(_("text by language"), default=dict, blank=True)
    position = models.PositiveIntegerField(_("place in the issue"), null=True, blank=True)
    reasons = models.JSONField(_("reasons by language"), default=dict, blank=True)
    outcomes = models.ManyToManyField(Outcome, related_name="changes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("change of a paper")
        verbose_name_plural = _("changes of papers")
        ordering = ("revision", "issue_id", "position", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["revision", "question_id"],
                condition=~models.Q(question_id=""),
                name="outcomes_one_change_a_question",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.question_id or self.issue_id}"
