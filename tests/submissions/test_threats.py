"""Threats of ``docs/explanation/threat-model.md`` that belong to no one room."""

from __future__ import annotations

import ast
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib import admin
from django.core import mail as sent
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from colloquia.accounts.models import User
from colloquia.core import ledger, private_links
from colloquia.core.ledger.keys import FILE, _key
from colloquia.core.models import LedgerHead, OutgoingMail
from colloquia.submissions.models import AnswerDraft, Call, Submission
from colloquia.submissions.records import AnswerIn, Content
from colloquia.submissions.services.receipts import confirmation_code, private_token
from colloquia.submissions.views import answering_begin
from tests.submissions.conftest import NAMED
from tests.submissions.made_public import made_public

ROOT = Path(__file__).parents[2]
PRIVATE = (
    "draft", "draft_review", "draft_files", "draft_clearance", "receipt", "receipt_json", "receipt_document",
    "receipt_confirm", "receipt_replace", "receipt_withdraw",
)  # fmt: skip
CALLS_OUT = {
    "consultations/endpoint/transport.py": "the model that the operator named",
    "commands/serve.py": "the site asks itself whether it answers",
    "engines/documents/confinement.py": "takes the network away from a child",
    "engines/papers/child.py": "takes the network away from a child",
    "submissions/services/scanning.py": "the scanner on the same machine",
}
_NETWORK = {
    "socket",
    "http",
    "urllib3",
    "httpx",
    "requests",
    "aiohttp",
    "ftplib",
    "smtplib",
    "imaplib",
    "poplib",
}


def test_private_pages_are_told_to_no_other_site_and_kept_by_no_cache(
    draft: AnswerDraft, receive: Callable[..., Submission], client: Client
) -> None:
    tokens = {"draft": private_links.token("draft", draft.pk), "receipt": private_token(receive())}
    for name in PRIVATE:
        answer = client.get(reverse(name, args=[tokens[name.partition("_")[0]]]))
        assert (name, answer.status_code) == (name, 200)
        assert answer["Referrer-Policy"] == "same-origin"
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]


def test_a_scanner_that_follows_the_links_of_a_mail_changes_nothing(
    receive: Callable[..., Submission], client: Client
) -> None:
    submission = receive(confirmed_at=None)
    where = reverse("receipt_confirm", args=[private_token(submission)])
    for _twice in range(2):
        assert client.get(f"{where}?code={confirmation_code(submission)}").status_code == 200
        assert client.get(reverse("receipt_withdraw", args=[private_token(submission)])).status_code == 200
    submission.refresh_from_db()
    assert (submission.confirmed_at, submission.withdrawn_at) == (None, None)


def test_no_word_of_anybody_becomes_a_header_of_a_mail(
    call: Call, receive: Callable[..., Submission]
) -> None:
    call.titles = {"en": "A call\r\nBcc: everybody@elsewhere.example"}
    call.save()
    receive(Content(name="Ada\r\nBcc: x@elsewhere.example", answers=(AnswerIn("", "Text."),)), call=call)
    message = OutgoingMail.objects.latest("pk")
    assert ("\n" in message.subject, "\r" in message.subject) == (False, False)
    mailed = sent.EmailMessage(message.subject, message.text, to=[message.recipient]).message()
    assert mailed["Bcc"] is None
    with pytest.raises(ValueError, match="Header values can't contain newlines"):
        sent.EmailMessage("A call\nBcc: x@elsewhere.example", "", to=["a@example.org"]).message()


def test_who_names_another_address_is_counted_as_who_asks(
    call: Call, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    monkeypatch.setattr(answering_begin, "MOST_BEGUN", 1)
    where = reverse("answer_begin", args=[call.consultation.slug])
    answers = [
        client.post(where, {"email": f"{n}@example.org"}, headers={"x-forwarded-for": f"198.51.100.{n}"})
        for n in (1, 2)
    ]
    assert [each.status_code for each in answers] == [302, 429]


def test_only_named_modules_open_connections() -> None:
    found = set()
    for path in (ROOT / "src" / "colloquia").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [each.name for each in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            if any(each.partition(".")[0] in _NETWORK or each == "urllib.request" for each in names):
                found.add(path.relative_to(ROOT / "src" / "colloquia").as_posix())
    assert found - set(CALLS_OUT) == set()


def test_cookies_are_closed_to_scripts_and_other_sites(tmp_path: Path) -> None:
    code = (
        "from colloquia import settings as s; from django.conf import global_settings as g;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.LANGUAGE_COOKIE_SECURE,"
        " g.SESSION_COOKIE_HTTPONLY, g.SESSION_COOKIE_SAMESITE, g.CSRF_COOKIE_SAMESITE,"
        " [n for n in dir(s) if n.endswith(('SAMESITE', 'SESSION_COOKIE_HTTPONLY'))])"
    )
    environment = os.environ | {"PUBLIC_URL": "https://site.example", "COLLOQUIA_DATA": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True"] * 4 + ["Lax", "Lax", "[]"]


def test_the_key_of_the_ledger_is_made_closed_to_others(tmp_path: Path) -> None:
    _key("", tmp_path / FILE)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_package_is_installed_by_version_and_hash(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [
        line for line in text.splitlines() if line.strip() and not line.strip().startswith(("#", "-r", "-c"))
    ]
    assert [line[:60] for line in lines if not re.match(r"[\w.\[\],-]+==\S+ .*--hash=sha256:", line)] == []


def test_what_an_officer_enters_says_when_it_was_entered(
    receive: Callable[..., Submission], call: Call, bruno: User
) -> None:
    stated = timezone.now() - timedelta(days=400)
    submission = receive(received_at=stated, channel="post", entered_by=bruno, confirmed_at=None)
    entry = ledger.entry_of(submission, "submission.received")
    assert entry is not None
    assert entry.at[:10] == f"{timezone.now():%Y-%m-%d}"
    assert entry.opening.content["received"][:10] == f"{stated:%Y-%m-%d}"
    assert (submission.entered_by, submission.entered_at > call.opens_at) == (bruno, True)


def test_two_heads_of_one_size_are_never_stored(receive: Callable[..., Submission]) -> None:
    receive()
    head = LedgerHead.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerHead.objects.create(size=head.size, root="0" * 64, at=head.at, key=head.key, signature="")
    assert LedgerHead.objects.get().root == head.root


def test_names_with_markup_are_text(receive: Callable[..., Submission], bruno: User, client: Client) -> None:
    hostile = Content(
        **{
            **{name: getattr(NAMED, name) for name in NAMED.__dataclass_fields__},
            "organisation": "<script>x()",
        }
    )
    row = made_public(receive(hostile), bruno)
    for address in (
        reverse("submission", args=[row.identifier]),
        reverse("submissions", args=["small-call"]),
    ):
        page = client.get(address).content.decode()
        assert ("<script>x()" in page, "&lt;script&gt;x()" in page) == (False, True)


def test_the_administration_shows_no_table_of_submissions() -> None:
    assert [each._meta.label for each in admin.site._registry if each._meta.app_label == "submissions"] == []
