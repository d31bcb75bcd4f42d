"""People, and the links with which the operator lets them in."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colloquia.accounts.managers import UserManager


class User(AbstractBaseUser, PermissionsMixin):
    """A person. The e-mail address identifies; the name is as the person writes it, in any script."""

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    is_officer = models.BooleanField(
        _("officer of the secretariat"),
        default=False,
        help_text=_("May run calls, moderate, analyse and publish."),
    )
    is_staff = models.BooleanField(
        _("administrator"), default=False, help_text=_("May open the administration of the site.")
    )
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Clear this instead of deleting a person, so that the record stays."),
    )
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("email",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="accounts_user_email_lower",
                violation_error_message=_("The e-mail address must be in lower case."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        """Fold the address, so that one person is one row."""
        self.email = self.email.strip().lower()

    def has_role(self, role: str, *, territory: str = "") -> bool:
        """Whether the person has a role now; with a territory, that of this territory. One query."""
        if not self.pk:
            return False
        held = RoleGrant.objects.filter(user_id=self.pk, role=role, ended_at=None)
        return (held.filter(territory_id=territory) if territory else held).exists()

    def get_full_name(self) -> str:
        """The name, or the address where none was given."""
        return str(self)

    def get_short_name(self) -> str:
        """The name, or the address where none was given."""
        return str(self)


class Role(models.TextChoices):
    """What a person may do besides. Officers and administrators are marked on the person."""

    REVIEWER = "reviewer", _("Reviewer")
    ANALYST = "analyst", _("Analyst")
    FOCAL_POINT = "focal_point", _("Focal point of a state")


class RoleGrant(models.Model):
    """A role that was given to a person. It is ended, never removed, so that the record stays."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
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


class SignInLink(models.Model):
    """A link that the operator of the machine printed. Only its hash is kept, and it works once.

    ``user`` is empty in the link that makes its visitor the first officer.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True)
    created = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("sign-in link")
        verbose_name_plural = _("sign-in links")

    def __str__(self) -> str:
        return f"{self.created:%Y-%m-%d %H:%M}"
