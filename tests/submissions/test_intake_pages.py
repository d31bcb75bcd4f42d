"""The pages on which officers take in what came by post and mail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from colloquia.accounts.models import User
from colloquia.core.models import OutgoingMail
from colloquia.submissions.models import Call, ImportItem, ImportSource, IntakeImport, Submission
from colloquia.submissions.services import intake_looking, intake_taking
from tests.submissions.intake_samples import AWAY, MAIL, SHORT, TABLE, mailbox

ENTRY = {
    "channel": "post", "received": "2026-11-20T10:30", "kind": "organisation", "organisation": "Paper Guild",
    "territory": "FR", "language": "", "answer-XX-01.q1": "Typed from paper.", "email": "guild@example.org",
    "once": "one",
}  # fmt: skip


@pytest.fixture
def office(bruno: User, settings: Any, tmp_path: Path) -> Client:
    """An officer's browser, and a data folder of its own."""
    settings.DATA, settings.ATTACHMENTS = tmp_path, tmp_path / "attachments"
    client = Client()
    client.force_login(bruno)
    return client


def address(name: str, *more: Any) -> str:
    """An address of the small call."""
    return reverse(name, args=["small-call", *more])


def send(office: Client, name: str, content: bytes, **more: str) -> IntakeImport:
    """Send a file in by the page, and let the worker look at it."""
    file = SimpleUploadedFile(name, content)
    answer = office.post(address("intake_new"), {"given": [file], "received": "2026-11-25T12:00", **more})
    intake = IntakeImport.objects.latest("pk")
    assert answer.headers["Location"] == address("intake_import", intake.pk)
    intake_looking.look(intake.pk)
    intake.refresh_from_db()
    return intake


def test_a_mailbox_is_shown_first_and_taken_in_once(office: Client, call: Call) -> None:
    intake = send(office, "inbox.mbox", mailbox(MAIL, SHORT, AWAY))
    page = office.get(address("intake_import", intake.pk)).content.decode()
    assert "Zoë Example" in page
    assert "is an automatic reply" in page
    assert "S-2026-00001" in page
    assert Submission.objects.count() == 0
    for _ in range(2):
        office.post(address("intake_confirm", intake.pk), {"digest": intake.digest})
        intake_taking.take(intake.pk)
    assert list(Submission.objects.order_by("identifier").values_list("channel", "check_state")) == [
        ("mail", "waiting"), ("mail", "waiting"),
    ]  # fmt: skip
    done = office.get(address("intake_import", intake.pk)).content.decode()
    assert "What became of the import" in done
    assert "Zoë" not in done
    assert OutgoingMail.objects.count() == 0


def test_what_was_not_shown_last_is_not_taken_in(office: Client, call: Call) -> None:
    intake = send(office, "inbox.mbox", mailbox(MAIL))
    answer = office.post(address("intake_confirm", intake.pk), {"digest": "0" * 64}, follow=True)
    assert "This is not what was shown last." in answer.content.decode()
    assert not intake_taking.take(intake.pk)
    assert Submission.objects.count() == 0


def test_columns_are_corrected_on_the_page(office: Client, call: Call) -> None:
    intake = send(office, "answers.csv", b"Sender,Words\nAda,A long enough answer to be prose indeed.\n")
    data = {"column-0-0": "organisation", "column-0-1": "text.XX-01.q2", "received": "2026-11-25T12:00"}
    office.post(address("intake_again", intake.pk), data)
    intake_looking.look(intake.pk)
    content = ImportItem.objects.get(intake=intake).summary["content"]
    assert (content["organisation"], content["kind"]) == ("Ada", "organisation")
    assert [each["question"] for each in content["answers"]] == ["XX-01.q2"]


def test_without_a_note_nothing_becomes_public(office: Client, call: Call) -> None:
    assert (
        send(office, "a.mbox", mailbox(SHORT), publication="named").options["publication"] == "confidential"
    )
    named = send(office, "a.mbox", mailbox(SHORT), publication="named", note="The notice said so.")
    assert ImportItem.objects.get(intake=named).summary["extra"]["note"] == "The notice said so."


def test_problems_are_a_file_without_formulas(office: Client, call: Call) -> None:
    intake = send(office, "answers.csv", TABLE.replace("Atlantis", "=cmd()").encode())
    text = office.get(address("intake_import", intake.pk) + "?table=problems&format=csv").getvalue().decode()
    assert "“=cmd()” is no country or territory of the list" in text
    items = office.get(address("intake_import", intake.pk) + "?table=items&format=csv").getvalue().decode()
    assert "\n=" not in items


