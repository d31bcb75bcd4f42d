"""Roles that were given to people. Everybody who has an account may answer calls; that needs none."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colloquia.accounts.models.people import User


class Role(models.TextChoices):
    """What a person may do. Officers and administrators are marked on the person besides."""

    OFFICER = "officer", _("Officer")  # in mails
    ADMINISTRATOR = "administrator", _("Administrator")  # in mails
    REVIEWER = "reviewer", _("Reviewer")  # in mails
    ANALYST = "analyst", _("Analyst")  # in mails
    FOCAL_POINT = "focal_point", _("Focal point of a state")  # in mails


class RoleGrant(models.Model):
    """A role that was given to a person. It is ended, never removed, so that the record stays."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(_("role"), max_length=13, choices=Role.choices)
    territory = models.ForeignKey(
        "core.Territory", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    granted_at = models.DateTimeField(_("granted"), default=timezone.now)
    granted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("role of a person")
        verbose_name_plural = _("roles of people")
        ordering = ("user", "role", "granted_at")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(models.Q(role="focal_point") & models.Q(territory__isnull=False))
                | (~models.Q(role="focal_point") & models.Q(territory__isnull=True)),
                name="accounts_focal_point_of_a_state",
                violation_error_message=_("A focal point speaks for one territory; other roles for none."),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "territory"],
                condition=models.Q(ended_at=None, territory__isnull=False),
                name="accounts_focal_point_once",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=models.Q(ended_at=None, territory__isnull=True),
                name="accounts_role_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.territory_id or ''}".strip()
