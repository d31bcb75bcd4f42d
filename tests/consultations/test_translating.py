"""Translations of passages: kept beside the original, marked as what they are, and never lost to another."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from colloquia.accounts.models import User
from colloquia.consultations.models import AnalysisRequest, Run, Translation
from colloquia.consultations.queries.coverage import unsupported_languages
from colloquia.consultations.queries.translating import (
    entering,
    overview,
    standings,
    target_languages,
    translations_for,
    translators_bulk,
)
from colloquia.consultations.services import again
from colloquia.consultations.services.translating import (
    TranslationConflict,
    TranslationRefused,
    Written,
    save_translation,
    take_back,
)
from colloquia.core.models import AuditEntry
from colloquia.engines.bulk import PassageRow
from colloquia.engines.bulk.translators import Sought

WORDS = "We ask those who make these systems to publish a list of all works with which they were trained."
OTHERS = "Developers of such systems should list every work that was used for teaching them."


def waiting(run: Run) -> list[PassageRow]:
    """Passages in languages that the run's encoder does not know, in order."""
    bulk = translators_bulk(run)
    names, _ = bulk.sought(Sought(unsupported_languages(run)), ())
    found = bulk.passages_by_id(names)
    return [found[name] for name in names]


def save(run: Run, by: Any, text: str = WORDS, kind: str = "person", **more: Any) -> Translation:
    given = {"passage_id": waiting(run)[0].passage_id, "language": "en", **more}
    return save_translation(run=run, written=Written(text, kind), by=by, **given)


def test_translation_is_kept_with_the_digest_of_its_original(stored_run: Run, bruno: User) -> None:
    row = save(stored_run, bruno, f"  {WORDS}\r\n")
    passage = waiting(stored_run)[0]
    assert (row.text, row.kind, row.how, row.source_language) == (WORDS, "person", "typed", "sw")
    assert (row.passage_id, row.submission_id) == (passage.passage_id, passage.submission_id)
    assert [item.is_stale for item in standings(stored_run)] == [False]
    entry = AuditEntry.objects.get(verb="consultations.translate")
    assert (entry.actor, entry.changes["text"]) == (bruno, [None, WORDS])


def test_better_translation_replaces_and_the_first_stays_in_the_record(stored_run: Run, bruno: User) -> None:
    first = save(stored_run, bruno, "A machine's words.", "machine")
    second = save(stored_run, bruno, WORDS, "corrected", seen=first.pk)
    first.refresh_from_db()
    assert (first.replaced_at is None, second.replaced_at is None) == (False, True)
    found = translations_for(stored_run.consultation, [first.passage_id], "en")
    assert found == {first.passage_id: second}


def test_same_translation_again_changes_nothing(stored_run: Run, bruno: User) -> None:
    first = save(stored_run, bruno)
    assert save(stored_run, bruno) == first
    assert Translation.objects.count() == 1


def test_second_translator_is_told_and_nothing_is_overwritten(stored_run: Run, bruno: User) -> None:
    first = save(stored_run, bruno)
    with pytest.raises(TranslationConflict) as met:
        save(stored_run, bruno, OTHERS)
    assert met.value.theirs == first
    assert list(Translation.objects.values_list("text", "replaced_at")) == [(WORDS, None)]


