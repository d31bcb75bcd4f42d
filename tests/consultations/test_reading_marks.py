"""Marks of reading: one for each person, taken back by who set it, kept in the audit, counted at once."""

from __future__ import annotations

import pytest

from colloquia.accounts.models import User
from colloquia.consultations import services
from colloquia.consultations.models import ReadingLanguages, ReadMark, Run, Translation
from colloquia.consultations.queries.coverage import coverage_of
from colloquia.consultations.queries.reading import readers_by_language, waiting_of
from colloquia.consultations.services.reading import (
    ReadingRefused,
    mark_read,
    set_reading_languages,
    withdraw_mark,
)
from colloquia.core.models import AuditEntry

pytestmark = pytest.mark.django_db

ONE, COPY, OTHER_COPY, LETTER_PLUS, SWAHILI, BROKEN = (
    f"S-2026-{number:05d}" for number in (1, 12, 13, 15, 11, 26)
)


def verbs() -> list[str]:
    rows = AuditEntry.objects.filter(verb__startswith="consultations.").order_by("pk")
    return [verb for verb in rows.values_list("verb", flat=True) if "mark" in verb]


def test_one_person_marks_once_and_two_make_two_marks(stored_run: Run, bruno: User, olga: User) -> None:
    first = mark_read(run=stored_run, submission_id=ONE, by=bruno)
    assert mark_read(run=stored_run, submission_id=ONE, by=bruno).pk == first.pk
    coverage = coverage_of(stored_run)
    assert (coverage.received, coverage.read, coverage.read_by_two) == (28, 1, 0)
    mark_read(run=stored_run, submission_id=ONE, by=olga)
    coverage = coverage_of(stored_run)
    assert (coverage.read, coverage.read_by_two) == (1, 1)
    assert verbs() == ["consultations.mark_read"] * 2


def test_a_mark_is_taken_back_by_who_set_it_and_stays_on_record(
    stored_run: Run, bruno: User, olga: User
) -> None:
    mark_read(run=stored_run, submission_id=ONE, by=bruno)
    assert withdraw_mark(run=stored_run, submission_id=ONE, by=olga) is None
    assert coverage_of(stored_run).read == 1
    row = withdraw_mark(run=stored_run, submission_id=ONE, by=bruno)
    assert row is not None
    assert withdraw_mark(run=stored_run, submission_id=ONE, by=bruno) is None
    assert coverage_of(stored_run).read == 0
    mark_read(run=stored_run, submission_id=ONE, by=bruno)
    assert coverage_of(stored_run).read == 1
    assert ReadMark.objects.count() == 2
    assert verbs() == [
        "consultations.mark_read",
        "consultations.withdraw_mark",
        "consultations.mark_read",
    ]


@pytest.mark.parametrize(
    ("submission", "passage"),
    [
        ("S-2026-99999", ""),
        ("", ""),
        (ONE, f"{COPY}.p1"),
        (ONE, "nonsense"),
        (ONE, f"{BROKEN}.d1"),
        ("S-2026-00001'; --", ""),
    ],
)
def test_what_is_not_in_the_run_is_not_marked(
    stored_run: Run, bruno: User, submission: str, passage: str
) -> None:
    with pytest.raises(ReadingRefused, match="Go back and choose"):
        mark_read(run=stored_run, submission_id=submission, passage_id=passage, by=bruno)
    assert ReadMark.objects.count() == 0


def test_the_very_same_text_is_stated_separately(stored_run: Run, bruno: User) -> None:
    """12, 13 and 14 sent one text word for word; 15 and 16 added to it, and count as unread."""
    mark_read(run=stored_run, submission_id=OTHER_COPY, by=bruno)
    coverage = coverage_of(stored_run)
    assert (coverage.read, coverage.same_text, coverage.text_read) == (1, 2, 3)
    assert (coverage.messages, coverage.messages_read) == (19, 1)
    english = next(part for part in coverage.languages if part.value == "en")
    assert (english.submissions, english.read, english.same_text) == (17, 1, 2)
    question = next(part for part in coverage.questions if part.value == "IP-08.q1")
    assert (question.submissions, question.read, question.same_text) == (19, 1, 2)
    individuals = next(part for part in coverage.stakeholders if part.value == "Individual")
    assert (individuals.submissions, individuals.read, individuals.same_text) == (8, 1, 0)
    mark_read(run=stored_run, submission_id=COPY, by=bruno)
    coverage = coverage_of(stored_run)
    assert (coverage.read, coverage.same_text, coverage.messages_read) == (2, 1, 1)
    mark_read(run=stored_run, submission_id=LETTER_PLUS, by=bruno)
    coverage = coverage_of(stored_run)
    assert (coverage.read, coverage.same_text, coverage.messages_read) == (3, 1, 1)


