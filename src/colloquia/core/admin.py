"""Reference data, the audit and background work in the administration; officers only.

What came from data files is read here and changed by loading a profile; officers add their own
groupings, units and memberships. Every change is recorded in the audit.
"""

# ruff: noqa: ARG002 -- the signatures are Django's

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from colloquia.core import audit, services
from colloquia.core.models import (
    Attachment,
    AuditEntry,
    Grouping,
    Language,
    Membership,
    NamingProfile,
    Schedule,
    SubnationalUnit,
    Territory,
    WorkerHeartbeat,
)
from colloquia.core.models.jurisdictions import Origin

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    BaseAdmin = BaseModelAdmin[Any]
else:
    BaseAdmin = BaseModelAdmin
    ModelAdmin = admin.ModelAdmin


class OfficersOnly(BaseAdmin):
    """Officers see; what they may change is decided by each page."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the section shows at all."""
        return request.user.has_perm("core.manage_reference_data")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Officers."""
        return request.user.has_perm("core.manage_reference_data")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody, unless the page says otherwise."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody, unless the page says otherwise."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody, unless the page says otherwise."""
        return False


class ReadOnly(OfficersOnly, ModelAdmin):
    """A list to look at."""


class Audited(OfficersOnly, ModelAdmin):
    """Rows that officers may change, each change with its entry in the audit."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Officers."""
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Officers, but only rows of their own making."""
        return self.has_view_permission(request) and (obj is None or _is_own(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Officers, but only rows of their own making."""
        return self.has_view_permission(request) and (obj is None or _is_own(obj))

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Without the deletion of many at once, which would take packaged rows along."""
        return {
            name: action for name, action in super().get_actions(request).items() if name != "delete_selected"
        }

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save and record."""
        before = audit.snapshot(type(obj)._default_manager.get(pk=obj.pk)) if change else {}
        super().save_model(request, obj, form, change)
        audit.record(obj, "admin.change" if change else "admin.add", by=request.user, before=before)

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        """Record and delete."""
        audit.record(obj, "admin.delete", by=request.user, before=audit.snapshot(obj), after={})
        super().delete_model(request, obj)


def _is_own(obj: Any) -> bool:
    return getattr(obj, "origin", Origin.OWN) == Origin.OWN


@admin.register(NamingProfile)
class NamingProfileAdmin(ReadOnly):
    """The profile in force and those before it; the action signs the current one off."""

    list_display = ("title", "version", "is_current", "loaded_at", "signed_off_by", "signed_off_on")
    actions = ("sign_off",)

    @admin.action(description=_("Sign off the profile in force, in my name"))
    def sign_off(self, request: HttpRequest, queryset: models.QuerySet[NamingProfile]) -> None:
        """Sign the current profile off, if it is the one that was chosen."""
        if list(queryset.values_list("is_current", flat=True)) != [True]:
            self.message_user(
                request, _("Choose the profile that is in force, and no other."), messages.ERROR
            )
            return
        services.sign_off_profile(by=request.user, name=str(request.user))
        self.message_user(request, _("The naming profile is signed off."), messages.SUCCESS)


@admin.register(Territory)
class TerritoryAdmin(ReadOnly):
    """Territories as the profile has them."""

    list_display = ("code", "name", "alpha3", "numeric", "kind", "type", "is_listed", "grade")
    list_filter = ("kind", "type", "is_listed", "grade")
    search_fields = ("code", "alpha3", "name", "names__name")
    list_per_page = 50


@admin.register(SubnationalUnit)
class SubnationalUnitAdmin(Audited):
    """States, provinces, cantons and emirates."""

    list_display = ("code", "name", "territory", "category", "origin", "grade")
    list_filter = ("origin", "category")
    list_select_related = ("territory",)
    search_fields = ("code", "name")
    exclude = ("origin",)
    list_per_page = 50


@admin.register(Grouping)
class GroupingAdmin(Audited):
    """Groupings, packaged and the operator's own."""

    list_display = ("code", "__str__", "kind", "is_complete", "origin", "grade", "source")
    list_filter = ("kind", "origin", "grade")
    search_fields = ("code",)
    exclude = ("origin",)


@admin.register(Membership)
class MembershipAdmin(Audited):
    """Who is in which grouping, and when."""

    list_display = ("grouping", "territory", "valid_from", "valid_until", "origin", "grade", "source")
    list_filter = ("grouping__kind", "origin", "grade")
    list_select_related = ("grouping", "territory")
    search_fields = ("=territory__code", "territory__name", "=grouping__code")
    autocomplete_fields = ("territory", "grouping")
    exclude = ("origin",)
    list_per_page = 50


@admin.register(Language)
class LanguageAdmin(Audited):
    """Languages; officers may say which ones the analysis supports."""

    list_display = ("code", "endonym", "name", "direction", "is_analysed")
    list_filter = ("is_analysed", "direction")
    search_fields = ("code", "endonym", "name")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Languages come with the program."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Languages come with the program."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """All but the flag."""
        return ("code", "endonym", "name", "direction")


@admin.register(Attachment)
class AttachmentAdmin(ReadOnly):
    """Files as received, without the names that senders gave them: some belong to what is sealed."""

    exclude = ("name", "original_name")
    list_display = ("__str__", "media_type", "size", "received_at", "received_from", "sha256")
    list_select_related = ("received_from",)
    search_fields = ("=sha256",)
    date_hierarchy = "received_at"
    list_per_page = 50


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly):
    """Who did what."""

    list_display = ("at", "actor_label", "verb", "object_type", "object_label", "note")
    list_filter = ("verb", "object_type")
    search_fields = ("object_label", "object_id", "actor_label")
    date_hierarchy = "at"
    list_per_page = 50


@admin.register(Schedule)
class ScheduleAdmin(Audited):
    """Periodic tasks; officers may pause one or move its time."""

    list_display = ("name", "every", "next_due", "is_enabled")
    readonly_fields = ("name",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Schedules come with the program."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Schedules come with the program."""
        return False


@admin.register(WorkerHeartbeat)
class WorkerHeartbeatAdmin(ReadOnly):
    """Workers and when they were last seen."""

    list_display = ("worker_id", "started_at", "seen_at")