@pytest.mark.parametrize(
    ("text", "given", "code"),
    [
        ("   \n", {}, "empty"),
        ("x" * 20_001, {}, "long"),
        (WORDS, {"language": "sw"}, "language"),
        (WORDS, {"language": "xx"}, "language"),
        (WORDS, {"passage_id": "S-2026-00001.p1"}, "own language"),
        (WORDS, {"passage_id": "S-2026-99999.p1"}, "unknown"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_remedy(
    stored_run: Run, bruno: User, text: str, given: dict[str, Any], code: str
) -> None:
    with pytest.raises(TranslationRefused) as met:
        save(stored_run, bruno, text, **given)
    assert met.value.code == code
    assert str(met.value).count(".") > 1
    assert Translation.objects.count() == 0


def test_original_is_no_translation_of_itself(stored_run: Run, bruno: User) -> None:
    with pytest.raises(TranslationRefused, match="original unchanged"):
        save(stored_run, bruno, f"“{waiting(stored_run)[0].text}”".strip("“”"))


def test_machines_words_never_pass_for_a_persons(stored_run: Run, bruno: User) -> None:
    machine = save(stored_run, bruno, WORDS, "machine")
    with pytest.raises(TranslationRefused, match="machine's words"):
        save(stored_run, bruno, WORDS, "person", seen=machine.pk)
    checked = save(stored_run, bruno, WORDS, "corrected", seen=machine.pk)
    assert (checked.kind, Translation.objects.get(pk=machine.pk).kind) == ("corrected", "machine")


def test_translation_of_an_earlier_wording_is_stale_and_enters_nothing(stored_run: Run, bruno: User) -> None:
    row = save(stored_run, bruno)
    assert entering(stored_run) == [row.pk]
    Translation.objects.update(source_sha256="0" * 64)
    assert [(item.is_stale, item.enters) for item in standings(stored_run)] == [(True, False)]
    assert entering(stored_run) == []
    asked = again.request_analysis(run=stored_run, by=bruno, here=True)
    assert asked.translations == []
    # Said to fit still, it is kept anew with the digest of the passage as it reads now.
    fits = save(stored_run, bruno, WORDS, seen=row.pk)
    assert (fits.pk == row.pk, entering(stored_run)) == (False, [fits.pk])


def test_of_two_languages_one_enters_and_a_supported_passage_enters_with_its_own_words(
    stored_run: Run, bruno: User
) -> None:
    french = save(stored_run, bruno, "Nous demandons une liste de toutes les œuvres.", language="fr")
    assert entering(stored_run) == [french.pk]
    english = save(stored_run, bruno)
    save(stored_run, bruno, "Los derechos.", passage_id="S-2026-00001.p1", language="es")
    assert entering(stored_run) == [english.pk]
    assert [item.enters for item in standings(stored_run)] == [False, True, False]


def test_translation_is_chosen_for_the_reader_in_one_query(
    stored_run: Run, bruno: User, django_assert_num_queries: Any
) -> None:
    french = save(stored_run, bruno, "Nous demandons une liste.", language="fr")
    english = save(stored_run, bruno)
    name = english.passage_id
    for language, wanted in (("fr", french), ("en", english), ("ar", english)):
        with django_assert_num_queries(1):
            assert translations_for(stored_run.consultation, [name, "S-1"], language) == {name: wanted}


def test_translation_is_taken_back_and_stays_in_the_record(stored_run: Run, bruno: User) -> None:
    row = save(stored_run, bruno)
    take_back(run=stored_run, translation=row.pk, by=bruno)
    assert standings(stored_run) == []
    assert Translation.objects.get().replaced_at is not None
    with pytest.raises(TranslationRefused, match="already"):
        take_back(run=stored_run, translation=row.pk, by=bruno)
    assert AuditEntry.objects.filter(verb="consultations.take_back_translation").count() == 1


def test_languages_into_which_passages_are_translated(stored_run: Run) -> None:
    assert target_languages(stored_run)[:4] == ("en", "ar", "de", "es")
    assert len(target_languages(stored_run)) == 15


def test_counts_by_language(stored_run: Run, bruno: User) -> None:
    def swahili() -> tuple[int, int, dict[str, int]]:
        rows = translators_bulk(stored_run).tallies(overview(stored_run).into())
        row = next(item for item in rows if item.language == "sw")
        return row.passages, row.waiting, dict(row.states)

    assert swahili() == (1, 1, {})
    machine = save(stored_run, bruno, WORDS, "machine")
    assert swahili() == (1, 0, {"machine": 1})
    save(stored_run, bruno, OTHERS, "corrected", seen=machine.pk)
    assert swahili() == (1, 0, {"corrected": 1})
    Translation.objects.update(source_sha256="0" * 64, at=timezone.now())
    assert swahili() == (1, 1, {"stale": 1})


def race(run: Run, people: list[User], seen: int, *, with_guard: bool = True) -> list[str]:
    """Two people who saw the same translate one passage at the same moment; what each was told."""
    told: list[str] = []
    barrier = threading.Barrier(2)

    def translate(person: User, text: str) -> None:
        try:
            passage = waiting(run)[0]
            barrier.wait()
            if with_guard:
                save(run, person, text, seen=seen)
            else:
                rows = Translation.objects.filter(passage_id=passage.passage_id, language="en")
                rows.update(text=text, by=person)
            told.append("kept")
        except TranslationConflict as error:
            told.append(f"told of {error.theirs.text}")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=translate, args=pair) for pair in zip(people, (WORDS, OTHERS), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_there", [False, True])
def test_of_two_translators_at_once_one_is_told(
    stored_run: Run, bruno: User, amara: User, is_there: bool
) -> None:
    seen = save(stored_run, bruno, "A machine's words.", "machine").pk if is_there else 0
    told = race(stored_run, [bruno, amara], seen)
    now = Translation.objects.get(replaced_at=None)
    assert told == ["kept", f"told of {now.text}"]
    assert Translation.objects.count() == 1 + is_there


@pytest.mark.django_db(transaction=True)
def test_without_looking_at_what_stands_words_are_lost(stored_run: Run, bruno: User, amara: User) -> None:
    """Shows that the race above can fail: both are told that theirs was kept, and one of them is gone."""
    seen = save(stored_run, bruno, "A machine's words.", "machine").pk
    assert race(stored_run, [bruno, amara], seen, with_guard=False) == ["kept", "kept"]
    assert Translation.objects.count() == 1


def test_requests_take_in_what_enters(stored_run: Run, bruno: User) -> None:
    row = save(stored_run, bruno)
    again.request_analysis(run=stored_run, by=bruno, here=True)
    assert AnalysisRequest.objects.get().translations == [row.pk]


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("consultation_translations", ()),
        ("consultation_translations_json", ()),
        ("consultation_translations_write", ()),
        ("consultation_translations_take_back", (1,)),
        ("consultation_translations_file", ()),
        ("consultation_translations_upload", ()),
        ("consultation_translations_received", (1,)),
        ("consultation_translations_service", ()),
        ("consultation_translations_service_change", (1,)),
    ],
)
def test_nobody_else_may(
    stored_run: Run, client: Client, chen: User, amara: User, name: str, more: tuple[int, ...]
) -> None:
    address = reverse(name, args=["example", *more])
    assert (client.get(address).status_code, client.post(address).status_code) == (302, 302)
    for person in (chen, amara):
        client.force_login(person)
        assert (client.get(address).status_code, client.post(address).status_code) == (403, 403)
    assert Translation.objects.count() == 0
