"""Messages printed instead of sent, for who develops: legible in every script, one after the other."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, TextIO

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

_LINE = "─" * 72


class EmailBackend(BaseEmailBackend):
    """Prints what a mail server would get. Each message is written at once, so that two do not mix."""

    def __init__(self, *args: Any, stream: TextIO | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.stream = stream

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Print every message; gives their number."""
        stream = self.stream or sys.stdout
        for message in email_messages:
            head = [
                f"From: {message.from_email}",
                f"To: {', '.join(message.to)}",
                f"Subject: {message.subject}",
            ]
            stream.write("\n".join([_LINE, *head, "", str(message.body).rstrip(), _LINE, ""]))
            stream.flush()
        return len(email_messages)
