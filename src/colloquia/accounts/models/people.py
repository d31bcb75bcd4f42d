"""People: who they are, which language and time zone they read in."""

from __future__ import annotations

from typing import Any, ClassVar

import rules
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
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
    language = models.CharField(
        _("language"),
        max_length=12,
        blank=True,
        help_text=_(
            "Of the pages and of the messages that the site sends; blank: what the browser asks for."
        ),
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=60,
        blank=True,
        help_text=_("Times are shown in it besides the venue’s; blank: the zone of the site."),
    )
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)
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
        if self.erased_at is not None:
            return gettext("Erased person %(number)s") % {"number": self.pk}
        return self.name or self.email

    def clean(self) -> None:
        """Fold the address, so that one person is one row."""
        self.email = self.email.strip().lower()

    def has_role(self, role: str, *, territory: str = "") -> bool:
        """Whether the person has a role now; with a territory, that of this territory. One query."""
        if not self.pk:
            return False
        held = self.roles.filter(role=role, ended_at=None)
        return (held.filter(territory_id=territory) if territory else held).exists()

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Whether the person may. An administrator may edit tables; what rooms decide by rules they decide
        for everybody alike, so that who administers the site is not an officer by that alone.
        """
        if rules.perm_exists(perm):  # type: ignore[no-untyped-call]
            return bool(self.is_active and rules.has_perm(perm, self, obj))  # type: ignore[no-untyped-call]
        return super().has_perm(perm, obj)

    def get_full_name(self) -> str:
        """The name, or the address where none was given."""
        return str(self)

    def get_short_name(self) -> str:
        """The name, or the address where none was given."""
        return str(self)
