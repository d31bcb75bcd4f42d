"""Writing messages to people, in their language; kept until they are handed over, and tried again."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from colloquia.core.jobs import enqueue
from colloquia.core.models import OutgoingMail

logger = logging.getLogger("colloquia.mail")

TASK = "core.send_mail"
MOST_TRIES = 12
_LONGEST_WAIT = timedelta(hours=6)


def post(
    template: str, *, to: str, language: str, context: Mapping[str, Any], about: models.Model | None = None
) -> OutgoingMail:
    """Write a message within the caller's transaction; the worker sends it.

    Args:
        template: ``submissions/mail/receipt``: ``.txt`` is the text; its first line is the subject, then a
            blank line.
        to: one address.
        language: the person's; one that is not complete falls back to English.
        context: what the template may use, besides ``site_name`` and ``public_url``.
        about: what the message speaks of, so that it can be destroyed with it.
    """
    code = language if language in settings.COMPLETE_LANGUAGES else "en"
    with translation.override(code):
        whole = render_to_string(
            f"{template}.txt",
            {"site_name": settings.SITE_NAME, "public_url": settings.PUBLIC_URL, **context},
        )
    subject, _blank, text = whole.strip().partition("\n")
    with transaction.atomic():
        message = OutgoingMail.objects.create(
            recipient=to,
            language=code,
            subject=" ".join(subject.split())[:300],
            text=text.strip() + "\n",
            template=template,
            about=f"{about._meta.label_lower} {about.pk}" if about is not None else "",
        )
        enqueue(TASK, message.pk)
    return message


def send(message_id: int) -> None:
    """Hand a message to the mail server. A failure is kept with it and tried again, ever more seldom."""
    message = OutgoingMail.objects.filter(pk=message_id, sent_at=None, given_up_at=None).first()
    if message is None:
        return
    try:
        EmailMessage(message.subject, message.text, settings.DEFAULT_FROM_EMAIL, [message.recipient]).send()
    except Exception as error:  # noqa: BLE001  # whatever a mail server answers, the message waits
        _later(message, error)
        return
    OutgoingMail.objects.filter(pk=message.pk).update(sent_at=timezone.now(), text="", error="")


def _later(message: OutgoingMail, error: Exception) -> None:
    tries = message.tries + 1
    # What the server said is for the operator; it may name the address, so it stays out of the log.
    logger.warning("Message %s could not be sent (try %s): %s", message.pk, tries, type(error).__name__)
    given_up = timezone.now() if tries >= MOST_TRIES else None
    with transaction.atomic():
        OutgoingMail.objects.filter(pk=message.pk).update(
            tries=tries, error=f"{type(error).__name__}: {error}"[:1000], given_up_at=given_up
        )
        if given_up is None:
            wait = min(timedelta(minutes=2**tries), _LONGEST_WAIT)
            enqueue(TASK, message.pk, run_after=timezone.now() + wait)
