"""Messages: in the person's language, printed in development, kept and tried again where a server refuses."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from colloquia.accounts.models import User
from colloquia.core import mail
from colloquia.core.models import OutgoingMail
from colloquia.core.printed_mail import EmailBackend

pytestmark = pytest.mark.django_db
REFUSING = "tests.accounts.refusing_mail.EmailBackend"


@pytest.fixture(autouse=True)
def _no_limits_from_before() -> None:
    cache.clear()


def test_codes_come_in_the_language_of_the_account_else_in_that_of_the_page(amara: User, chen: User) -> None:
    User.objects.filter(pk=amara.pk).update(language="ar")
    for person, language in ((amara, "en"), (chen, "ar"), (chen, "en")):
        Client().post(f"/accounts/login/?lang={language}", {"login": person.email})
    assert [message.extra_headers["Content-Language"] for message in outbox.outbox] == ["ar", "ar", "en"]
    assert "password" not in outbox.outbox[2].body.replace("there is no password", "")
    assert outbox.outbox[2].extra_headers["Auto-Submitted"] == "auto-generated"


def test_a_refused_code_is_answered_as_always_and_tried_again_while_it_is_good(
    client: Client, amara: User, settings: Any
) -> None:
    settings.EMAIL_BACKEND = REFUSING
    response = client.post("/accounts/login/", {"login": amara.email})
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/code/confirm/")
    message = OutgoingMail.objects.get()
    assert (message.tries, message.given_up_at) == (1, None)
    assert "no room for ghosts" in message.error
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.send(message.pk)
    message.refresh_from_db()
    assert (message.text, len(outbox.outbox), message.sent_at is None) == ("", 1, False)


def test_a_code_that_is_no_longer_good_is_not_sent(amara: User, client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = REFUSING
    client.post("/accounts/login/", {"login": amara.email})
    OutgoingMail.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    mail.send(OutgoingMail.objects.get().pk)
    message = OutgoingMail.objects.get()
    assert (message.text, message.given_up_at is None, message.tries) == ("", False, 1)


def test_a_message_is_given_up_and_may_be_sent_after_all(
    client: Client, bruno: User, chen: User, settings: Any
) -> None:
    settings.EMAIL_BACKEND = REFUSING
    message = mail.post("accounts/mail/test", to="ada@example.org", language="en", context={})
    for _ in range(mail.MOST_TRIES):
        mail.send(message.pk)
    message.refresh_from_db()
    assert (message.tries, message.given_up_at is None) == (mail.MOST_TRIES, False)
    client.force_login(chen)
    assert client.get("/accounts/messages/").status_code == 403
    assert client.post(f"/accounts/messages/{message.pk}/again/").status_code == 403
    client.force_login(bruno)
    page = client.get("/accounts/messages/").content.decode()
    assert ("ada@example.org" in page, "the site can send messages" in page) == (True, False)
    client.post(f"/accounts/messages/{message.pk}/again/")
    message.refresh_from_db()
    assert (message.tries, message.given_up_at) == (0, None)


def test_what_is_over_is_forgotten() -> None:
    long_ago = timezone.now() - mail.KEPT_FOR - timedelta(days=1)
    for moments in ({"sent_at": long_ago}, {"given_up_at": long_ago}, {"sent_at": timezone.now()}, {}):
        OutgoingMail.objects.create(
            recipient="ada@example.org", language="en", subject="S", template="t", **moments
        )
    assert mail.forget() == 2


def test_messages_are_printed_legibly_one_by_one() -> None:
    stream = io.StringIO()
    backend = EmailBackend(stream=stream)
    sent = [EmailMessage("رمزك", "الرمز: 1", "site@x.example", [f"{n}@x.example"]) for n in "ab"]
    assert backend.send_messages(sent) == 2
    printed = stream.getvalue()
    assert printed.count("Subject: رمزك\n\nالرمز: 1\n") == 2
    assert (printed.count("To: a@x.example"), printed.count("─" * 72)) == (1, 4)


def test_the_command_says_what_the_server_answers(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    from colloquia.cli import main

    assert main(["mail-test", "ada@example.org"]) == 0
    assert "took the message to ada@example.org" in capsys.readouterr().out
    settings.EMAIL_BACKEND = REFUSING
    assert main(["mail-test", "ada@example.org"]) == 1
    assert "no room for ghosts" in capsys.readouterr().err
    assert main(["mail-test", "nobody"]) == 1
    assert "is not an e-mail address" in capsys.readouterr().err