def test_an_import_is_given_up_with_its_copy(office: Client, call: Call) -> None:
    intake = send(office, "inbox.mbox", mailbox(MAIL))
    attachment = ImportSource.objects.get().attachment
    assert office.get(address("intake_discard", intake.pk)).status_code == 200
    office.post(address("intake_discard", intake.pk))
    attachment.refresh_from_db()
    assert IntakeImport.objects.count() == 0
    assert attachment.destroyed_at is not None


def test_others_may_not_read_what_was_sent_in(office: Client, call: Call, olga: User) -> None:
    send(office, "inbox.mbox", mailbox(MAIL))
    source = reverse("attachment", args=[ImportSource.objects.get().attachment_id])
    other = Client()
    other.force_login(olga)
    assert b"".join(office.get(source).streaming_content).startswith(b"From ")
    assert other.get(source).status_code == 404


@pytest.mark.parametrize("name", ["intake", "intake_new", "intake_entry_new"])
def test_strangers_are_refused(name: str, call: Call, chen: User, amara: User) -> None:
    for person in (chen, amara):
        client = Client()
        client.force_login(person)
        assert client.get(address(name)).status_code == 403
    assert Client().get(address(name)).status_code == 302


def test_strangers_are_refused_at_one_import(office: Client, call: Call, chen: User) -> None:
    intake = send(office, "inbox.mbox", mailbox(MAIL))
    client = Client()
    client.force_login(chen)
    for name in ("intake_import", "intake_discard", "intake_entry"):
        assert client.get(address(name, intake.pk)).status_code == 403
    for name in ("intake_again", "intake_confirm", "intake_stop", "intake_resume"):
        assert client.post(address(name, intake.pk)).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_as_much_for_one_as_for_three(
    number: int, office: Client, call: Call, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    intake = send(office, "a.mbox", mailbox(*[SHORT.replace("<2@", f"<{each}@") for each in range(number)]))
    with django_assert_num_queries(13):
        office.get(address("intake_import", intake.pk))
    for _ in range(number - 1):
        send(office, "a.mbox", mailbox(SHORT))
    with django_assert_num_queries(6):
        office.get(address("intake"))


def test_one_that_came_on_paper_is_entered(office: Client, call: Call) -> None:
    scan = SimpleUploadedFile("scan.pdf", b"%PDF-1.4 scan")
    data = {**ENTRY, "given": [scan], "originals": "yes", "wish": "named", "note": "Ticked on the paper."}
    for _ in range(2):
        office.post(address("intake_entry_new"), data)
    submission = Submission.objects.get()
    version = submission.versions.get()
    assert (submission.channel, submission.received_at.isoformat()) == ("post", "2026-11-20T10:30:00+00:00")
    assert (version.organisation, version.territory_id, version.publication) == ("Paper Guild", "FR", "named")
    assert [(each.attachment.name, each.is_original) for each in version.files.all()] == [("scan.pdf", True)]
    assert IntakeImport.objects.get().options == {}
    page = office.get(address("intake_entry", IntakeImport.objects.get().pk)).content.decode()
    assert submission.identifier in page


def test_nothing_typed_is_lost(office: Client, call: Call) -> None:
    scan = SimpleUploadedFile("scan.pdf", b"%PDF-1.4 scan")
    answer = office.post(
        address("intake_entry_new"), {**ENTRY, "organisation": "", "wish": "named", "given": [scan]}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Give the name of the organisation." in page
    assert "Say where the sender chose this" in page
    assert "Typed from paper." in page
    assert "scan.pdf" in page
    entry = IntakeImport.objects.get()
    assert "Typed from paper." in office.get(address("intake_entry", entry.pk)).content.decode()
    office.post(address("intake_entry", entry.pk), ENTRY)
    version = Submission.objects.get().versions.get()
    assert version.publication == "confidential"
    assert version.files.count() == 1


def test_a_receipt_is_mailed_where_that_is_asked(office: Client, call: Call) -> None:
    office.post(address("intake_entry_new"), {**ENTRY, "receipt": "on"})
    assert OutgoingMail.objects.get().recipient == "guild@example.org"
