"""The application's registration with Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    """Consultations and their analyses."""

    name = "colloquia.consultations"
    label = "consultations"
    verbose_name = _("Consultations")

    def ready(self) -> None:
        """Register what other places show of the room, and who may read the files that it keeps."""
        from colloquia.consultations import rules
        from colloquia.consultations.presentation.registered import register

        rules.register()
        register()
