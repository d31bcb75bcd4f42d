"""The house's answers to the questions that allauth asks."""

# ruff: noqa: ARG002 -- the signatures are those of Django and allauth

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from colloquia.core import mail
from colloquia.core.mail_languages import message_language
from colloquia.core.written import day_and_time

GOOD_FOR = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Registration is open or closed by setting; addresses are kept in lower case; mails are the house's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether visitors may create an account."""
        return bool(settings.REGISTRATION_OPEN)

    def clean_email(self, email: str) -> str:
        """One person is one row, whatever case the address is typed in."""
        cleaned: Any = super().clean_email(email)
        return str(cleaned).strip().lower()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send at once, in the language of the account, else as the browser asks; try again where it fails.

        What the site answers is the same whether the mail server works or not, and whether anybody has the
        address.
        """
        language = _language_of(email, getattr(self.request, "wanted_language", ""))
        if not settings.REGISTRATION_OPEN:
            context = {name: value for name, value in context.items() if name != "signup_url"}
        with translation.override(language):
            if moment := context.get("timestamp"):
                context = {**context, "timestamp": day_and_time(moment)}
            message = self.render_mail(
                template_prefix,
                email,
                {
                    "email": email,
                    "site_name": settings.SITE_NAME,
                    "public_url": settings.PUBLIC_URL,
                    **context,
                },
            )
        mail.hand_over(
            subject=str(message.subject),
            text=str(message.body),
            to=email,
            language=language,
            template=template_prefix,
            good_for=GOOD_FOR,
        )


def _language_of(email: str, wanted: str) -> str:
    from colloquia.accounts.models import User

    kept = User.objects.filter(email=email.lower()).values_list("language", flat=True).first() or ""
    return message_language(kept, wanted, translation.get_language() or "", settings.LANGUAGE_CODE)
