"""Every mail in every language of messages: nothing of the English is left, and days are as written there."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail as outbox
from django.test import Client
from django.utils import timezone, translation
from django.utils.translation import to_locale

import colloquia
from colloquia import messages
from colloquia.accounts.adapter import AccountAdapter
from colloquia.accounts.models import Role, User
from colloquia.accounts.services import invite
from colloquia.core import mail
from colloquia.core.mail_languages import language_to_write_in, message_language
from colloquia.core.models import OutgoingMail
from colloquia.core.written import day_and_time_in
from colloquia.submissions.models import AnswerDraft, Call
from colloquia.submissions.queries import clearance as clearance_queries
from colloquia.submissions.records import Incoming
from colloquia.submissions.services import checking, clearance, confirming, receipts, receive
from colloquia.submissions.services.receiving import files_of
from colloquia.submissions.services.withdrawing import withdraw
from tests.submissions.conftest import (  # noqa: F401 -- fixtures
    NAMED,
    make_call,
    questions,
    territories,
)

pytestmark = pytest.mark.django_db
TEMPLATES = Path(colloquia.__file__).parent / "templates"
OTHERS = [code for code in settings.MAIL_LANGUAGES if code != "en"]
TITLES = {"en": "TITLE-EN", "ar": "TITLE-AR", "fr": "TITLE-FR", "zh-hans": "TITLE-ZH"}


@cache
def english() -> set[str]:
    """What stands between the values in the messages of mails, where it is more than a short word."""
    ids: list[str] = []
    for message in messages.source_catalogue(mails=True):
        ids += [message.id] if isinstance(message.id, str) else message.id
    pieces = {piece.strip(" .,:()“”") for each in ids for piece in re.split(r"%\(\w+\)s", each)}
    return {piece for piece in pieces if len(piece) > 3}


def left(text: str) -> list[str]:
    """What of it is English of the templates."""
    return sorted(piece for piece in english() if re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", text))


def mails_of_a_submission(call: Call, language: str, by: User) -> None:
    """Everything that its sender gets, each with its two kinds of words where it has them."""
    incoming = Incoming(content=NAMED, email="ada@example.org", interface_language=language)
    now = timezone.now()
    draft = AnswerDraft(
        call=call, email="ada@example.org", content=NAMED.as_json(), interface_language=language
    )
    draft.save()
    confirming.post_links(draft=draft)
    confirming.confirm(draft=draft)
    link = clearance.make_link(draft=draft, note="Desk")
    clearance.comment(clearance=link, name="Bo", text="§")
    OutgoingMail.objects.update(created_at=datetime(2026, 1, 1, tzinfo=UTC))
    held = AnswerDraft.objects.select_related("call__consultation").get(pk=draft.pk)
    seen = clearance_queries.state_of(held, files_of(held)).sha256
    clearance.approve(clearance=link, name="Bo", seen=seen)
    submission = receive(call=call, incoming=incoming, received_at=now, confirmed_at=None)
    version = submission.versions.get()
    receipts.post_receipt(version)
    submission.confirmed_at, submission.is_late, version.number = now, True, 2
    version.submission = submission
    receipts.post_receipt(version)
    for contact in ("", "office@example.org"):
        Call.objects.filter(pk=call.pk).update(contact=contact)
        checking.ask_sender(submission=submission, question="¿?", by=by)
        withdraw(submission=submission)
        type(submission).objects.filter(pk=submission.pk).update(withdrawn_at=None)


@pytest.mark.parametrize("language", OTHERS)
def test_no_english_is_left_in_what_a_sender_gets(
    make_call: Callable[..., Call],  # noqa: F811 -- a fixture
    bruno: User,
    language: str,
) -> None:
    call = make_call(titles=TITLES, time_zone="Europe/Zurich")
    mails_of_a_submission(call, language, bruno)
    context = {"consultation": "TITLE", "identifier": "S-1", "link": "https://x.example/"}
    mail.post("outcomes/mail/outcomes_published", to="a@x.example", language=language, context=context)
    mail.post("accounts/mail/test", to="a@x.example", language=language, context={})
    administrator = User.objects.create_user("root@example.org", is_staff=True)
    invite(email="new@example.org", by=administrator, language=language, role="officer")
    roles = {"roles": Role.labels, "days": 1, "by": "Bo", "link": "https://x.example/"}
    mail.post("accounts/mail/invitation", to="a@x.example", language=language, context=roles)
    rows = OutgoingMail.objects.all()
    written = {str(path.relative_to(TEMPLATES))[: -len(".txt")] for path in TEMPLATES.glob("*/mail/*.txt")}
    assert {row.template for row in rows} == written, "render every mail here"
    assert {row.language for row in rows} == {language}
    found = [(row.template, left(f"{row.subject}\n{row.text}")) for row in rows]
    assert [each for each in found if each[1]] == []
    receipt = rows.filter(template="submissions/mail/receipt").first()
    assert TITLES.get(language, "TITLE-EN") in receipt.text
    assert len({row.subject for row in rows}) == 10


@pytest.mark.parametrize("language", OTHERS)
def test_no_english_is_left_in_what_an_account_gets(amara: User, language: str) -> None:
    User.objects.filter(pk=amara.pk).update(language=language)
    found = sorted(TEMPLATES.glob("*/email/*_subject.txt"))
    for path in found:
        prefix = str(path.relative_to(TEMPLATES)).removesuffix("_subject.txt")
        values = {"code": "A1", "timestamp": timezone.now(), "signup_url": "https://x.example/"}
        addresses = dict.fromkeys(("from_email", "to_email", "deleted_email"), "a@x.example")
        AccountAdapter().send_mail(prefix, amara.email, {**values, **addresses})
    sent = [(each.subject, left(f"{each.subject}\n{each.body}")) for each in outbox.outbox]
    assert (len(sent), [each for each in sent if each[1]]) == (len(found), [])
    assert {each.extra_headers["Content-Language"] for each in outbox.outbox} == {language}


def test_the_search_for_english_finds_it(amara: User) -> None:
    User.objects.filter(pk=amara.pk).update(language="en")
    AccountAdapter().send_mail("account/email/login_code", amara.email, {"code": "A1"})
    assert len(left(f"{outbox.outbox[0].subject}\n{outbox.outbox[0].body}")) == 4


def test_the_tool_and_the_site_know_the_same_languages() -> None:
    only_mails = [code for code in settings.MAIL_LANGUAGES if code not in settings.COMPLETE_LANGUAGES]
    assert sorted(map(to_locale, only_mails)) == sorted(messages.MAIL_LANGUAGES)
    assert set(settings.MAIL_LANGUAGES) == {code for code, _name in settings.LANGUAGES}


def test_a_language_is_found_by_every_way_to_write_it() -> None:
    wanted = ("fr-CA", "zh", "zh-Hant", "zh_CN", "AR", "es", "sw", "", "enm")
    assert [message_language(each) for each in wanted] == [
        "fr", "zh-hans", "zh-hans", "zh-hans", "ar", "es", "en", "en", "en",
    ]  # fmt: skip
    assert message_language("sw", "ru", "fr") == "ru"
    assert [language_to_write_in(each) for each in ("zh", "sw", "")] == ["zh-hans", "sw", "en"]


def test_who_reads_a_seventh_language_is_told_why_it_is_english() -> None:
    texts = [
        mail.post("accounts/mail/test", to="a@x.example", language=code, context={}).text.split("\n")[0]
        for code in ("sw", "en", "", "xx")
    ]
    plain = "If you read this, the site can send messages."
    reason = "This message is in English because this site does not write messages in Swahili."
    assert texts == [reason, plain, plain, plain]


def test_days_are_written_as_the_language_writes_them() -> None:
    moment = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)
    written = {}
    for code in settings.MAIL_LANGUAGES:
        with translation.override(code):
            written[code] = (day_and_time_in(moment, UTC), day_and_time_in(moment.replace(day=2), UTC)[:12])
    assert written.pop("ar")[0].endswith("09:30 UTC")
    assert written == {
        "en": ("1 May 2026, 09:30 UTC", "2 May 2026, "),
        "es": ("1 de mayo de 2026, 09:30 UTC", "2 de mayo de"),
        "fr": ("1er mai 2026, 09:30 UTC", "2 mai 2026, "),
        "ru": ("1 мая 2026 г., 09:30 UTC", "2 мая 2026 г"),
        "zh-hans": ("2026年5月1日 09:30 UTC", "2026年5月2日 09"),
    }


@pytest.mark.parametrize("language", ["fr", "es", "ru", "zh-hans"])
def test_pages_stay_in_english_where_only_the_mails_are_translated(client: Client, language: str) -> None:
    page = client.get(f"/accounts/login/?lang={language}")
    assert page["Content-Language"] == "en"
    own = {
        str(each.string) for each in messages.read_catalogue(to_locale(language)) if isinstance(each.id, str)
    }
    assert [text for text in own if len(text) > 12 and text in page.content.decode()] == []


def test_messages_of_a_draft_come_in_the_language_chosen_or_in_that_of_the_page(
    client: Client,
    make_call: Callable[..., Call],  # noqa: F811 -- a fixture
    amara: User,
) -> None:
    make_call(titles=TITLES, languages=["en", "fr"])
    where = "/calls/small-call/answer/"
    sent = {"email": "ada@example.org"}
    assert '<option value="es" selected>' in client.get(f"{where}?lang=es").content.decode()
    client.post(where, sent)
    client.post(where, {**sent, "language": "ru"})
    assert client.post(where, {**sent, "language": "xx"}).status_code == 200
    client.cookies.clear()
    assert '<option value="fr" selected>' in client.get(f"{where}?text=fr").content.decode()
    client.post(where, sent)
    User.objects.filter(pk=amara.pk).update(language="zh-hans")
    client.force_login(User.objects.get(pk=amara.pk))
    client.post(where)
    drafts = AnswerDraft.objects.order_by("created_at")
    assert [draft.interface_language for draft in drafts] == ["es", "ru", "fr", "zh-hans"]
    subjects = [row.subject for row in OutgoingMail.objects.order_by("pk")]
    assert subjects == ["Su respuesta: TITLE-EN", "Ваш ответ: TITLE-EN", "Votre réponse : TITLE-FR"]


def test_an_account_takes_messages_in_french_and_keeps_its_pages(client: Client, amara: User) -> None:
    client.force_login(amara)
    client.cookies["language"] = "ar"
    assert client.post("/accounts/me/", {"language": "fr"}).status_code == 302
    amara.refresh_from_db()
    page = client.get("/accounts/me/")
    assert (amara.language, page["Content-Language"], client.cookies["language"].value) == ("fr", "ar", "ar")
    assert '<option value="fr" selected>' in page.content.decode()
    assert Client().get("/accounts/me/", headers={"accept-language": "fr"})["Content-Language"] == "en"
