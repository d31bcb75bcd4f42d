"""Writing messages to people, in their language; kept until they are handed over, and tried again."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from colloquia.core import audit
from colloquia.core.jobs import enqueue
from colloquia.core.mail_languages import message_language, why_english
from colloquia.core.models import OutgoingMail

logger = logging.getLogger("colloquia.mail")

TASK = "core.send_mail"
MOST_TRIES = 12
KEPT_FOR = timedelta(days=90)
"""How long a message stays listed once it was sent or given up."""
_LONGEST_WAIT = timedelta(hours=6)


def post(
    template: str, *, to: str, language: str, context: Mapping[str, Any], about: models.Model | None = None
) -> OutgoingMail:
    """Write a message within the caller's transaction; the worker sends it.

    Args:
        template: ``submissions/mail/receipt``: ``.txt`` is the text; its first line is the subject, then a
            blank line.
        to: one address.
        language: the person's; where messages are not written in it they come in English, and a line says so.
        context: what the template may use, besides ``site_name`` and ``public_url``.
        about: what the message speaks of, so that it can be destroyed with it.
    """
    code = message_language(language)
    with translation.override(code):
        whole = render_to_string(
            f"{template}.txt",
            {"site_name": settings.SITE_NAME, "public_url": settings.PUBLIC_URL, **context},
        )
    subject, _blank, text = whole.strip().partition("\n")
    if reason := why_english(language):
        text = f"{reason}\n\n{text.strip()}"
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


def hand_over(
    *, subject: str, text: str, to: str, language: str, template: str, good_for: timedelta | None = None
) -> None:
    """Send a message at once, for somebody who waits for it; where that fails it is kept and tried again.

    Args:
        subject, text: as written, in ``language``.
        to: one address.
        template: the kind of message, for the list of what could not be sent.
        good_for: how long the message is of use; after that it is given up.
    """
    message = OutgoingMail(
        recipient=to,
        language=language,
        subject=" ".join(subject.split())[:300],
        text=text.strip() + "\n",
        template=template,
        expires_at=timezone.now() + good_for if good_for else None,
    )
    try:
        _give(message)
    except Exception as error:  # noqa: BLE001 -- whatever a mail server answers, the message waits
        with transaction.atomic():
            message.save()
            _later(message, error)


def send(message_id: int) -> None:
    """Hand a message to the mail server. A failure is kept with it and tried again, ever more seldom."""
    message = OutgoingMail.objects.filter(pk=message_id, sent_at=None, given_up_at=None).first()
    if message is None:
        return
    if message.expires_at is not None and message.expires_at < timezone.now():
        OutgoingMail.objects.filter(pk=message.pk).update(given_up_at=timezone.now(), text="")
        return
    try:
        _give(message)
    except Exception as error:  # noqa: BLE001 -- whatever a mail server answers, the message waits
        _later(message, error)
        return
    OutgoingMail.objects.filter(pk=message.pk).update(sent_at=timezone.now(), text="", error="")


def try_again(*, message: OutgoingMail, by: Any) -> bool:
    """Send a message that was given up after all; False where it was sent meanwhile or its text is gone."""
    with transaction.atomic():
        open_again = OutgoingMail.objects.filter(pk=message.pk, sent_at=None).exclude(text="")
        if not open_again.update(given_up_at=None, tries=0):
            return False
        audit.record(message, "core.try_mail_again", by=by)
        enqueue(TASK, message.pk)
    return True


def forget(*, now: datetime | None = None) -> int:
    """Remove messages that are over, which name addresses; gives the number of those removed."""
    limit = (now or timezone.now()) - KEPT_FOR
    return OutgoingMail.objects.filter(
        models.Q(sent_at__lt=limit) | models.Q(given_up_at__lt=limit)
    ).delete()[0]


def _give(message: OutgoingMail) -> None:
    """To the mail server. Programs that answer mail by themselves are asked not to answer this."""
    headers = {"Auto-Submitted": "auto-generated", "Content-Language": message.language}
    EmailMessage(
        message.subject, message.text, settings.DEFAULT_FROM_EMAIL, [message.recipient], headers=headers
    ).send()


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
