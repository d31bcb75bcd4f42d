"""Codebooks and projects that come back from programs for qualitative analysis."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colloquia.consultations.models.consultation import Run
from colloquia.core.models import Attachment


class CodebookState(models.TextChoices):
    """What is done with a file that came back."""

    OPEN = "open", _("looked at")
    TAKING = "taking", _("being taken over")
    CLOSED = "closed", _("closed")


class CodebookFile(models.Model):
    """A file as an officer sent it in. Nothing of it is taken over before that is confirmed.

    ``picks`` are the proposals confirmed last, by their key, with what was chosen for each; ``seen`` is the
    number of the last correction that the officer knew of then. ``outcomes`` lists what became of them:
    ``key``, ``sentence``, and ``correction`` (its number), or why none was made (``refusal``) or whose
    corrections stood in the way (``others``, numbers). ``made`` gives by GUID of a code its theme.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="codebook_files")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        _("state"), max_length=10, choices=CodebookState.choices, default=CodebookState.OPEN
    )
    seen = models.PositiveIntegerField(default=0)
    picks = models.JSONField(default=dict)
    outcomes = models.JSONField(default=list)
    made = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("received"), default=timezone.now)

    class Meta:
        verbose_name = _("codebook that came back")
        verbose_name_plural = _("codebooks that came back")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.run} {self.attachment.name}"
