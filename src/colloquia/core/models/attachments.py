"""Files as they were received, byte for byte."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Attachment(models.Model):
    """One receipt of a file. The bytes lie under their SHA-256; two receipts may share them.

    ``original_name`` is what the sender gave and is never used as a path; ``name`` is safe to show.
    ``declared_type`` is what the sender claimed, ``media_type`` what the content says. ``destroyed_at``: the
    bytes and the names are gone; size and hash stay.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    original_name = models.TextField(_("name as sent"), blank=True)
    name = models.CharField(_("name"), max_length=200)
    declared_type = models.CharField(_("type as sent"), max_length=255, blank=True)
    media_type = models.CharField(_("type of the content"), max_length=100)
    language = models.CharField(_("language"), max_length=12, blank=True)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    received_from = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    destroyed_at = models.DateTimeField(_("destroyed"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("received file")
        verbose_name_plural = _("received files")
        ordering = ("-received_at",)

    def __str__(self) -> str:
        # The name often says who sent it or what is sealed in it; labels of the audit stay for good.
        return f"{self.sha256[:12]}"

    @property
    def path(self) -> Path:
        """Where the bytes lie."""
        return Path(settings.ATTACHMENTS) / self.sha256[:2] / self.sha256
