"""Imports of what came by post or mail: looked at first, then taken in item by item."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colloquia.core.models import Attachment
from colloquia.submissions.models.calls import Call
from colloquia.submissions.models.submissions import Submission


class ImportState(models.TextChoices):
    """How far an import has come."""

    LOOKED_AT = "looked_at", _("Looked at, nothing taken in")
    RUNNING = "running", _("Being taken in")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")


class IntakeImport(models.Model):
    """One import into a call. ``kind`` is ``folder``, ``mbox`` or ``table``; ``source`` is what was given.

    ``mapping`` says how the columns of a table were understood. ``options`` hold channel, language and the
    like. ``total`` counts what was found at the look.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="imports")
    kind = models.CharField(_("kind"), max_length=10)
    name = models.CharField(_("name"), max_length=300)
    source = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    folder = models.CharField(_("folder"), max_length=1000, blank=True)
    mapping = models.JSONField(default=dict, blank=True)
    options = models.JSONField(default=dict, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState.choices, default=ImportState.LOOKED_AT
    )
    total = models.PositiveIntegerField(_("found"), default=0)
    report = models.JSONField(default=dict, blank=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    begun_at = models.DateTimeField(_("looked at"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("import of submissions")
        verbose_name_plural = _("imports of submissions")
        ordering = ("-begun_at", "-pk")

    def __str__(self) -> str:
        return self.name


class ImportItem(models.Model):
    """What became of one row, message or file of an import."""

    intake = models.ForeignKey(IntakeImport, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=64)
    where = models.CharField(_("where"), max_length=300)
    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    was_there = models.BooleanField(_("taken in before"), default=False)
    problems = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("item of an import")
        verbose_name_plural = _("items of imports")
        ordering = ("intake", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["intake", "position"], name="submissions_import_item"),
        ]

    def __str__(self) -> str:
        return f"{self.intake_id} {self.position}"
