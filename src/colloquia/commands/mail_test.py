"""``colloquia mail-test``: send one message at once and say what the mail server answered."""

from __future__ import annotations

import argparse

HELP = "Send a test message and say what the mail server answers"


def configure(parser: argparse.ArgumentParser) -> None:
    """Where to send it."""
    parser.add_argument("address", metavar="ADDRESS", help="the address to write to")
    parser.add_argument(
        "--language", default="", help="language of the message: en, ar, es, fr, ru or zh-hans"
    )


def run(arguments: argparse.Namespace) -> int:
    """Send it without the queue, so that the answer is seen here."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.exceptions import ValidationError
    from django.core.mail import EmailMessage
    from django.core.validators import validate_email
    from django.template.loader import render_to_string
    from django.utils import translation

    from colloquia.cli import CommandError

    try:
        validate_email(arguments.address)
    except ValidationError as error:
        raise CommandError(f"“{arguments.address}” is not an e-mail address.") from error
    language = arguments.language or settings.LANGUAGE_CODE
    if language not in settings.MAIL_LANGUAGES:
        raise CommandError(f"--language is one of {', '.join(settings.MAIL_LANGUAGES)}.")
    context = {"site_name": settings.SITE_NAME, "public_url": settings.PUBLIC_URL}
    with translation.override(language):
        whole = render_to_string("accounts/mail/test.txt", context).strip()
    subject, _blank, text = whole.partition("\n")
    try:
        EmailMessage(subject.strip(), text.strip(), settings.DEFAULT_FROM_EMAIL, [arguments.address]).send()
    except OSError as error:
        raise CommandError(
            f"the mail server did not take the message: {type(error).__name__}: {error}. Check EMAIL_URL and "
            "EMAIL_FROM."
        ) from error
    print(f"The mail server took the message to {arguments.address}.")
    return 0
