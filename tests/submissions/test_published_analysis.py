"""The analysis of what a call brought in: its docket, its run, what the funnel says, and the next one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from colloquia.accounts.models import User
from colloquia.consultations.models import AnalysisRequest, Run
from colloquia.consultations.queries import bulk_of
from colloquia.consultations.services import show_run
from colloquia.consultations.services.again import AnalysisRefused
from colloquia.consultations.services.again import request_analysis as request_from_stored_texts
from colloquia.consultations.stakeholders import KINDS, stakeholder_label
from colloquia.core.models import TaskLease
from colloquia.engines.records import Document
from colloquia.engines.records import Submission as Received
from colloquia.submissions.models import (
    Call,
    CallAnalysis,
    PublishedSubmission,
    RespondentKind,
    Submission,
)
from colloquia.submissions.queries.docket import docket_counts, docket_of, numbered
from colloquia.submissions.records import AnswerIn, FileIn
from colloquia.submissions.services import analysing, publishing
from colloquia.submissions.services.refusals import SubmissionRefused
from tests.submissions.conftest import NAMED
from tests.submissions.made_public import made_public

pytestmark = pytest.mark.django_db
Receive = Callable[..., Submission]


@pytest.fixture
def published(receive: Receive, bruno: User, attach: Callable[..., Any]) -> list[PublishedSubmission]:
    """A named one with two files, of which one is reserved; an anonymous one; beside a confidential one."""
    files = (
        FileIn(attach("a.txt", b"Registers of training data help authors.\n")),
        FileIn(attach("b.txt", b"Guarded.\n"), mining_reserved=True),
    )
    text = "A public register of training data would let authors see which works were used."
    anonymous = replace(NAMED, publication="anonymous", answers=(AnswerIn("XX-01.q2", text),))
    receive(replace(NAMED, publication="confidential"))
    return [made_public(receive(files=files), bruno), made_public(receive(anonymous), bruno)]


def test_the_docket_has_the_ids_and_texts_that_are_public(published: list[PublishedSubmission]) -> None:
    first, second = docket_of(Call.objects.get())
    one = published[0].identifier
    assert [(each.document_id, each.question_id, each.text) for each in first.documents] == [
        (f"{one}.d1", "XX-01.q1", NAMED.answers[0].text),
        (f"{one}.d2", None, "Registers of training data help authors.\n"),
    ]
    assert (first.organisation, first.country, first.person) == ("Example Publishers", "CH", "")
    assert (second.submission_id, second.organisation, second.country) == (published[1].identifier, "", "")
    assert docket_counts(Call.objects.get()).as_json() == {
        "received": 3, "published": 2, "checking": 0, "confidential": 1, "withheld": 0,
        "in_it": 2, "reserved_files": 1, "unread_files": 0,
    }  # fmt: skip


def test_a_call_without_groups_counts_by_kinds_of_respondents(
    published: list[PublishedSubmission], django_assert_num_queries: Any
) -> None:
    PublishedSubmission.objects.update(stakeholder="")
    PublishedSubmission.objects.filter(pk=published[1].pk).update(kind="person")
    Call.objects.update(stakeholders=["Industry"])
    assert [each.stakeholder for each in docket_of(Call.objects.get())] == ["", ""]
    Call.objects.update(stakeholders=[])
    with django_assert_num_queries(4):
        found = docket_of(Call.objects.get())
    groups = [each.stakeholder for each in found]
    assert groups == ["Organisation or company", "Person, in a private capacity"]
    with translation.override("ar"):
        assert [stakeholder_label(each) for each in groups] == [
            str(RespondentKind(each).label) for each in ("organisation", "person")
        ]
    labels = [str(label) for label in RespondentKind.labels]
    assert (list(KINDS), [str(word) for word in KINDS.values()]) == (labels, labels)


def test_texts_keep_their_numbers_and_changed_ones_get_new_ones() -> None:
    def received(*texts: str, **more: Any) -> Received:
        documents = [
            Document(f"S.d{place}", "S", "a", "x", "text/plain", text=text)
            for place, text in enumerate(texts, start=1)
        ]
        return Received("S", "S", documents, **more)

    earlier = received("Stays.", "Changes.", numbers_given=5)
    earlier.documents[0].numbered, earlier.documents[1].numbered = (1, 2), (3, 3)
    earlier.documents += [
        Document("S.p2.en", "S", "a", "x", "text/plain", text="t", translation_of="S.p2"),
        Document("S.p3.en", "S", "a", "x", "text/plain", text="t", translation_of="S.p3"),
    ]
    (found,) = numbered([received("Stays.", "Changed.")], [earlier])
    assert [(each.document_id, each.numbered) for each in found.documents] == [
        ("S.d1", (1, 2)), ("S.d2", None), ("S.p2.en", None),
    ]  # fmt: skip
    assert found.numbers_given == 5


def test_it_becomes_a_run_whose_passages_lead_back_and_whose_funnel_tells_what_is_missing(
    published: list[PublishedSubmission], bruno: User, receive: Receive
) -> None:
    call = Call.objects.get()
    asked = analysing.request_analysis(call=call, by=bruno, here=True)
    run = analysing.perform(asked.pk)
    assert run is not None
    asked.refresh_from_db()
    assert (asked.state, asked.result, analysing.perform(asked.pk)) == ("done", run, None)
    one = published[0].identifier
    assert sorted(row.passage_id for row in bulk_of(run).passages(limit=0)[0]) == [
        f"{one}.p1", f"{one}.p2", f"{published[1].identifier}.p1",
    ]  # fmt: skip
    show_run(run=run, by=bruno)
    slug = call.consultation.slug
    client = Client()
    page = client.get(reverse("consultation", args=[slug])).content.decode()
    for words in ("Received", "Published", "Not published", "In this analysis"):
        assert words in page
    back = client.get(reverse("consultation_submission", args=[slug, one])).content.decode()
    assert f'href="/submissions/{one}/"' in back
    there = client.get(f"/submissions/{one}/").content.decode()
    assert reverse("consultation_submission", args=[slug, one]) in there
    officer = Client()
    officer.force_login(bruno)
    assert officer.get(reverse("consultation_analyse", args=[slug])).url == f"/calls/{slug}/analyse/"
    with pytest.raises(AnalysisRefused):
        request_from_stored_texts(run=run, by=bruno)
    made_public(receive(replace(NAMED, answers=(AnswerIn("XX-01.q1", "Another view."),))), bruno)
    publishing.unpublish(submission=published[1].submission, by=bruno, reason="It named somebody.")
    again = analysing.perform(analysing.request_analysis(call=call, by=bruno, here=True).pk)
    assert again is not None
    assert (again.number, again.prior) == (2, run)
    names = {row.passage_id for row in bulk_of(again).passages(limit=0)[0]}
    assert f"{one}.p1" in names
    assert not any(name.startswith(published[1].identifier) for name in names)


def test_one_at_a_time_and_none_of_nothing(
    call: Call, receive: Receive, bruno: User, published: list[PublishedSubmission]
) -> None:
    asked = analysing.request_analysis(call=call, by=bruno)
    with pytest.raises(SubmissionRefused):
        analysing.request_analysis(call=call, by=bruno)
    analysing.abandon_analysis(analysis=asked, by=bruno)
    with pytest.raises(SubmissionRefused):
        analysing.abandon_analysis(analysis=asked, by=bruno)
    run = Run.objects.create(consultation=call.consultation, number=1, folder_name="none", fingerprint="x")
    AnalysisRequest.objects.create(
        consultation=call.consultation, base=run, base_sequence=0, asked_by=bruno, state="running"
    )
    with pytest.raises(SubmissionRefused):
        analysing.request_analysis(call=call, by=bruno)
    AnalysisRequest.objects.all().delete()
    for row in published:
        publishing.unpublish(submission=row.submission, by=bruno, reason="No.")
    with pytest.raises(SubmissionRefused) as refusal:
        analysing.request_analysis(call=call, by=bruno)
    assert "Nothing is published yet" in str(refusal.value)


def test_whose_child_is_stopped_before_it_begins_has_failed(
    published: list[PublishedSubmission], bruno: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = analysing.request_analysis(call=published[0].call, by=bruno, here=True)
    monkeypatch.setattr(sys, "executable", "false")  # a program that fails at once and says nothing
    analysing.run_in_child(asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.message) == ("failed", "The process was stopped.")
    analysing.request_analysis(call=published[0].call, by=bruno, here=True)


def test_an_officer_sees_what_is_in_it_and_asks(
    published: list[PublishedSubmission], bruno: User, chen: User
) -> None:
    address = reverse("call_analyse", args=[Call.objects.get().consultation.slug])
    officer = Client()
    officer.force_login(bruno)
    page = officer.get(address).content.decode()
    assert "2 submissions are in the analysis." in page
    assert "1 file stays out, since its sender reserved text and data mining; people read it." in page
    officer.post(address)
    asked = CallAnalysis.objects.get()
    assert officer.get(f"{address[:-1]}.json").json()["requests"][0]["state"] == "waiting"
    stranger = Client()
    stranger.force_login(chen)
    abandon = reverse("call_analyse_abandon", args=[asked.call.consultation.slug, asked.pk])
    assert stranger.post(abandon).status_code == 403
    officer.post(abandon)
    asked.refresh_from_db()
    assert (asked.state, TaskLease.objects.count()) == ("failed", 0)
