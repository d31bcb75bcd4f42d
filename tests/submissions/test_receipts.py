"""The sender's private page: found by the link or the account alone, with all that proves the receipt."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from colloquia.accounts.models import User
from colloquia.core import ledger
from colloquia.core.models import AuditEntry, OutgoingMail
from colloquia.engines.ledger import read_receipt, verify_receipt
from colloquia.submissions import services
from colloquia.submissions.models import AnswerDraft, DraftFile, Submission
from colloquia.submissions.presentation import receipts as shown
from colloquia.submissions.services import destroying, receipts
from tests.submissions.conftest import NAMED

pytestmark = pytest.mark.django_db
SECRET = NAMED.answers[0].text


@pytest.fixture
def sent(draft: AnswerDraft, attach: Callable[..., Any]) -> Submission:
    """A submission with one confidential file."""
    DraftFile.objects.create(
        draft=draft,
        attachment=attach("contract.txt"),
        position=1,
        secrecy="confidential",
        secrecy_reason="trade",
    )
    return services.send(draft=draft)


def at(name: str, submission: Submission, *more: Any) -> str:
    return reverse(name, args=[services.private_token(submission), *more])


def test_the_page_shows_id_hashes_entry_and_proof(client: Client, sent: Submission) -> None:
    response = client.get(at("receipt", sent))
    page = response.content.decode()
    version = sent.versions.get()
    for text in (
        sent.identifier,
        version.sha256,
        "contract.txt",
        hashlib.sha256(b"An annex of one line.\n").hexdigest(),
    ):
        assert text in page
    assert (response["Referrer-Policy"], response["X-Robots-Tag"]) == ("same-origin", "noindex, nofollow")
    assert "no-store" in response["Cache-Control"]
    assert SECRET not in page


@pytest.mark.parametrize(
    "name", ["receipt", "receipt_json", "receipt_document", "receipt_replace", "receipt_withdraw"]
)
def test_a_stranger_without_the_link_finds_nothing(
    client: Client, chen: User, sent: Submission, name: str
) -> None:
    client.force_login(chen)
    assert client.get(reverse(name, args=["x" * 43])).status_code == 404
    assert client.get(reverse(name, args=[sent.identifier])).status_code == 404


def test_the_account_that_sent_it_reaches_it_by_its_id_and_an_officer_does_not(
    client: Client, make_draft: Callable[..., AnswerDraft], amara: User, bruno: User
) -> None:
    submission = services.send(draft=make_draft(owner=amara, email=""))
    address = reverse("receipt", args=[submission.identifier])
    assert client.get(address).status_code == 404
    client.force_login(bruno)
    assert client.get(address).status_code == 404
    client.force_login(amara)
    assert client.get(address).status_code == 200


def test_receipt_document_and_file_are_given_out_byte_for_byte(client: Client, sent: Submission) -> None:
    receipt = read_receipt(client.get(at("receipt_json", sent)).content.decode())
    verify_receipt(receipt, ledger.public_keys()[receipt.head.key])
    document = client.get(at("receipt_document", sent)).content
    assert hashlib.sha256(document).hexdigest() == receipt.content["document"]
    assert json.loads(document)["content"]["answers"][0]["text"] == SECRET
    file = client.get(at("receipt_file", sent, 1, 1))
    assert hashlib.sha256(file.getvalue()).hexdigest() == receipt.content["files"][0]
    assert client.get(at("receipt_file", sent, 1, 2)).status_code == 404


@pytest.mark.parametrize("version", ["2", "0", "x", "999999999"])
def test_a_version_that_is_not_there_is_not_found(client: Client, sent: Submission, version: str) -> None:
    assert client.get(at("receipt_json", sent), {"version": version}).status_code == 404


def test_the_mail_alone_proves_the_receipt_and_holds_no_answer(sent: Submission) -> None:
    message = OutgoingMail.objects.get(template=receipts.TEMPLATE)
    assert message.recipient == "ada@example.org"
    assert sent.identifier in message.subject
    inside = message.text.split("-" * 50)[1]
    receipt = read_receipt(inside)
    verify_receipt(receipt, ledger.public_keys()[receipt.head.key])
    assert at("receipt", sent) in message.text
    assert sent.versions.get().sha256 in message.text
    assert "contract.txt" in message.text
    assert SECRET not in message.text
    assert "confirm" not in message.text.replace(inside, "").lower()


def test_the_mail_comes_in_the_language_of_the_person(make_draft: Callable[..., AnswerDraft]) -> None:
    services.send(draft=make_draft(interface_language="ar"))
    assert [row.language for row in OutgoingMail.objects.all()] == ["ar"]


def test_what_an_officer_enters_is_not_mailed(receive: Callable[..., Submission], bruno: User) -> None:
    receive(entered_by=bruno)
    assert OutgoingMail.objects.count() == 0


def test_the_address_is_confirmed_by_the_code_of_the_mail_alone(
    client: Client, make_draft: Callable[..., AnswerDraft]
) -> None:
    submission = services.send(draft=make_draft(confirmed_at=None))
    page = at("receipt_confirm", submission)
    assert "PLEASE CONFIRM" in OutgoingMail.objects.get().text
    assert (
        receipts.confirmation_code(submission) not in client.get(at("receipt", submission)).content.decode()
    )
    assert client.post(page, {"code": services.private_token(submission)}).status_code == 200
    submission.refresh_from_db()
    assert submission.confirmed_at is None
    address = next(line for line in OutgoingMail.objects.get().text.splitlines() if "?code=" in line)
    path = address[address.index("/receipts") :]
    assert 'name="code"' in client.get(path).content.decode()
    submission.refresh_from_db()
    assert submission.confirmed_at is None
    assert client.post(page, {"code": path.partition("=")[2]}).status_code == 302
    submission.refresh_from_db()
    assert submission.confirmed_at is not None
    assert AuditEntry.objects.filter(verb="submissions.confirm").count() == 1


def test_the_mail_is_sent_again_three_times_an_hour_at_most(
    client: Client, make_draft: Callable[..., AnswerDraft]
) -> None:
    submission = services.send(draft=make_draft(confirmed_at=None))
    for _time in range(4):
        client.post(at("receipt_confirm", submission), {"act": "again"})
    assert OutgoingMail.objects.count() == receipts.MOST_MAILS_AN_HOUR


def test_once_destroyed_it_says_so(client: Client, sent: Submission) -> None:
    destroying.destroy(sent, keep_published=True)
    page = client.get(at("receipt", sent)).content.decode()
    assert "can no longer be opened" in page
    for name in ("receipt_json", "receipt_document"):
        assert client.get(at(name, sent)).status_code == 410
    assert client.get(at("receipt_file", sent, 1, 1)).status_code == 410


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_needs_the_same_queries_for_any_number_of_files(
    client: Client,
    draft: AnswerDraft,
    attach: Callable[..., Any],
    django_assert_num_queries: Any,
    monkeypatch: pytest.MonkeyPatch,
    count: int,
) -> None:
    for place in range(count):
        DraftFile.objects.create(draft=draft, attachment=attach(f"{place}.txt"), position=place)
    submission = services.send(draft=draft)
    # What other rooms add is counted where it is made.
    monkeypatch.setattr(shown, "registered_submission_sections", tuple)
    with django_assert_num_queries(7):
        client.get(at("receipt", submission))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_an_account(
    client: Client,
    make_draft: Callable[..., AnswerDraft],
    receive: Callable[..., Submission],
    amara: User,
    chen: User,
    django_assert_num_queries: Any,
    count: int,
) -> None:
    for _place in range(count):
        make_draft(owner=amara, email="")
        receive(owner=amara)
    receive(owner=chen, content=replace(NAMED, organisation="Others"))
    client.force_login(amara)
    with django_assert_num_queries(5):
        page = client.get(reverse("my_submissions")).content.decode()
    assert (page.count('href="/receipts/S-'), page.count('href="/drafts/')) == (count, count)


def test_the_list_asks_to_sign_in(client: Client) -> None:
    assert client.get(reverse("my_submissions")).status_code == 302
