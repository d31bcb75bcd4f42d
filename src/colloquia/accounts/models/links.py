"""Links with which somebody else lets a person in, or lets them begin their second factor again."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colloquia.accounts.models.people import User


class Purpose(models.TextChoices):
    """What a link does."""

    SIGN_IN = "sign_in", _("Sign in")
    INVITATION = "invitation", _("Invitation")
    SECOND_FACTOR = "second_factor", _("Begin the second factor again")


class SignInLink(models.Model):
    """A link that works once. Only its hash is kept.

    ``user`` is empty in the link that makes its visitor the first officer. ``issued_by`` is empty where the
    operator of the machine printed it.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    purpose = models.CharField(max_length=13, choices=Purpose.choices, default=Purpose.SIGN_IN)
    issued_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("sign-in link")
        verbose_name_plural = _("sign-in links")

    def __str__(self) -> str:
        return f"{self.created:%Y-%m-%d %H:%M}"
