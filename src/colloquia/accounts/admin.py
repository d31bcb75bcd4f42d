"""People in the administration. Nobody is deleted here, and roles are given on pages of their own."""

# ruff: noqa: ARG002 -- the signatures are those of Django and allauth

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from colloquia.accounts.managers import record_address
from colloquia.accounts.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    """Who is an officer, who administers, who is active: to be read; names and addresses may be put right."""

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

    def save_model(self, request: HttpRequest, obj: User, form: object, change: bool) -> None:
        """A new person has no password: they sign in with a code."""
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change:
            record_address(obj)
