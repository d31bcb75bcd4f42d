"""Files of papers that officers sent in, what was proposed for each part, and what became of it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colloquia.core.models import Attachment
from colloquia.issues.models.papers import PaperVersion


class PaperImport(models.Model):
    """One file, looked at and perhaps imported.

    ``draft`` is what was read from the file (``engines.papers.DraftPaper`` as JSON), ``similar`` the
    proposals by likeness of wording, ``choices`` what the officer decided: the place of an issue or a
    question in the file to a permanent id, or to ``new``.
    """

    class State(models.TextChoices):
        """How far it came."""

        LOOKED_AT = "looked_at", _("looked at, nothing written")
        IMPORTED = "imported", _("imported")
        DISCARDED = "discarded", _("discarded")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    paper_slug = models.SlugField(_("paper"), max_length=60)
    version_key = models.SlugField(_("key of the version"), max_length=60)
    given = models.JSONField(_("what the officer stated"), default=dict)
    draft = models.JSONField(_("what was read"), default=dict)
    similar = models.JSONField(_("proposals by likeness"), default=dict)
    choices = models.JSONField(_("what the officer chose"), default=dict)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.LOOKED_AT)
    version = models.ForeignKey(
        PaperVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="imports"
    )
    begun_at = models.DateTimeField(_("received"), default=timezone.now)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(_("imported or discarded"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("import of a paper")
        verbose_name_plural = _("imports of papers")
        ordering: ClassVar = ("-begun_at",)

    def __str__(self) -> str:
        return f"{self.paper_slug} {self.version_key}"
