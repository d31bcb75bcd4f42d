"""The Django application of the core."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """Tables and services shared by all rooms."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "colloquia.core"
    label = "core"
    verbose_name = _("Reference data and record")

    def ready(self) -> None:
        """Let every room register its background work; register what the core checks and shows."""
        from colloquia.core.registered import register

        autodiscover_modules("tasks")
        register()
