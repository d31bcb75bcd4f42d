"""Which received file a document of a submission was read from."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from colloquia.consultations.models.consultation import Consultation
from colloquia.core.models import Attachment


class OriginalFile(models.Model):
    """The received bytes behind a document; public where the consultation's analysis is."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="originals")
    document_id = models.CharField(max_length=80)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("original file")
        verbose_name_plural = _("original files")
        ordering = ("consultation", "document_id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "document_id"], name="consultations_original"),
        ]

    def __str__(self) -> str:
        return self.document_id
