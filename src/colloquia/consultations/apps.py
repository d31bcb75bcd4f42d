"""The application's registration with Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    """Consultations and their analyses."""

    name = "colloquia.consultations"
    label = "consultations"
    verbose_name = _("Consultations")
