"""The application's registration with Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutcomesConfig(AppConfig):
    """Summaries, outcomes, the revised paper."""

    name = "colloquia.outcomes"
    label = "outcomes"
    verbose_name = _("Outcomes")

    def ready(self) -> None:
        """Register what other places show of the room."""
        from colloquia.outcomes.presentation.registered import register

        register()
