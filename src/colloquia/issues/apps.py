"""The application's registration with Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IssuesConfig(AppConfig):
    """Papers, issues and questions."""

    name = "colloquia.issues"
    label = "issues"
    verbose_name = _("Issues papers")

    def ready(self) -> None:
        """Register what other places show of the room."""
        from colloquia.issues.presentation.registered import register

        register()
