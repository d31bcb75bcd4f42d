"""The application's registration with Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubmissionsConfig(AppConfig):
    """Calls and submissions."""

    name = "colloquia.submissions"
    label = "submissions"
    verbose_name = _("Submissions")

    def ready(self) -> None:
        """Register what other places show of the room, and who may read the files that it keeps."""
        from colloquia.submissions import rules
        from colloquia.submissions.presentation.registered import register

        rules.register()
        register()
