"""What a language model proposed, with its evidence; nothing of it is public before an officer takes it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colloquia.consultations.models.consultation import Run


class DraftKind(models.TextChoices):
    """What was proposed."""

    NAME = "name", _("a name for a theme")
    SENTENCE = "sentence", _("a sentence for the summary")


class DraftStatus(models.TextChoices):
    """What became of it."""

    PROPOSED = "proposed", _("proposed")
    ACCEPTED = "accepted", _("accepted by an officer")
    REFUSED = "refused", _("refused by an officer")


class Draft(models.Model):
    """One proposal. ``evidence`` lists passage_id, quote, start and end; each quote was checked.

    ``edited_text`` is what the officer made of it where they changed it. ``provenance`` holds model, version
    of the prompt and digests of request and answer.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="drafts")
    kind = models.CharField(_("kind"), max_length=10, choices=DraftKind.choices)
    status = models.CharField(
        _("status"), max_length=10, choices=DraftStatus.choices, default=DraftStatus.PROPOSED
    )
    question_id = models.CharField(max_length=64, blank=True)
    theme_id = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=12, default="en")
    text = models.TextField()
    edited_text = models.TextField(blank=True)
    evidence = models.JSONField(default=list)
    provenance = models.JSONField(default=dict)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("machine draft")
        verbose_name_plural = _("machine drafts")
        ordering = ("run", "pk")
        indexes: ClassVar = [models.Index(fields=["run", "theme_id"], name="consultations_draft_theme")]

    def __str__(self) -> str:
        return self.text[:80]