def test_a_passage_in_an_unsupported_language_is_read_or_translated(stored_run: Run, bruno: User) -> None:
    def states() -> dict[str, str]:
        return {item.identifier: item.state for item in waiting_of(stored_run)}

    passage = f"{SWAHILI}.p1"
    document = f"{BROKEN}.d1"
    assert states() == {passage: "waiting", document: "waiting"}
    mark_read(run=stored_run, submission_id=SWAHILI, passage_id=passage, by=bruno)
    mark_read(run=stored_run, submission_id=BROKEN, passage_id=document, by=bruno)
    assert states() == {passage: "read", document: "read"}
    coverage = coverage_of(stored_run)
    assert coverage.read == 0
    assert (coverage.unsupported, coverage.unsupported_read, coverage.unsupported_waiting) == (1, 1, 0)
    assert (coverage.documents, coverage.documents_waiting) == (1, 0)
    Translation.objects.create(
        consultation=stored_run.consultation,
        passage_id=passage,
        submission_id=SWAHILI,
        language="en",
        text="We ask.",
        kind="person",
        source_sha256="0" * 64,
    )
    coverage = coverage_of(stored_run)
    assert (coverage.unsupported_translated, coverage.unsupported_read, coverage.unsupported_waiting) == (
        1,
        0,
        0,
    )
    withdraw_mark(run=stored_run, submission_id=BROKEN, passage_id=document, by=bruno)
    assert states() == {passage: "translated", document: "waiting"}


def test_whoever_reads_a_whole_submission_reads_its_passages(stored_run: Run, bruno: User) -> None:
    mark_read(run=stored_run, submission_id=SWAHILI, by=bruno)
    assert (coverage_of(stored_run).unsupported_read, coverage_of(stored_run).read) == (1, 1)


def test_marks_hold_for_a_later_run(second_run: Run, stored_run: Run, bruno: User) -> None:
    mark_read(run=stored_run, submission_id=ONE, by=bruno)
    assert (coverage_of(second_run).read, coverage_of(stored_run).read) == (1, 1)


def test_what_was_read_is_kept_with_the_signature(stored_run: Run, bruno: User, olga: User) -> None:
    mark_read(run=stored_run, submission_id=COPY, by=bruno)
    services.review_run(run=stored_run, by=bruno)
    signed = services.sign_run(run=stored_run, by=olga, seen_read=1)
    held = signed.signed_coverage
    assert (held["received"], held["read"], held["same_text"], held["unsupported"]) == (28, 1, 2, 1)
    assert {part["value"]: part["read"] for part in held["questions"]} == {
        "IP-07.q1": 0,
        "IP-08.q1": 1,
        "IP-09.q3": 0,
    }
    mark_read(run=stored_run, submission_id=ONE, by=olga)
    signed.refresh_from_db()
    assert (signed.signed_coverage["read"], coverage_of(signed).read) == (1, 2)


def test_counting_takes_one_query_and_few_after_a_mark(
    stored_run: Run, bruno: User, django_assert_num_queries: object
) -> None:
    queries = django_assert_num_queries
    mark_read(run=stored_run, submission_id=ONE, by=bruno)
    coverage_of(stored_run)
    with queries(2):  # type: ignore[operator]
        coverage_of(stored_run)
    mark_read(run=stored_run, submission_id=COPY, by=bruno)
    with queries(4):  # type: ignore[operator]
        assert coverage_of(stored_run).read == 2


def test_officers_say_which_languages_they_read(stored_run: Run, bruno: User, olga: User, chen: User) -> None:
    set_reading_languages(person=bruno, codes=["sw", "kk", "sw"], by=bruno)
    set_reading_languages(person=olga, codes=["sw"], by=olga)
    ReadingLanguages.objects.create(reader=chen, codes=["sw"])
    assert readers_by_language() == {"kk": ["Bruno"], "sw": ["Bruno", "Olga"]}
    set_reading_languages(person=bruno, codes=[], by=bruno)
    assert readers_by_language() == {"sw": ["Olga"]}
    with pytest.raises(ReadingRefused, match="no code of a language"):
        set_reading_languages(person=olga, codes=["<script>"], by=olga)
