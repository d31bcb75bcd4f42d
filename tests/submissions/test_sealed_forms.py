"""A filled-in answer form says all that its sender keeps secret: it is sealed in every channel."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from colloquia.accounts.models import User
from colloquia.core.models import Attachment, AuditEntry, LedgerEntry
from colloquia.engines.answer_forms.writing import write
from colloquia.submissions.call_form import form_of
from colloquia.submissions.models import AnswerDraft, Call, Publication, Submission, TextVersion
from colloquia.submissions.presentation.checking_page import sealed
from colloquia.submissions.queries.checking import public_parts
from colloquia.submissions.queries.checking_texts import latest_version, open_units
from colloquia.submissions.queries.integrity import CHECKS
from colloquia.submissions.records import AnswerIn, Content, FileIn, PartyIn
from colloquia.submissions.rules import is_sealed
from colloquia.submissions.services import draft_token, intake_looking, intake_taking, send
from colloquia.submissions.services.checking import make_ready
from colloquia.submissions.services.preparing import prepare
from colloquia.submissions.services.refusals import SubmissionRefused
from colloquia.submissions.services.wishes import enter_wish
from tests.engines.answer_forms.conftest import fill, tick
from tests.engines.answer_forms.conftest import saved as bytes_of
from tests.submissions.conftest import NAMED

pytestmark = pytest.mark.django_db
Receive = Callable[..., Submission]
Attach = Callable[..., Attachment]


def filled(call: Call, *ticks: str, **boxes: str) -> bytes:
    """A form of the call, with words in its boxes."""
    document = Document(BytesIO(write(form_of(call, "en"))))
    for code in ticks:
        tick(document, code)
    for code, text in boxes.items():
        fill(document, code.replace("__", "-").replace("_", "."), text)
    return bytes_of(document)


def given_back(client: Client, draft: AnswerDraft, form: bytes, **posted: str) -> str:
    """Give the form back in a draft and take everything in; gives the page that asked."""
    where = reverse("draft_form", args=[draft_token(draft)])
    asked = str(client.post(where, {"file": SimpleUploadedFile("form.docx", form)})["Location"])
    page = client.get(asked).content.decode()
    taken = dict(re.findall(r'name="(take\.[^"]+)" value="(\w+)" checked', page))
    [seen] = re.findall(r'name="seen" value="([^"]*)"', page)
    client.post(asked, taken | {"seen": seen.replace("&quot;", '"')} | posted)
    draft.refresh_from_db()
    return page


def test_a_form_kept_with_a_draft_is_the_sealed_original(
    client: Client, draft: AnswerDraft, placed: list[str], bruno: User
) -> None:
    given_back(client, draft, filled(draft.call, R2="FORMNAME", XX__01_q2="FORMSECRET"), keep="on")
    assert [each.is_original for each in draft.files.all()] == [True]
    content = Content.from_json(draft.content)
    secret = [
        replace(each, secrecy="confidential", secrecy_reason="Trade")
        if each.question.endswith("q2")
        else each
        for each in content.answers
    ]
    draft.content = replace(content, answers=tuple(secret), publication="named").as_json()
    draft.save()
    files = client.get(reverse("draft_files", args=[draft_token(draft)])).content.decode()
    assert ("never published" in files, "May this file be public?" in files) == (True, False)
    submission = send(draft=draft)
    prepare(submission.pk)
    (file,) = latest_version(submission).files.select_related("version__submission")
    assert (file.is_original, is_sealed(file), file.texts.count()) == (True, True, 0)
    public = public_parts(make_ready(submission=submission, by=bruno))
    assert [(each.is_file, each.attachment) for each in public] == [(False, None)]
    assert not TextVersion.objects.filter(text__contains="FORMSECRET").exists()


@pytest.mark.parametrize("wish", ["named", "anonymous"])
def test_a_form_left_as_a_file_is_shut_and_its_text_kept_nowhere(
    call: Call, placed: list[str], receive: Receive, attach: Attach, bruno: User, wish: str
) -> None:
    form = attach("Notes.docx", filled(call, R2="FORMNAME", XX__01_q2="FORMSECRET"))
    secrecy = {"secrecy": "confidential", "secrecy_reason": "Trade"} if wish == "named" else {}
    answers = (AnswerIn("XX-01.q1", "Open."), AnswerIn("XX-01.q2", "FORMSECRET", **secrecy))
    given = answers if wish == "named" else answers[:1]
    submission = receive(replace(NAMED, publication=wish, answers=given), files=(FileIn(form),))
    prepare(submission.pk)
    (file,) = latest_version(submission).files.select_related("version__submission")
    assert [each.file for each in open_units(latest_version(submission))] == [None]
    assert (is_sealed(file), file.texts.get().text) == (True, "")
    told = [each["label"] for each in sealed(latest_version(submission))]
    assert told == (["XX-01.q2", "File 1"] if wish == "named" else ["File 1"])
    public = public_parts(make_ready(submission=submission, by=bruno))
    assert [each.text_version and each.text_version.text for each in public] == ["Open."]


def test_a_form_of_a_named_sender_with_nothing_secret_waits_for_an_officer(
    call: Call, placed: list[str], receive: Receive, attach: Attach
) -> None:
    submission = receive(files=(FileIn(attach("form.docx", filled(call, R2="Ada", XX__01_q1="Open."))),))
    prepare(submission.pk)
    _answer, unit = open_units(latest_version(submission))
    assert (unit.is_form, unit.waits_for_file) == (True, True)


@pytest.fixture
def imported(call: Call, bruno: User, settings: Any, tmp_path: Path) -> Callable[..., Submission]:
    """Takes in one file as an import does."""
    settings.DATA, settings.ATTACHMENTS = tmp_path / "data", tmp_path / "data" / "attachments"

    def take(name: str, data: bytes, **options: str) -> Submission:
        intake = intake_looking.begin(
            call=call, uploads=[(BytesIO(data), name)], folders=(),
            options={"received": "2026-11-25T12:00:00+00:00", **options}, kind="", by=bruno, background=False,
        )  # fmt: skip
        intake_looking.look(intake.pk)
        intake.refresh_from_db()
        intake_taking.confirm(intake_id=intake.pk, digest=intake.digest, by=bruno, background=False)
        assert intake_taking.take(intake.pk)
        return Submission.objects.get()

    return take


def mailed(form: bytes) -> bytes:
    """A message with a form in it."""
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"], message["Subject"] = "MB Sender <mb@example.org>", "form"
    message.set_content("Please find the form of MBFNAME\nContact attached.")
    message.add_attachment(form, maintype="application", subtype="octet-stream", filename="form.docx")
    return message.as_bytes()


def test_a_form_in_a_message_is_an_original_and_its_sender_is_looked_for(
    call: Call, placed: list[str], imported: Callable[..., Submission]
) -> None:
    form = filled(call, "R1.4", "R8.2", R2="MBFNAME Contact", R3="MBFORG", XX__01_q1="For mbforg: yes.")
    submission = imported("f.eml", mailed(form))
    version = latest_version(submission)
    assert (version.publication, [each.is_original for each in version.files.all()]) == (
        "anonymous",
        [True, True],
    )
    prepare(submission.pk)
    found = {
        unit.text.text[each.start : each.end]: each.rule
        for unit in open_units(version)
        for each in unit.findings
        if unit.text is not None
    }
    assert found == {"mbforg": "other.sender", "MBFNAME\nContact": "name.sender"}


def test_a_form_without_a_wish_is_confidential_whatever_holds_for_all(
    call: Call, placed: list[str], imported: Callable[..., Submission]
) -> None:
    form = filled(call, "R1.4", "R8.1", "R8.2", R3="Form Org", XX__01_q1="An answer.")
    submission = imported("form.docx", form, publication="named", note="All said so.")
    assert latest_version(submission).publication == "confidential"


@pytest.mark.parametrize("ticks", [(), ("R8.1", "R8.3", "R1.4", "R1.5")])
def test_a_form_without_a_clear_wish_in_a_draft_is_confidential(
    client: Client, make_draft: Callable[..., AnswerDraft], placed: list[str], ticks: tuple[str, ...]
) -> None:
    draft = make_draft(Content())
    page = given_back(client, draft, filled(draft.call, *ticks, R2="Ada", XX__01_q1="An answer."))
    content = Content.from_json(draft.content)
    assert (content.publication, content.kind) == ("confidential", "" if ticks else "organisation")
    assert ("more than one choice is ticked" in page) is bool(ticks)
    review = client.get(reverse("draft_review", args=[draft_token(draft)])).content.decode()
    assert ("Say who answers." in review) is bool(ticks)


def test_the_names_of_a_sender_are_found_as_far_as_they_are_not_public(receive: Receive) -> None:
    def found(content: Content) -> set[str]:
        submission = receive(content, email="office@acme.example")
        prepare(submission.pk)
        (unit,) = open_units(latest_version(submission))
        assert unit.text is not None
        return {unit.text.text[each.start : each.end] for each in unit.findings if "sender" in each.rule}

    text = "ACME and Guild of Books agree with Lee of The Press; see acme@elsewhere and Kim Lee."
    content = replace(
        NAMED, name="Kim Lee", organisation="Acme", on_behalf_of="The Press", territory="",
        parties=(PartyIn("organisation", "Guild of Books"),), answers=(AnswerIn("XX-01.q1", text),),
    )  # fmt: skip
    assert found(content) == {"Kim Lee"}
    assert found(replace(content, publication=Publication.ANONYMOUS)) == {
        "ACME", "acme", "Guild of Books", "The Press", "Kim Lee",
    }  # fmt: skip


def test_an_officer_enters_the_wish_that_a_letter_tells_later(
    client: Client, imported: Callable[..., Submission], bruno: User, rui: User
) -> None:
    """The next version says so, in the ledger too; a reviewer is refused, and a wish of the sender stands."""
    submission = imported("letter.txt", b"A register is needed, in our view.\n")
    slug, identifier = submission.call.consultation.slug, submission.identifier
    page = reverse("check", args=[slug, identifier])
    given = {"act": "wish", "changed": "1", "wish": "named", "wish_reason": ""}
    client.force_login(rui)
    assert "Enter the wish of the sender" not in client.get(page).content.decode()
    assert client.post(page, given).status_code == 422
    client.force_login(bruno)
    assert client.post(page, given).status_code == 422
    assert client.post(page, given | {"wish_reason": "Letter of 3 May"}).status_code == 302
    submission.refresh_from_db()
    version = latest_version(submission)
    entry = json.loads(version.document)["extra"]["entry"]
    assert (version.number, version.publication, submission.check_state) == (2, "named", "waiting")
    assert (entry["wish"], entry["note"]) == ("officer", "Letter of 3 May")
    assert LedgerEntry.objects.filter(pk=version.ledger_index or -1).get().kind == "submission.corrected"
    audited = AuditEntry.objects.get(verb="submissions.enter_wish")
    assert (audited.changes, audited.note) == ({"wish": ["confidential", "named"]}, "Letter of 3 May")
    findings = [each for check in CHECKS for each in check.findings(lambda _done: None)]
    assert [each for each in findings if identifier in each.where] == []
    prepare(submission.pk)
    assert [each.file is not None for each in open_units(version)] == [True]


def test_a_wish_of_the_sender_stands(
    call: Call, placed: list[str], imported: Callable[..., Submission], bruno: User
) -> None:
    submission = imported("form.docx", filled(call, "R1.4", "R8.3", R3="Form Org", XX__01_q1="An answer."))
    with pytest.raises(SubmissionRefused):
        enter_wish(submission=submission, wish="named", reason="A letter", by=bruno)
