"""The next run: from the stored texts, with translations, under what officers decided; one at a time."""

from __future__ import annotations

import hashlib
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from colloquia.accounts.models import User
from colloquia.consultations import services
from colloquia.consultations.models import AnalysisRequest, Run, ThemeInEffect, Translation
from colloquia.consultations.queries import bulk_of
from colloquia.consultations.queries.prior import prior_of
from colloquia.consultations.services import again


def largest_theme(run: Run) -> ThemeInEffect:
    found = (
        ThemeInEffect.objects.filter(run=run, is_parent=False, is_live=True)
        .exclude(question_id="")
        .order_by("-passages")
        .first()
    )
    assert found is not None
    return found


def waiting_passage(run: Run) -> Any:
    """A passage in a language that the analysis does not support."""
    passages, _ = bulk_of(run).passages(limit=0)
    unsupported = {item["language"] for item in run.languages if not item["supported"]}
    return next(row for row in passages if row.language in unsupported)


def test_the_prior_is_what_stands_and_what_was_reviewed(stored_run: Run, bruno: User) -> None:
    theme = largest_theme(stored_run)
    rows, _ = bulk_of(stored_run).passages(question=theme.question_id, theme=theme.theme_id)
    services.rename_theme(run=stored_run, theme=theme.theme_id, label="Our label", by=bruno, seen=0)
    services.move_passages(
        run=stored_run,
        question=theme.question_id,
        passages=[rows[0].passage_id],
        theme="",
        by=bruno,
        seen=1,
    )
    run = Run.objects.get(pk=stored_run.pk)
    prior = prior_of(run)
    named = {item.theme_id: item for item in prior.themes}
    assert (named[theme.theme_id].label, named[theme.theme_id].by_officer) == ("Our label", True)
    assert [(item.passage_id, item.themes, item.text) for item in prior.reviewed] == [
        (rows[0].passage_id, {theme.question_id: ""}, rows[0].text)
    ]
    assert rows[0].passage_id not in prior.assignments[theme.question_id]
    assert prior.assignments[theme.question_id][rows[1].passage_id] == theme.theme_id


def test_the_next_run_keeps_what_officers_decided(stored_run: Run, bruno: User) -> None:
    theme = largest_theme(stored_run)
    rows, _ = bulk_of(stored_run).passages(question=theme.question_id, theme=theme.theme_id)
    services.rename_theme(run=stored_run, theme=theme.theme_id, label="Our label", by=bruno, seen=0)
    services.mark_not_opinion(run=stored_run, passages=[rows[0].passage_id], by=bruno, seen=1)
    asked = again.request_analysis(run=Run.objects.get(pk=stored_run.pk), by=bruno, here=True)
    run = again.perform(asked.pk)
    assert run is not None
    assert (run.number, run.prior, run.prior_sequence) == (2, stored_run, 2)
    assert ThemeInEffect.objects.get(run=run, theme_id=theme.theme_id).label == "Our label"
    after = bulk_of(run).passages_by_id([row.passage_id for row in rows])
    assert {name: row.text for name, row in after.items()} == {row.passage_id: row.text for row in rows}
    assert bulk_of(run).placements([after[rows[0].passage_id].row]) == []
    assert run.carried["corrections"] == run.carried["carried"]
    asked.refresh_from_db()
    assert (asked.state, asked.result) == ("done", run)
    assert again.perform(asked.pk) is None


def test_a_third_run_still_knows_what_was_said_of_the_first(stored_run: Run, bruno: User) -> None:
    theme = largest_theme(stored_run)
    rows, _ = bulk_of(stored_run).passages(question=theme.question_id, theme=theme.theme_id)
    first, second = rows[0].passage_id, rows[1].passage_id
    services.move_passages(
        run=stored_run, question=theme.question_id, passages=[first], theme="", by=bruno, seen=0
    )
    services.rename_theme(run=stored_run, theme=theme.theme_id, label="Our label", by=bruno, seen=1)
    base = Run.objects.get(pk=stored_run.pk)
    run = again.perform(again.request_analysis(run=base, by=bruno, here=True).pk)
    assert run is not None
    services.mark_not_opinion(run=run, passages=[second], by=bruno, seen=0)
    run = Run.objects.get(pk=run.pk)
    said = {item.passage_id: (item.themes, item.not_opinion) for item in prior_of(run).reviewed}
    assert said == {first: ({theme.question_id: ""}, False), second: ({}, True)}
    third = again.perform(again.request_analysis(run=run, by=bruno, here=True).pk)
    assert third is not None
    placed = bulk_of(third).themes_of_passages()
    assert first not in placed[theme.question_id]
    assert [question for question, themes in placed.items() if second in themes] == []
    assert ThemeInEffect.objects.get(run=third, theme_id=theme.theme_id).label == "Our label"


