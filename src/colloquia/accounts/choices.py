"""What a person chose for their account goes with them in cookies, which pages read without the account."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse

from colloquia.accounts.models import User


def remember_choices(response: HttpResponse, user: User) -> None:
    """Set the cookies of language and time zone to what the account says, where it says something.

    A language in which there are messages and no pages leaves the pages as they are.
    """
    language = user.language if user.language in settings.COMPLETE_LANGUAGES else ""
    chosen = {settings.LANGUAGE_COOKIE_NAME: language, settings.TIME_ZONE_COOKIE_NAME: user.time_zone}
    for name, value in chosen.items():
        if value:
            response.set_cookie(
                name,
                value,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
