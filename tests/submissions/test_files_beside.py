"""A file that holds more than its checked text becomes public only where an officer says so."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from colloquia.accounts.models import User
from colloquia.core.models import Attachment
from colloquia.submissions.models import Submission
from colloquia.submissions.queries.checking import public_parts
from colloquia.submissions.records import FileIn
from colloquia.submissions.services.checking import make_ready
from colloquia.submissions.services.preparing import prepare
from colloquia.submissions.services.redaction_decisions import decide_file
from colloquia.submissions.services.refusals import SubmissionRefused
from tests.submissions.conftest import NAMED

PAGE = b"<html><body><!-- comment.person --><p>A register is needed.</p></body></html>"
LETTER = b"From: Eml Sender <eml.sender@example.org>\nSubject: Ours\n\nWe agree.\n"


@pytest.mark.parametrize("give_out", [True, False])
@pytest.mark.parametrize(
    ("name", "data"), [("page.html", PAGE), ("letter.eml", LETTER), ("book.xlsx", b"PK\x03\x04 broken")]
)
def test_an_officer_decides_about_a_file_that_holds_more(
    receive: Callable[..., Submission],
    attach: Callable[..., Attachment],
    bruno: User,
    name: str,
    data: bytes,
    give_out: bool,
) -> None:
    submission = receive(files=(FileIn(attach(name, data)),))
    prepare(submission.pk)
    with pytest.raises(SubmissionRefused, match="Files that hold more than their text: 1"):
        make_ready(submission=submission, by=bruno)
    assert decide_file(submission=submission, position=2, give_out=give_out, by=bruno) == 1
    given = [each.attachment for each in public_parts(make_ready(submission=submission, by=bruno))]
    assert [each is not None for each in given if each is not None] == [True] * give_out


def test_files_inside_a_file_of_a_sender_who_is_not_named_are_never_given_out(
    receive: Callable[..., Submission], attach: Callable[..., Attachment], bruno: User
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("of jane smith.txt", "A register is needed.")
    submission = receive(
        replace(NAMED, publication="anonymous"), files=(FileIn(attach("all.zip", packed.getvalue())),)
    )
    prepare(submission.pk)
    with pytest.raises(SubmissionRefused, match="Publish the text alone"):
        decide_file(submission=submission, position=2, give_out=True, by=bruno)
    assert decide_file(submission=submission, position=2, give_out=False, by=bruno) == 1


def test_the_page_of_the_check_tells_what_the_file_holds(
    client: Client, receive: Callable[..., Submission], attach: Callable[..., Attachment], bruno: User
) -> None:
    submission = receive(files=(FileIn(attach("page.html", PAGE)),))
    prepare(submission.pk)
    client.force_login(bruno)
    where = reverse("check", args=[submission.call.consultation.slug, submission.identifier])
    page = client.get(where).content.decode()
    assert ("Comments: 1" in page, "comment.person" in page) == (True, False)
    assert ('value="file-in"' in page, 'value="file-out"' in page) == (True, True)
    submission.refresh_from_db()
    client.post(where, {"act": "file-in", "changed": submission.changed, "part": 2})
    page = client.get(f"{where}?part=2").content.decode()
    assert ("Only its text is published." in page, 'value="file-in"' in page) == (True, False)
