"""Drafting, changing, announcing, extending and closing calls: what is written, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from colloquia.accounts.models import User
from colloquia.consultations.models import Consultation
from colloquia.consultations.presentation.head import closing_words
from colloquia.core.models import AuditEntry, LedgerEntry, LedgerOpening
from colloquia.issues.models import PaperVersion, QuestionWording
from colloquia.submissions import call_notices
from colloquia.submissions.models import Call, CallState, Submission
from colloquia.submissions.queries.calls import CLOSED, announced_calls
from colloquia.submissions.queries.integrity_calls import call_findings
from colloquia.submissions.services.call_checks import day_after_months
from colloquia.submissions.services.calls import (
    CallChanged,
    CallValues,
    announce_call,
    change_call,
    close_call,
    create_call,
    extend_call,
    values_of,
)
from colloquia.submissions.services.refusals import SubmissionRefused


@pytest.fixture
def values(placed: list[str]) -> CallValues:
    """A call that can be announced."""
    now = timezone.now()
    return CallValues(
        titles={"en": "A call", "ar": "نداء"},
        languages=("en", "ar"),
        paper_version=PaperVersion.objects.get().pk,
        questions=tuple(placed),
        opens_at=now + timedelta(days=1),
        closes_at=now + timedelta(days=31),
        time_zone="Europe/Zurich",
        contact="calls@secretariat.example",
        **call_notices.notices(["en", "ar"], 24),
    )


@pytest.fixture
def begun(values: CallValues, bruno: User) -> Call:
    """A draft."""
    return create_call(slug="new-call", values=values, by=bruno)


def verbs(call: Call) -> list[str]:
    entries = AuditEntry.objects.filter(object_type="submissions.call", object_id=str(call.pk))
    return list(entries.order_by("pk").values_list("verb", flat=True))


def test_a_draft_has_its_consultation_and_asks_in_the_order_of_the_paper(
    values: CallValues, bruno: User
) -> None:
    call = create_call(slug="x", values=replace(values, questions=("XX-01.q2", "XX-01.q1")), by=bruno)
    assert values_of(call).questions == ("XX-01.q1", "XX-01.q2")
    assert (call.consultation.paper, call.consultation.paper_version) == ("small-paper", "draft")
    assert (call.consultation.is_public, call.state(), call.version) == (False, CallState.DRAFT, 1)
    assert verbs(call) == ["submissions.draft_call"]
    with pytest.raises(SubmissionRefused) as refused:
        create_call(slug="x", values=values, by=bruno)
    assert list(refused.value.problems) == ["slug"]


def test_second_of_two_officers_is_told_and_nothing_is_written(
    begun: Call, values: CallValues, bruno: User, olga: User
) -> None:
    change_call(call=begun, values=replace(values, contact="one@example.org"), seen=1, by=bruno)
    with pytest.raises(CallChanged) as met:
        change_call(call=begun, values=replace(values, contact="two@example.org"), seen=1, by=olga)
    assert (met.value.now.contact, met.value.call.version) == ("one@example.org", 2)
    assert Call.objects.get().contact == "one@example.org"
    assert verbs(begun) == ["submissions.draft_call", "submissions.change_call"]


def test_the_audit_holds_the_words_before_and_after_whole(
    begun: Call, values: CallValues, bruno: User
) -> None:
    long = "An introduction. " * 300
    change_call(call=begun, values=replace(values, introductions={"en": long}), seen=1, by=bruno)
    entry = AuditEntry.objects.filter(verb="submissions.change_call").get()
    assert entry.changes == {"introductions (en)": [None, long.strip()]}


def test_saving_what_is_there_already_writes_nothing(begun: Call, values: CallValues, bruno: User) -> None:
    assert change_call(call=begun, values=values, seen=1, by=bruno).version == 1
    assert verbs(begun) == ["submissions.draft_call"]


def test_announcing_is_refused_with_every_reason(values: CallValues, bruno: User) -> None:
    poor = replace(
        values,
        titles={"en": "A call"},
        questions=(),
        contact="",
        retention_notices={"en": "We keep data for a while.", "ar": call_notices.retention("ar", 24)},
        opens_at=timezone.now() - timedelta(days=2),
        closes_at=timezone.now() - timedelta(days=1),
    )
    call = create_call(slug="poor", values=poor, by=bruno)
    with pytest.raises(SubmissionRefused) as refused:
        announce_call(call=call, seen=1, by=bruno)
    assert sorted(refused.value.problems) == [
        "closes_at", "contact", "questions", "retention_notices_en", "titles_ar",
    ]  # fmt: skip
    assert "24 months" in refused.value.problems["retention_notices_en"]
    assert Call.objects.get(pk=call.pk).announced_at is None
    assert LedgerEntry.objects.count() == 0


def test_a_question_that_nobody_could_read_is_not_announced(
    begun: Call, values: CallValues, bruno: User
) -> None:
    QuestionWording.objects.filter(placement__question="XX-01.q2").delete()
    with pytest.raises(SubmissionRefused) as refused:
        announce_call(call=begun, seen=1, by=bruno)
    assert list(refused.value.problems) == ["questions"]
    assert "XX-01.q2" in refused.value.problems["questions"]
    assert "XX-01.q1" not in refused.value.problems["questions"]
    fewer = replace(values, questions=("XX-01.q1",))
    call = announce_call(call=change_call(call=begun, values=fewer, seen=1, by=bruno), seen=2, by=bruno)
    with pytest.raises(SubmissionRefused) as added:
        change_call(call=call, values=values, seen=3, by=bruno)
    assert list(added.value.problems) == ["questions"]


def test_announced_opens_and_closes_by_itself(begun: Call, bruno: User) -> None:
    call = announce_call(call=begun, seen=1, by=bruno)
    states = [
        call.state(moment)
        for moment in (
            timezone.now(),
            call.opens_at,
            call.closes_at - timedelta(seconds=1),
            call.closes_at,
        )
    ]
    assert states == ["announced", "open", "open", "closed"]
    assert announce_call(call=call, seen=2, by=bruno).announced_at == call.announced_at
    entry = LedgerEntry.objects.get()
    assert entry.kind == "call.announced"
    assert LedgerOpening.objects.get(entry=entry).content["questions"] == ["XX-01.q1", "XX-01.q2"]


def test_what_was_announced_changes_in_sight_and_times_stay(
    begun: Call, values: CallValues, bruno: User
) -> None:
    call = announce_call(call=begun, seen=1, by=bruno)
    assert call.changed_at is None
    changed = change_call(call=call, values=replace(values, contact="new@example.org"), seen=2, by=bruno)
    assert changed.changed_at is not None
    assert [each.kind for each in LedgerEntry.objects.order_by("index")] == ["call.announced", "call.changed"]
    with pytest.raises(SubmissionRefused) as refused:
        change_call(
            call=call,
            values=replace(values, closes_at=values.closes_at + timedelta(days=1), time_zone="Asia/Tokyo"),
            seen=3,
            by=bruno,
        )
    assert sorted(refused.value.problems) == ["closes_at", "time_zone"]


def test_questions_stay_once_an_answer_was_received(
    call: Call, placed: list[str], receive: Callable[..., Submission], bruno: User
) -> None:
    fewer = replace(values_of(call), questions=(placed[0],))
    receive()
    with pytest.raises(SubmissionRefused) as refused:
        change_call(call=call, values=fewer, seen=1, by=bruno)
    assert list(refused.value.problems) == ["questions"]
    assert "XX-01.q2" in refused.value.problems["questions"]


def test_questions_can_be_taken_away_before(call: Call, placed: list[str], bruno: User) -> None:
    fewer = replace(values_of(call), questions=(placed[0],))
    assert values_of(change_call(call=call, values=fewer, seen=1, by=bruno)).questions == (placed[0],)


def test_extending_keeps_the_earlier_deadline_and_its_reason(call: Call, bruno: User) -> None:
    before = call.closes_at
    later = before + timedelta(days=7)
    extended = extend_call(
        call=call, until=later, reasons={"en": "More time was asked for."}, seen=1, by=bruno
    )
    row = call.extensions.get()
    assert (row.before, row.after, row.reasons) == (before, later, {"en": "More time was asked for."})
    assert extended.retained_until == day_after_months(later.date(), 24)
    assert LedgerEntry.objects.get().kind == "call.extended"
    for until, reasons, field in (
        (later, {"en": "No later."}, "until"),
        (later + timedelta(days=1), {}, "reasons_en"),
    ):
        with pytest.raises(SubmissionRefused) as refused:
            extend_call(call=call, until=until, reasons=reasons, seen=2, by=bruno)
        assert list(refused.value.problems) == [field]


def test_a_call_closed_before_it_opened_never_opens(begun: Call, bruno: User) -> None:
    call = announce_call(call=begun, seen=1, by=bruno)
    closed = close_call(call=call, seen=2, by=bruno)
    assert [closed.state(), closed.state(closed.opens_at + timedelta(hours=1))] == [CallState.CLOSED] * 2
    assert [each.place for each in announced_calls()] == [CLOSED]


def test_a_call_that_is_closed_opens_again_when_extended(call: Call, bruno: User) -> None:
    closed = close_call(call=call, seen=1, by=bruno, note="A mistake in the text.")
    assert closed.state() == CallState.CLOSED
    assert close_call(call=call, seen=2, by=bruno).version == 2
    again = extend_call(
        call=call, until=timezone.now() + timedelta(days=1), reasons={"en": "Mended."}, seen=2, by=bruno
    )
    assert (again.state(), again.closed_early_at) == (CallState.OPEN, None)
    assert call.extensions.get().before == closed.closed_early_at
    assert list(LedgerEntry.objects.order_by("index").values_list("kind", flat=True)) == [
        "call.closed",
        "call.extended",
    ]
    assert verbs(call) == ["submissions.close_call", "submissions.extend_call"]


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2026, 11, 30), 24, (2028, 11, 30)),
        ((2026, 12, 1), 1, (2027, 1, 1)),
    ],
)
def test_months_after_a_day(day: Any, months: int, then: Any) -> None:
    assert day_after_months(datetime(*day, tzinfo=UTC).date(), months) == datetime(*then, tzinfo=UTC).date()


def test_every_notice_of_ours_exists_in_the_six_languages_and_names_the_time() -> None:
    codes = ["en", "ar", "es", "fr", "ru", "zh-hans"]
    found = call_notices.notices(codes, 36)
    assert [sorted(texts) for texts in found.values()] == [sorted(codes)] * 3
    assert all("36" in text for text in found["retention_notices"].values())


def closing(call: Call) -> tuple[Any, ...]:
    row = Consultation.objects.get(call=call)
    return row.closes_at, row.time_zone, row.closed_on


def test_consultation_has_the_deadline_whatever_moves_it(
    begun: Call, values: CallValues, bruno: User
) -> None:
    late = datetime(2030, 3, 1, 23, 30, tzinfo=UTC)  # on the clocks of Zurich, the day after
    assert closing(begun) == (begun.closes_at, "Europe/Zurich", begun.closes_at.astimezone(begun.zone).date())
    call = change_call(call=begun, values=replace(values, closes_at=late), seen=1, by=bruno)
    assert closing(call) == (late, "Europe/Zurich", date(2030, 3, 2))
    call = announce_call(call=call, seen=2, by=bruno)
    later = late + timedelta(days=7)
    call = extend_call(call=call, until=later, reasons={"en": "Asked", "ar": "طلب"}, seen=3, by=bruno)
    assert closing(call) == (later, "Europe/Zurich", date(2030, 3, 9))
    early = datetime(2030, 3, 5, 12, 0, tzinfo=UTC)
    call = close_call(call=call, seen=4, by=bruno, now=early)
    assert closing(call) == (early, "Europe/Zurich", date(2030, 3, 5))
    entry = AuditEntry.objects.filter(verb="consultations.follow_call").latest("pk")
    assert entry.changes["closes_at"] == [later.isoformat(), early.isoformat()]


def test_head_of_an_analysis_tells_the_deadline_on_the_clocks_of_the_call(begun: Call) -> None:
    row = begun.consultation
    assert closing_words(Consultation(slug="x")) == ""
    assert closing_words(Consultation(slug="x", closed_on=date(2026, 2, 15))) == "15 February 2026"
    row.closes_at = datetime(2026, 3, 1, 22, 59, tzinfo=UTC)
    assert closing_words(row) == "1 March 2026, 23:59 CET (Europe/Zurich)"
    assert not row.closes_later


def test_calls_that_were_made_before_get_their_deadline(call: Call) -> None:
    module = import_module("colloquia.submissions.migrations.0012_deadlines_in_consultations")
    assert closing(call) == (None, "", None)
    module._tell(apps, None)
    assert closing(call) == (call.closes_at, "UTC", call.closes_at.date())


def findings() -> list[str]:
    return [each.what for each in call_findings(lambda _done: None)]


@pytest.fixture
def recorded(begun: Call, bruno: User) -> Call:
    """A call announced, changed, closed early and extended, with times of New York."""
    until = (timezone.now() + timedelta(days=40)).astimezone(ZoneInfo("America/New_York"))
    row = change_call(
        call=begun, values=replace(values_of(begun), closes_at=until), seen=begun.version, by=bruno
    )
    row = announce_call(call=row, seen=row.version, by=bruno)
    row = change_call(
        call=row, values=replace(values_of(row), contact="desk@office.example"), seen=row.version, by=bruno
    )
    row = close_call(call=row, seen=row.version, by=bruno)
    assert findings() == []
    later = until + timedelta(days=3)
    return extend_call(
        call=row, until=later, reasons={"en": "More time.", "ar": "وقت أطول."}, seen=row.version, by=bruno
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("closes_at = '2036-01-01 00:00:00+00:00'", "closes"),
        ("opens_at = '2023-01-01 00:00:00+00:00'", "opens"),
        ("retention_months = 900", "retention_months"),
        ("accepts_late = NOT accepts_late", "accepts_late"),
        ("contact = 'other@elsewhere.example'", "contact"),
        ('titles = \'{"en": "Another"}\'', "texts"),
        ("closed_early_at = opens_at", "closed early"),
    ],
)
def test_a_call_that_is_altered_in_the_database_is_found(recorded: Call, change: str, told: str) -> None:
    assert findings() == []
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE submissions_call SET {change}")
    assert [each for each in findings() if told in each]
