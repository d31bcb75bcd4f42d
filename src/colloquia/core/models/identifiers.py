"""How far each series of permanent ids has been used."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class IdentifierSequence(models.Model):
    """The last number given out in a series, for instance submissions of 2026 or instruments of JP."""

    kind = models.CharField(_("kind"), max_length=8)
    scope = models.CharField(_("scope"), max_length=16, blank=True)
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("series of ids")
        verbose_name_plural = _("series of ids")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "scope"], name="core_identifier_series"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.scope}".strip()
