"""Machine translation by a service: asked by an officer, marked as what it is, stopped and gone on with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from colloquia.accounts.models import User
from colloquia.consultations.models import Run, Translation, TranslationRequest
from colloquia.consultations.services import translation_requests as services
from colloquia.drafting_settings import DraftingSettings
from tests.consultations.test_translating import WORDS, save, waiting
from tests.stand_in import Handler, Request, StandIn, fails, honest, says

PAGE = reverse("consultation_translations_service", args=["example"])
FRENCH = ["S-2026-00006.p1", "S-2026-00007.p1"]


@pytest.fixture
def stand_in(settings: Any) -> Iterator[Any]:
    """Sets a stand-in with these behaviours up as the service."""
    open_ones: list[StandIn] = []

    def make(*behaviours: Any) -> StandIn:
        endpoint = StandIn(*behaviours)
        endpoint.__enter__()
        open_ones.append(endpoint)
        settings.DRAFTING = DraftingSettings(endpoint.url, translation_model="stand-in-1", timeout=5)
        return endpoint

    yield make
    for endpoint in open_ones:
        endpoint.__exit__()


def ask(run: Run, by: Any, *passages: str) -> TranslationRequest:
    names = passages or (waiting(run)[0].passage_id,)
    return services.request_translations(run=run, passages=names, language="en", by=by, here=True)


def test_service_translates_and_the_result_is_a_machines(stored_run: Run, bruno: User, stand_in: Any) -> None:
    endpoint = stand_in(honest)
    asked = ask(stored_run, bruno)
    services.perform_request(asked.pk)
    row, passage = Translation.objects.get(), waiting(stored_run)[0]
    assert (row.kind, row.how, row.tool, row.request) == ("machine", "service", "stand-in-1", asked)
    assert row.text == f"Stand-in translation: {len(passage.text)} characters."
    asked.refresh_from_db()
    assert (asked.state, asked.done, asked.written) == ("done", 1, 1)
    assert "Tembo" not in endpoint.requests[0].words
    services.perform_request(asked.pk)
    assert len(endpoint.requests) == 1


def test_person_corrects_and_the_machines_words_stay_in_the_record(
    stored_run: Run, bruno: User, stand_in: Any
) -> None:
    stand_in(honest)
    services.perform_request(ask(stored_run, bruno).pk)
    machine = Translation.objects.get()
    corrected = save(stored_run, bruno, WORDS, "corrected", seen=machine.pk)
    assert [(row.kind, row.replaced_at is None) for row in Translation.objects.order_by("pk")] == [
        ("machine", False),
        ("corrected", True),
    ]
    services.perform_request(ask(stored_run, bruno).pk)
    assert Translation.objects.get(replaced_at=None) == corrected
    assert TranslationRequest.objects.latest("pk").remarks == {machine.passage_id: {"reason": "held"}}


def test_error_is_told_in_words_and_the_request_goes_on_from_there(
    stored_run: Run, officer: Client, bruno: User, stand_in: Any
) -> None:
    endpoint = stand_in(honest, fails(401), honest)
    asked = ask(stored_run, bruno, *FRENCH)
    services.perform_request(asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.done, asked.written) == ("failed", 1, 1)
    assert "Check DRAFTING_KEY" in officer.get(PAGE).content.decode()
    services.resume_request(request=asked.pk, by=bruno, here=True)
    services.perform_request(asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.done, asked.written, asked.problem) == ("done", 2, 2, {})
    assert len(endpoint.requests) == 3


@pytest.mark.django_db(transaction=True)
def test_request_stops_after_the_passage_at_hand_and_goes_on(
    stored_run: Run, bruno: User, stand_in: Any
) -> None:
    def stopping(handler: Handler, request: Request) -> None:
        services.stop_request(request=TranslationRequest.objects.get().pk, by=bruno)
        connection.close()
        honest(handler, request)

    endpoint = stand_in(stopping, honest)
    asked = ask(stored_run, bruno, *FRENCH)
    services.perform_request(asked.pk)
    asked.refresh_from_db()
    assert (asked.state, Translation.objects.count(), len(endpoint.requests)) == ("stopped", 1, 1)
    with pytest.raises(services.ServiceRefused, match="ended already"):
        services.stop_request(request=asked.pk, by=bruno)
    services.resume_request(request=asked.pk, by=bruno, here=True)
    services.perform_request(asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.written, len(endpoint.requests)) == ("done", 2, 2)
    with pytest.raises(services.ServiceRefused, match="can be gone on with"):
        services.resume_request(request=asked.pk, by=bruno)


def test_broken_off_after_a_passage_was_kept_it_is_not_sent_twice(
    stored_run: Run, bruno: User, stand_in: Any
) -> None:
    endpoint = stand_in(honest)
    asked = ask(stored_run, bruno)
    services.perform_request(asked.pk)
    # As the row stands where the process ended between keeping the words and noting how far it had come.
    TranslationRequest.objects.update(state="running", done=0, written=0, ended_at=None)
    services.perform_request(asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.done, asked.written) == ("done", 1, 1)
    assert (Translation.objects.count(), len(endpoint.requests)) == (1, 1)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("no JSON", "unreadable"),
        ({"translation": ""}, "declined"),
        (
            {"translation": "Слова совсем другого письма, которых никто не просил, и ещё несколько слов."},
            "language",
        ),
    ],
)
def test_answer_that_cannot_be_used_is_left_to_a_person(
    stored_run: Run, officer: Client, bruno: User, stand_in: Any, answer: Any, reason: str
) -> None:
    stand_in(says(answer))
    asked = ask(stored_run, bruno)
    services.perform_request(asked.pk)
    asked.refresh_from_db()
    name = waiting(stored_run)[0].passage_id
    assert (asked.state, asked.written, asked.remarks) == ("done", 0, {name: {"reason": reason}})
    page = officer.get(PAGE).content.decode()
    assert "What a person should look at" in page
    assert "by hand" in page


def test_numbers_that_differ_are_shown_to_a_person(
    stored_run: Run, officer: Client, bruno: User, stand_in: Any
) -> None:
    stand_in(says({"translation": f"{WORDS} Within 30 days."}))
    asked = ask(stored_run, bruno)
    services.perform_request(asked.pk)
    asked.refresh_from_db()
    assert asked.remarks == {waiting(stored_run)[0].passage_id: {"added": ["30"]}}
    assert "Numbers in the translation that the original lacks: 30." in officer.get(PAGE).content.decode()


@pytest.mark.django_db(transaction=True)
def test_person_who_was_faster_keeps_their_words(stored_run: Run, bruno: User, stand_in: Any) -> None:
    def slow(handler: Handler, request: Request) -> None:
        save(stored_run, bruno)
        connection.close()
        honest(handler, request)

    stand_in(slow)
    asked = ask(stored_run, bruno)
    services.perform_request(asked.pk)
    assert [(row.text, row.kind) for row in Translation.objects.all()] == [(WORDS, "person")]
    asked.refresh_from_db()
    assert asked.remarks == {waiting(stored_run)[0].passage_id: {"reason": "held"}}


def test_one_request_at_a_time_and_only_what_can_be_done(stored_run: Run, bruno: User, stand_in: Any) -> None:
    stand_in(honest)
    ask(stored_run, bruno)
    with pytest.raises(services.ServiceRefused, match="already"):
        ask(stored_run, bruno)
    for more, words in (
        ({"passages": []}, "at least one"),
        ({"passages": [f"S.p{n}" for n in range(2001)]}, "2,000"),
        ({"language": "de"}, "does not translate into"),
    ):
        given = {"passages": ["S-2026-00006.p1"], "language": "en"} | more
        with pytest.raises(services.ServiceRefused, match=words):
            services.request_translations(run=stored_run, by=bruno, here=True, **given)  # type: ignore[arg-type]


def test_nothing_is_sent_before_an_officer_confirms_what_goes_where(
    stored_run: Run, officer: Client, stand_in: Any, settings: Any
) -> None:
    endpoint = stand_in(honest)
    page = officer.get(PAGE, {"which": "all", "into": "en"}).content.decode()
    assert "go to a program on this machine" in page
    assert (len(endpoint.requests), TranslationRequest.objects.count()) == (0, 0)
    settings.DRAFTING = DraftingSettings("https://models.example.org/v1", translation_model="large")
    page = officer.get(PAGE, {"which": "all", "into": "en"}).content.decode()
    assert "leave this machine and go to models.example.org" in page
    officer.post(PAGE, {"passages": waiting(stored_run)[0].passage_id, "into": "en"})
    asked = TranslationRequest.objects.get()
    assert (asked.state, asked.passages) == ("waiting", [waiting(stored_run)[0].passage_id])
    change = reverse("consultation_translations_service_change", args=["example", asked.pk])
    officer.post(change, {"act": "stop"})
    officer.post(change, {"act": "resume"})
    asked.refresh_from_db()
    assert asked.state == "waiting"


def test_without_a_service_the_pages_say_how_one_is_set_up(
    stored_run: Run, officer: Client, bruno: User
) -> None:
    for address in (PAGE, reverse("consultation_translations", args=["example"])):
        page = officer.get(address).content.decode()
        assert "DRAFTING_URL and TRANSLATION_MODEL" in page
        assert "Ask the service" not in page
    with pytest.raises(services.ServiceRefused, match="No translation service"):
        ask(stored_run, bruno)


def test_switched_off_meanwhile_it_fails_in_words(
    stored_run: Run, officer: Client, bruno: User, stand_in: Any, settings: Any
) -> None:
    stand_in(honest)
    asked = ask(stored_run, bruno)
    settings.DRAFTING = None
    services.perform_request(asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.problem["code"]) == ("failed", "off")
    assert "switched off" in officer.get(PAGE).content.decode()