def test_a_translation_lets_a_passage_into_the_analysis_and_renumbers_nothing(
    stored_run: Run, bruno: User
) -> None:
    row = waiting_passage(stored_run)
    before, _ = bulk_of(stored_run).passages(limit=0)
    Translation.objects.create(
        consultation=stored_run.consultation,
        passage_id=row.passage_id,
        submission_id=row.submission_id,
        language="en",
        text="Works should be licensed before a machine learns from them, and authors must be paid.",
        kind="person",
        source_sha256=hashlib.sha256(row.text.encode()).hexdigest(),
        by=bruno,
    )
    asked = again.request_analysis(run=stored_run, by=bruno, here=True)
    run = again.perform(asked.pk)
    assert run is not None
    after, _ = bulk_of(run).passages(limit=0)
    texts = {item.passage_id: item.text for item in after}
    assert {item.passage_id: texts[item.passage_id] for item in before} == {
        item.passage_id: item.text for item in before
    }
    added = [item for item in after if item.passage_id not in {old.passage_id for old in before}]
    assert [item.document_id for item in added] == [f"{row.passage_id}.en"]
    documents = bulk_of(run).documents_of(row.submission_id)
    assert [item.translation_of for item in documents if item.translation_of] == [row.passage_id]


def test_one_analysis_at_a_time(stored_run: Run, bruno: User) -> None:
    asked = again.request_analysis(run=stored_run, by=bruno, here=True)
    with pytest.raises(again.AnalysisRefused, match="under way"):
        again.request_analysis(run=stored_run, by=bruno, here=True)
    again.abandon_request(request=asked, by=bruno)
    with pytest.raises(again.AnalysisRefused, match="ended already"):
        again.abandon_request(request=asked, by=bruno)
    assert again.perform(asked.pk) is None
    again.request_analysis(run=stored_run, by=bruno, here=True)
    assert AnalysisRequest.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_at_once_one_is_told(stored_run: Run, bruno: User) -> None:
    told: list[str] = []
    barrier = threading.Barrier(2)

    def ask() -> None:
        try:
            barrier.wait()
            again.request_analysis(run=stored_run, by=bruno, here=True)
            told.append("asked")
        except again.AnalysisRefused:
            told.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["asked", "refused"]


@pytest.mark.parametrize("state", ["waiting", "running"])
def test_whose_child_is_stopped_has_failed_however_early(
    stored_run: Run, bruno: User, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    asked = again.request_analysis(run=stored_run, by=bruno, here=True)
    AnalysisRequest.objects.filter(pk=asked.pk).update(state=state)
    monkeypatch.setattr(sys, "executable", "false")  # a program that fails at once and says nothing
    again.run_in_child(asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.message) == ("failed", "The process was stopped.")
    again.request_analysis(run=stored_run, by=bruno, here=True)


@pytest.mark.django_db(transaction=True)
def test_a_failure_in_the_child_is_said_on_the_page(
    stored_run: Run, officer: Client, bruno: User, migrated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLLOQUIA_DATA", str(migrated))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    asked = again.request_analysis(run=stored_run, by=bruno, here=True)
    AnalysisRequest.objects.filter(pk=asked.pk).update(state="running")
    # The child looks into another database, which has no such request: it ends with an error.
    again.run_in_child(asked.pk)
    asked.refresh_from_db()
    assert asked.state == "failed"
    assert asked.message
    page = officer.get(reverse("consultation_analyse", args=["example"])).content.decode()
    assert "Failed" in page


def test_an_officer_asks_on_the_page(stored_run: Run, officer: Client) -> None:
    address = reverse("consultation_analyse", args=["example"])
    assert "Analyse again" in officer.get(address).content.decode()
    assert officer.post(address, follow=True).redirect_chain == [(address, 302)]
    assert AnalysisRequest.objects.get().state == "waiting"
    rows = officer.get(reverse("consultation_analyse_json", args=["example"])).json()
    assert [(row["state"], row["from_run"], row["run"]) for row in rows["requests"]] == [("waiting", 1, None)]
    number = AnalysisRequest.objects.get().pk
    officer.post(reverse("consultation_analyse_abandon", args=["example", number]))
    assert AnalysisRequest.objects.get().state == "failed"


@pytest.mark.parametrize("name", ["consultation_analyse", "consultation_analyse_json", "consultation_sign"])
def test_nobody_else_may(stored_run: Run, client: Client, chen: User, amara: User, name: str) -> None:
    address = reverse(name, args=["example"])
    assert client.get(address).status_code == 302
    assert client.post(address).status_code == 302
    for person in (chen, amara):
        client.force_login(person)
        assert client.get(address).status_code == 403
        assert client.post(address).status_code == 403
    assert AnalysisRequest.objects.count() == 0
    stored_run.refresh_from_db()
    assert stored_run.status == "draft"


def test_a_run_is_shown_reviewed_and_signed_on_the_page(hidden_run: Run, client: Client, bruno: User) -> None:
    address = reverse("consultation_sign", args=["example"])
    client.force_login(bruno)
    client.post(address, {"act": "show"})
    client.post(address, {"act": "review"})
    assert "another officer must sign it" in client.get(address).content.decode()
    client.force_login(User.objects.create_user("olga@secretariat.example", is_officer=True))
    page = client.post(address, {"act": "sign", "seen_read": "7"}, follow=True).content.decode()
    assert "Look at it again, then sign" in page
    client.post(address, {"act": "sign", "seen_read": "0"})
    hidden_run.refresh_from_db()
    assert hidden_run.status == "signed"
