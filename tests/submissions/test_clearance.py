"""Colleagues read a draft as it would be sealed, comment and approve that state; nothing of it is sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from colloquia.accounts.models import User
from colloquia.core.models import AuditEntry, OutgoingMail
from colloquia.submissions import services
from colloquia.submissions.models import AnswerDraft, Clearance, ClearanceRemark, DraftFile
from colloquia.submissions.presentation.clearance_fields import changes_since
from colloquia.submissions.queries import clearance as queries
from colloquia.submissions.services import clearance as clearing
from colloquia.submissions.services import drafting
from tests.submissions.conftest import NAMED

pytestmark = pytest.mark.django_db
ANSWER = NAMED.answers[0].text


@pytest.fixture
def link(draft: AnswerDraft, attach: Callable[..., Any]) -> Clearance:
    """A link to a draft with one file."""
    DraftFile.objects.create(draft=draft, attachment=attach("contract.txt"), position=1)
    return clearing.make_link(draft=draft, note="Legal department")


def page(link: Clearance) -> str:
    return reverse("clearance", args=[clearing.clearance_token(link)])


def own_page(draft: AnswerDraft) -> str:
    return reverse("draft_clearance", args=[drafting.draft_token(draft)])


def state(draft: AnswerDraft) -> queries.DraftState:
    draft = AnswerDraft.objects.select_related("call__consultation").get(pk=draft.pk)
    return queries.state_of(draft, services.files_of(draft))


def rewrite(draft: AnswerDraft, text: str) -> None:
    content = json.loads(json.dumps(draft.content))
    content["answers"][0]["text"] = text
    AnswerDraft.objects.filter(pk=draft.pk).update(content=content)


def approve(client: Client, link: Clearance, seen: str) -> Any:
    return client.post(page(link), {"act": "approve", "name": "Bo", "state": seen, "text": ""})


def test_a_colleague_without_account_reads_what_would_be_sealed(
    client: Client, link: Clearance, draft: AnswerDraft
) -> None:
    response = client.get(page(link))
    said = response.content.decode()
    for text in (ANSWER, "contract.txt", "Example Publishers", "XX-01.q1", state(draft).sha256):
        assert text in said
    assert "Legal department" not in said
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    file = client.get(reverse("clearance_file", args=[clearing.clearance_token(link), 1]))
    assert file.getvalue() == b"An annex of one line.\n"
    assert client.get(reverse("clearance_file", args=[clearing.clearance_token(link), 2])).status_code == 404


def test_a_comment_stands_at_its_answer_and_the_author_settles_it(
    client: Client, link: Clearance, draft: AnswerDraft
) -> None:
    sent = {"act": "comment", "name": "Bo", "question": "XX-01.q1", "text": "Say who keeps it."}
    assert client.post(page(link), sent).status_code == 302
    row = ClearanceRemark.objects.get()
    assert (row.name, row.question_id, row.approves) == ("Bo", "XX-01.q1", False)
    assert 'value="Bo"' in client.get(page(link)).content.decode()
    client.post(own_page(draft), {"act": "settle", "id": row.pk})
    row.refresh_from_db()
    assert row.settled_at is not None
    assert "Say who keeps it." not in client.get(page(link)).content.decode()
    assert "1 settled comment" in client.get(own_page(draft)).content.decode()


def test_an_approval_holds_for_the_exact_state_and_shows_what_changed_since(
    client: Client, link: Clearance, draft: AnswerDraft
) -> None:
    assert approve(client, link, state(draft).sha256).status_code == 302
    assert "Of exactly this state" in client.get(own_page(draft)).content.decode()
    rewrite(draft, ANSWER.replace("register", "public register"))
    said = client.get(own_page(draft)).content.decode()
    assert ("Of exactly this state" in said, "Of an earlier state" in said) == (False, True)
    since = client.get(own_page(draft), {"since": ClearanceRemark.objects.get().pk}).content.decode()
    assert "<ins>" in since
    changes = changes_since(ClearanceRemark.objects.get().state, state(draft).document)
    assert [(each.question, [(piece.kind, piece.text) for piece in each.changes if piece.kind != "same"])
            for each in changes] == [("XX-01.q1", [("added", " public")])]  # fmt: skip


def test_another_file_makes_an_approval_outdated(
    client: Client, link: Clearance, draft: AnswerDraft, attach: Callable[..., Any]
) -> None:
    approve(client, link, state(draft).sha256)
    DraftFile.objects.create(draft=draft, attachment=attach("more.txt"), position=2)
    assert ClearanceRemark.objects.get().content_sha256 != state(draft).sha256
    labels = [
        each.label for each in changes_since(ClearanceRemark.objects.get().state, state(draft).document)
    ]
    assert labels == ["Files"]


def test_what_changed_meanwhile_is_not_approved_and_what_was_typed_stays(
    client: Client, link: Clearance, draft: AnswerDraft
) -> None:
    seen = state(draft).sha256
    rewrite(draft, "Something else.")
    sent = {"act": "approve", "name": "Bo", "state": seen, "text": "Good from our side."}
    response = client.post(page(link), sent)
    said = response.content.decode()
    assert (response.status_code, ClearanceRemark.objects.count()) == (409, 0)
    for text in ("Something else.", "Good from our side.", "changed while you read it", state(draft).sha256):
        assert text in said


def test_an_empty_comment_is_refused_and_keeps_the_name(client: Client, link: Clearance) -> None:
    response = client.post(page(link), {"act": "comment", "name": "Bo", "text": " "})
    assert (response.status_code, 'value="Bo"' in response.content.decode()) == (400, True)


def test_a_link_that_was_ended_leads_nowhere(client: Client, link: Clearance, draft: AnswerDraft) -> None:
    address = page(link)
    client.post(own_page(draft), {"act": "end", "id": link.pk})
    assert client.get(address).status_code == 404
    assert client.post(address, {"act": "comment", "name": "Bo", "text": "Late"}).status_code == 404
    with pytest.raises(services.SubmissionRefused):
        clearing.comment(clearance=link, name="Bo", text="Late")


def test_a_colleague_can_neither_write_nor_send_nor_see_the_links(
    client: Client, link: Clearance, chen: User
) -> None:
    client.force_login(chen)
    token = clearing.clearance_token(link)
    for name in ("draft", "draft_clearance", "receipt"):
        assert client.get(reverse(name, args=[token])).status_code == 404
    assert (
        client.post(reverse("draft_clearance", args=[token]), {"act": "make", "note": "x"}).status_code == 404
    )


def test_all_of_it_is_gone_when_the_draft_is_sent(
    client: Client, link: Clearance, draft: AnswerDraft
) -> None:
    clearing.comment(clearance=link, name="Bo", text="A remark in confidence.")
    address, own = page(link), own_page(draft)
    submission = services.send(draft=draft)
    assert (Clearance.objects.count(), ClearanceRemark.objects.count()) == (0, 0)
    assert "in confidence" not in submission.versions.get().document
    assert (client.get(address).status_code, client.get(own).status_code) == (404, 404)
    with pytest.raises(drafting.DraftSent):
        clearing.comment(clearance=link, name="Bo", text="Too late.")


def test_neither_audit_nor_mail_repeats_what_was_said(link: Clearance) -> None:
    for text in ("First words.", "Second words."):
        clearing.comment(clearance=link, name="Bo Secret", text=text)
    said = json.dumps(list(AuditEntry.objects.values("changes", "note", "object_label")))
    mails = list(OutgoingMail.objects.values_list("recipient", "text"))
    assert [recipient for recipient, _text in mails] == ["ada@example.org"]
    for text in ("First words", "Bo Secret"):
        assert text not in said + mails[0][1]


def test_nobody_is_written_to_whose_address_is_not_confirmed(make_draft: Callable[..., AnswerDraft]) -> None:
    link = clearing.make_link(draft=make_draft(confirmed_at=None), note="Desk")
    clearing.comment(clearance=link, name="Bo", text="Hello.")
    assert OutgoingMail.objects.count() == 0


def test_a_flood_is_refused_with_what_was_typed(
    client: Client, link: Clearance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clearing, "REMARKS_WITHIN", 1)
    monkeypatch.setattr(clearing, "MOST_LINKS", 1)
    sent = {"act": "comment", "name": "Bo", "text": "Again and again"}
    assert [client.post(page(link), sent).status_code for _time in range(2)] == [302, 400]
    assert "Again and again" in client.post(page(link), sent).content.decode()
    with pytest.raises(services.SubmissionRefused):
        clearing.make_link(draft=link.draft, note="Another")


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_needs_the_same_queries_for_any_number_of_remarks(
    client: Client, link: Clearance, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        clearing.comment(clearance=link, name="Bo", text=f"Remark {number}", question_id="XX-01.q1")
    with django_assert_num_queries(8):
        client.get(page(link))
