"""Deleting the draft of a call: only what was never announced and on which nothing hangs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from colloquia.accounts.models import User
from colloquia.consultations.models import Consultation
from colloquia.core.models import AuditEntry
from colloquia.submissions.models import AnswerDraft, Call
from colloquia.submissions.services.call_deleting import delete_call
from colloquia.submissions.services.calls import CallChanged
from colloquia.submissions.services.refusals import SubmissionRefused

PAGE = "/calls/small-call/delete/"


def test_an_officer_is_asked_and_deletes_a_draft(
    make_call: Callable[..., Call], client: Client, bruno: User
) -> None:
    call = make_call(announced_at=None)
    client.force_login(bruno)
    assert PAGE in client.get("/calls/small-call/edit/").content.decode()
    assert "Delete this draft of a call?" in client.get(PAGE).content.decode()
    assert Call.objects.count() == 1
    assert client.post(PAGE, {"version": call.version}).status_code == 302
    assert (Call.objects.count(), Consultation.objects.count()) == (0, 0)
    entry = AuditEntry.objects.get(verb="submissions.delete_call")
    assert (entry.actor, entry.changes["titles (en)"]) == (bruno, ["A small call", None])
    assert client.get(PAGE).status_code == 404


def test_strangers_delete_nothing(make_call: Callable[..., Call], client: Client, chen: User) -> None:
    make_call(announced_at=None)
    assert client.post(PAGE, {"version": 1}).status_code == 302
    client.force_login(chen)
    assert (client.get(PAGE).status_code, client.post(PAGE, {"version": 1}).status_code) == (403, 403)
    assert Call.objects.count() == 1


def test_what_was_announced_or_has_a_draft_or_was_changed_meanwhile_stays(
    make_call: Callable[..., Call], client: Client, bruno: User
) -> None:
    announced = make_call("announced-call")
    with pytest.raises(SubmissionRefused, match="stays in the record"):
        delete_call(call=announced, seen=announced.version, by=bruno)
    client.force_login(bruno)
    assert client.post("/calls/announced-call/delete/", {"version": 1}).status_code == 422
    call = make_call(announced_at=None)
    with pytest.raises(CallChanged):
        delete_call(call=call, seen=call.version + 1, by=bruno)
    AnswerDraft.objects.create(call=call, token_digest="0" * 64, email="ada@example.org")
    with pytest.raises(SubmissionRefused, match="Something hangs on this call"):
        delete_call(call=call, seen=call.version, by=bruno)
    assert Call.objects.count() == 2
    assert not AuditEntry.objects.filter(verb="submissions.delete_call").exists()
