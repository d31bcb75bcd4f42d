"""People in the administration. Nobody is deleted here, and roles are given on pages of their own."""

# ruff: noqa: ARG002 -- the signatures are those of Django and allauth

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from colloquia.accounts.managers import record_address
from colloquia.accounts.models import User
from colloquia.core import audit


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    """Who is an officer, who administers, who is active: to be read; names may be put right.

    An address stays: whoever could change another person's could sign in as them.
    """

    list_display = ("email", "name", "is_officer", "is_staff", "is_active")
    list_filter = ("is_officer", "is_staff", "is_active")
    search_fields = ("email", "name")
    readonly_fields = ("is_active", "is_officer", "is_staff", "is_superuser", "date_joined", "last_login")
    fieldsets: ClassVar = (
        (None, {"fields": ("email", "name")}),
        (
            _("What this person may do"),
            {"fields": ("is_active", "is_officer", "is_staff", "is_superuser")},
        ),
        (_("Dates"), {"fields": ("date_joined", "last_login")}),
    )

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Never: the record names its people."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Of somebody who has an account, the address too; its person changes it."""
        fields = tuple(str(each) for each in self.readonly_fields)
        return fields if obj is None else ("email", *fields)

    def save_model(self, request: HttpRequest, obj: User, form: object, change: bool) -> None:
        """A new person has no password: they sign in with a code."""
        if not change:
            obj.set_unusable_password()
        before = audit.snapshot(User.objects.get(pk=obj.pk)) if change else {}
        super().save_model(request, obj, form, change)
        audit.record(obj, "admin.change" if change else "admin.add", by=request.user, before=before)
        if not change:
            record_address(obj)


def keep_closed() -> None:
    """Take tables of other packages out of the administration, once they have put them there.

    With addresses, second factors or groups one administrator could act as another person, past the audit.
    """
    from allauth.account.models import EmailAddress, EmailConfirmation
    from allauth.mfa.models import Authenticator
    from django.contrib.auth.models import Group

    for model in (EmailAddress, EmailConfirmation, Authenticator, Group):
        if admin.site.is_registered(model):
            admin.site.unregister(model)
