"""Prompts and readers together with a real server: what it invents is not accepted, what it quotes is."""

from __future__ import annotations

from colloquia.consultations.endpoint import Completion, Endpoint, nonce
from colloquia.engines.drafting import (
    NameProposal,
    Prompt,
    Reason,
    Refusal,
    SummaryDraft,
    Translation,
    TranslationUnit,
    prompt_for_name,
    prompt_for_summary,
    prompt_for_translation,
    read_name,
    read_summary,
    read_translation,
)
from tests.engines.drafting.material import BRIEF, EVIDENCE
from tests.stand_in import Behaviour, StandIn, honest, inventive, says

FENCE = nonce("run 1", "T1")
NAME = prompt_for_name(BRIEF, "en", nonce=FENCE)
SUMMARY = prompt_for_summary(BRIEF, "What should training need?", "en", nonce=FENCE)


def ask(behaviour: Behaviour, prompt: Prompt) -> Completion:
    with StandIn(behaviour) as server:
        return Endpoint(server.url, "small", 20).complete(prompt.messages, max_tokens=prompt.max_tokens)


def test_true_quotes_make_a_name() -> None:
    answer = ask(honest, NAME)
    read = read_name(answer.text, NAME)
    assert isinstance(read, NameProposal)
    assert [quote.text for quote in read.quotes] == [evidence.text for evidence in EVIDENCE[:3]]
    assert answer.provenance(NAME.version)["prompt_version"] == "name-1"


def test_true_quotes_make_a_summary() -> None:
    read = read_summary(ask(honest, SUMMARY).text, SUMMARY)
    assert isinstance(read, SummaryDraft)
    assert [sentence.passage_ids for sentence in read.sentences] == [("S-1.p1",)]
    assert read.dropped == ()


def test_invented_quotes_make_no_name() -> None:
    read = read_name(ask(inventive, NAME).text, NAME)
    assert isinstance(read, Refusal)
    assert read.reason is Reason.QUOTE_NOT_FOUND


def test_invented_quotes_make_no_sentence() -> None:
    read = read_summary(ask(inventive, SUMMARY).text, SUMMARY)
    assert isinstance(read, SummaryDraft)
    assert read.sentences == ()
    assert read.dropped_by_reason == {Reason.QUOTE_NOT_FOUND: 1}


def test_wrong_json_is_refused() -> None:
    read = read_name(ask(says('{"name": "Licences", "support": ['), NAME).text, NAME)
    assert isinstance(read, Refusal)
    assert read.reason is Reason.UNREADABLE


def test_a_translation_comes_back_as_a_machines() -> None:
    unit = TranslationUnit("S-7.p3", "Mafunzo ya mashine yanahitaji leseni.", "sw", "en")
    prompt = prompt_for_translation(unit, nonce=FENCE)
    read = read_translation(ask(honest, prompt).text, unit)
    assert isinstance(read, Translation)
    assert (read.unit_id, read.language, read.kind) == ("S-7.p3", "en", "machine")
