"""The application's registration with Django."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People and sign-in."""

    name = "colloquia.accounts"
    label = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        """Note who signs in where, and who showed a second factor."""
        from django.contrib.auth.signals import user_logged_in

        from colloquia.accounts import second_factor

        second_factor.follow_signals()
        user_logged_in.connect(_note_sign_in, dispatch_uid="colloquia.accounts.sign_in")


def _note_sign_in(*, request: Any, user: Any, **_rest: Any) -> None:
    from colloquia.accounts.services.sessions import note_sign_in

    note_sign_in(user=user, session=request.session, user_agent=request.META.get("HTTP_USER_AGENT", ""))
    request.has_just_signed_in = True
