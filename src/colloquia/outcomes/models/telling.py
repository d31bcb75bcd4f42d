"""What each sender was last told of the outcomes, so that nobody is written to twice for the same."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SenderTold(models.Model):
    """That the sender of a submission was written to. ``outcomes`` are digests of the public outcomes of the
    submission at that time: of themes that its passages are in, and of suggestions out of it.
    """

    submission = models.OneToOneField("submissions.Submission", on_delete=models.PROTECT, related_name="+")
    outcomes = models.JSONField(_("outcomes"), default=list)
    at = models.DateTimeField(_("told"), default=timezone.now)

    class Meta:
        verbose_name = _("sender who was told of outcomes")
        verbose_name_plural = _("senders who were told of outcomes")
        ordering = ("submission",)

    def __str__(self) -> str:
        return f"{self.submission_id} {self.at:%Y-%m-%d}"
