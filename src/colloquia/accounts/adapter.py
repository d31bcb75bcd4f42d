"""The house's answers to the questions that allauth asks."""

# ruff: noqa: ARG002 -- the signatures are those of Django and allauth

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Registration is open or closed by setting; addresses are kept in lower case."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether visitors may create an account."""
        return bool(settings.REGISTRATION_OPEN)

    def clean_email(self, email: str) -> str:
        """One person is one row, whatever case the address is typed in."""
        cleaned: Any = super().clean_email(email)
        return str(cleaned).strip().lower()
