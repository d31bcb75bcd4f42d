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

    LOOKING = "looking", _("Being looked at")
    LOOKED_AT = "looked_at", _("Looked at, nothing taken in")
    RUNNING = "running", _("Being taken in")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")
    UNUSABLE = "unusable", _("Cannot be taken in as it is")


class IntakeImport(models.Model):
    """One import into a call. ``kind`` is ``folder``, ``mbox``, ``table``, or ``entry`` for one submission
    that an officer types. What was given stands in its sources.

    ``mapping`` holds what an officer said about the columns of tables. ``options`` hold channel, language and
    the like. ``total`` counts what was found at the look, and ``digest`` says exactly what that was.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="imports")
    kind = models.CharField(_("kind"), max_length=10)
    name = models.CharField(_("name"), max_length=300)
    mapping = models.JSONField(default=dict, blank=True)
    options = models.JSONField(default=dict, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState.choices, default=ImportState.LOOKING
    )
    digest = models.CharField(_("what was looked at"), max_length=64, blank=True)
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
        return f"import {self.pk}"


class ImportSource(models.Model):
    """Something that an import was given: a received file, or a folder that a command named on the server."""

    intake = models.ForeignKey(IntakeImport, on_delete=models.CASCADE, related_name="sources")
    position = models.PositiveIntegerField()
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    folder = models.CharField(_("folder"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("source of an import")
        verbose_name_plural = _("sources of imports")
        ordering = ("intake", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["intake", "position"], name="submissions_import_source"),
        ]

    def __str__(self) -> str:
        return f"{self.intake_id} {self.position}"


class ItemState(models.TextChoices):
    """What became of one item."""

    WAITING = "waiting", _("Would be taken in")
    TAKEN = "taken", _("Taken in")
    THERE = "there", _("Taken in before")
    REFUSED = "refused", _("Not taken in")


class ImportItem(models.Model):
    """One row, message or group of files of an import, and what became of it.

    ``key`` names its content, so that nothing is taken in twice. ``summary`` says what would be made of it;
    it is sealed, and emptied once the submission holds it. ``problems`` are ``{"where", "message"}``.
    """

    intake = models.ForeignKey(IntakeImport, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=64)
    where = models.CharField(_("where"), max_length=300)
    state = models.CharField(_("state"), max_length=8, choices=ItemState.choices, default=ItemState.WAITING)
    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    summary = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("item of an import")
        verbose_name_plural = _("items of imports")
        ordering = ("intake", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["intake", "position"], name="submissions_import_item"),
        ]
        indexes: ClassVar = [models.Index(fields=["intake", "state"], name="submissions_import_state")]

    def __str__(self) -> str:
        return f"{self.intake_id} {self.position}"
