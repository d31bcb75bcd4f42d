"""A mail server that takes nothing."""

from __future__ import annotations

from typing import Any, NoReturn

from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """Refuses every message."""

    def send_messages(self, email_messages: Any) -> NoReturn:
        """Raise what smtplib raises where a server does not answer."""
        raise ConnectionRefusedError("no room for ghosts")
