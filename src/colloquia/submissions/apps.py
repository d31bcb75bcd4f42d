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
        from django.db.backends.signals import connection_created

        from colloquia.submissions import rules
        from colloquia.submissions.presentation.registered import register
        from colloquia.submissions.searching import teach

        rules.register()
        register()
        connection_created.connect(teach, dispatch_uid="submissions.searching")
