"""Accounts that their persons had erased."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colloquia.accounts.models.people import User


class Erasure(models.Model):
    """One account that was closed and emptied at its person's wish. ``counts``: what went, by kind."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="erasure")
    at = models.DateTimeField(_("erased"), default=timezone.now)
    counts = models.JSONField(_("what was erased"), default=dict)

    class Meta:
        verbose_name = _("erased account")
        verbose_name_plural = _("erased accounts")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.user_id} {self.at:%Y-%m-%d}"
