"""Messages on their way out."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutgoingMail(models.Model):
    """One message. Its text is emptied once it was handed to the mail server, and with it any private link.

    ``expires_at``: after it the message would be of no use, such as a code to sign in with.
    ``about`` names what it speaks of (``submissions.submission 12``), so that it can be destroyed with it.
    """

    recipient = models.EmailField(_("to"), max_length=254)
    language = models.CharField(_("language"), max_length=12)
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField(_("text"), blank=True)
    template = models.CharField(_("kind of message"), max_length=100)
    about = models.CharField(_("about"), max_length=200, blank=True, db_index=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    expires_at = models.DateTimeField(_("not sent after"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    given_up_at = models.DateTimeField(_("given up"), null=True, blank=True)
    error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ("-created_at", "-pk")
        indexes: ClassVar = [models.Index(fields=["sent_at", "given_up_at"], name="core_mail_waiting")]

    def __str__(self) -> str:
        return f"{self.template} {self.pk}"
