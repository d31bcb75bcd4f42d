"""Reading about people."""

from __future__ import annotations

import datetime

from django.utils import timezone

from colloquia.accounts.models import SignInLink, User
from colloquia.accounts.tokens import hash_token


def officer_exists() -> bool:
    """Whether anybody is an officer already."""
    return User.objects.filter(is_officer=True).exists()


def open_link(token: str, now: datetime.datetime | None = None) -> SignInLink | None:
    """The link of this token while it can be used, else None. Reading it does not use it up."""
    links = SignInLink.objects.select_related("user").filter(
        token_hash=hash_token(token), used=None, expires__gt=now or timezone.now()
    )
    link = links.first()
    if link is not None and link.user is None and officer_exists():
        return None
    return link
