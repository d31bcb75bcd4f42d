"""Translations of passages; the original stays what was received."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colloquia.consultations.models.consultation import Consultation


class TranslationKind(models.TextChoices):
    """How a translation came about; shown wherever it is."""

    PERSON = "person", _("translated by a person")
    CORRECTED = "corrected", _("machine translation, corrected by a person")
    MACHINE = "machine", _("machine translation")


class Translation(models.Model):
    """A translation of one passage. A newer one replaces an older; both are kept.

    ``source_sha256`` is that of the passage's text, so that a stale translation shows. ``how`` says by which
    way it came in: ``typed``, ``xliff``, ``docx`` or ``service``; ``tool`` names the model of a service.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="translations")
    passage_id = models.CharField(max_length=64)
    submission_id = models.CharField(max_length=64)
    language = models.CharField(_("language"), max_length=12)
    source_language = models.CharField(_("language of the original"), max_length=12, blank=True)
    text = models.TextField(_("translation"))
    kind = models.CharField(_("kind"), max_length=10, choices=TranslationKind.choices)
    how = models.CharField(max_length=10, default="typed")
    tool = models.CharField(max_length=200, blank=True)
    source_sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ("consultation", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["consultation", "passage_id", "language"],
                condition=models.Q(replaced_at=None),
                name="consultations_translation_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.passage_id} {self.language}"
