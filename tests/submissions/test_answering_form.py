"""The filled-in Word form in a draft: shown beside what is typed, and never written over it unless chosen."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from colloquia.engines.answer_forms.writing import write
from colloquia.submissions.call_form import form_of
from colloquia.submissions.models import AnswerDraft
from colloquia.submissions.records import Content
from colloquia.submissions.services import draft_token
from tests.engines.answer_forms.conftest import fill, saved, tick
from tests.submissions.conftest import NAMED

pytestmark = pytest.mark.django_db


def upload(client: Client, draft: AnswerDraft, name: str, content: bytes) -> str:
    """Where the answer leads."""
    where = reverse("draft_form", args=[draft_token(draft)])
    return str(client.post(where, {"file": SimpleUploadedFile(name, content)})["Location"])


def test_what_is_typed_stays_and_what_is_new_comes_in(
    client: Client, draft: AnswerDraft, placed: list[str]
) -> None:
    """The typed answer, name and wish stay; the other answer comes in; the file goes once it was read."""
    document = Document(BytesIO(write(form_of(draft.call, "en"))))
    fill(document, "R3", "Another Name")
    fill(document, "XX-01.q1", "From the form")
    fill(document, "XX-01.q2", "New")
    tick(document, "R8.2")
    where = upload(client, draft, "form.docx", saved(document))
    page = client.get(where).content.decode()
    taken = dict(re.findall(r'name="(take\.[^"]+)" value="(\w+)" checked', page))
    assert taken == {
        "take.organisation": "typed",
        "take.publication": "typed",
        "take.answers.XX-01.q1.text": "typed",
        "take.answers.XX-01.q2.text": "form",
    }
    [seen] = re.findall(r'name="seen" value="([^"]*)"', page)
    choice = {"seen": seen.replace("&quot;", '"'), "take.answers.XX-01.q1.text": "both"}
    client.post(where, taken | choice)
    draft.refresh_from_db()
    content = Content.from_json(draft.content)
    assert (content.organisation, content.publication) == ("Example Publishers", "named")
    assert [each.text for each in content.answers] == [f"{NAMED.answers[0].text}\n\nFrom the form", "New"]
    assert draft.files.count() == 0


def test_a_document_that_is_no_form_stays_as_a_file(client: Client, draft: AnswerDraft) -> None:
    document = Document()
    document.add_paragraph("Our views")
    where = upload(client, draft, "views.docx", saved(document))
    assert client.get(where)["Location"] == reverse("draft_files", args=[draft_token(draft)])
    assert draft.files.get().attachment.name == "views.docx"
