"""Published results that are altered in the database are found beside the ledger."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from colloquia.accounts.models import RoleGrant, User
from colloquia.consultations.models import Run
from colloquia.core.models import Territory
from colloquia.core.registry import registered_record_checks
from colloquia.outcomes.models import Revision
from colloquia.outcomes.queries.integrity import CHECKS
from colloquia.outcomes.services import save_term
from colloquia.outcomes.services.considerations import publish_consideration, write_consideration
from colloquia.outcomes.services.priorities import announce_round, answer_round, save_round

pytestmark = pytest.mark.django_db


def findings() -> list[str]:
    """Places and sentences of every difference."""
    done: list[int] = []
    found = [each for check in CHECKS for each in check.findings(done.append)]
    return [f"{each.where}: {each.what}" for each in found]


@pytest.fixture
def published(told: Revision, signed_run: Run, paper: Any, bruno: User, olga: User) -> Revision:
    """A summary, outcomes, a revision, a round of priorities that one state answered, a consideration."""
    now = timezone.now()
    Territory.objects.create(code="KE", kind="territory", name="Kenya")
    person = User.objects.create_user("njeri@mission.example", name="Njeri")
    RoleGrant.objects.create(user=person, role="focal_point", territory_id="KE")
    row = save_round(
        consultation=signed_run.consultation, by=bruno, paper_version=paper.base, titles={"en": "First"},
        introductions={}, issue_ids=["IP-07", "IP-08"], levels=LEVELS,
        invited=["KE"], shows_states=True, opens_at=now - timedelta(hours=1),
        closes_at=now + timedelta(days=7), time_zone="UTC",
    )  # fmt: skip
    announce_round(round_=row, by=bruno)
    answer_round(
        round_=row, territory=Territory.objects.get(pk="KE"), levels={"IP-07": "high"},
        remarks={"IP-07": "Soon."}, seen="0-", by=person,
    )  # fmt: skip
    consideration = write_consideration(
        consultation=signed_run.consultation, issue_id="IP-08", texts={"en": "A register may help."},
        passages=[], run=None, by=bruno,
    )  # fmt: skip
    publish_consideration(consideration=consideration, seen=1, by=olga)
    return told


LEVELS = [{"code": code, "labels": {"en": code}} for code in ("high", "low")]
CHANGED = json.dumps({"en": "Something else."})


@pytest.mark.parametrize(
    ("statement", "value", "told_of"),
    [
        ("UPDATE outcomes_sentence SET text = %s", "Nobody agreed.", "Summary"),
        ("UPDATE outcomes_citation SET quote = %s", "Not said.", "Summary"),
        ("UPDATE outcomes_citation SET start = start + %s", 1, "Summary"),
        ("UPDATE outcomes_summary SET status = %s", "draft", "Summary"),
        ("UPDATE outcomes_outcome SET reasons = %s", CHANGED, "Outcome"),
        ("UPDATE outcomes_outcome SET paragraph = %s", "9", "Outcome"),
        ("UPDATE outcomes_outcome SET published_at = %s", None, "Outcome"),
        ("UPDATE outcomes_suggestion SET quote = %s", "Other words.", "Outcome"),
        ("UPDATE outcomes_outcometerm SET labels = %s WHERE code = 'noted'", CHANGED, "Outcome"),
        ("UPDATE outcomes_priorityround SET titles = %s", CHANGED, "Round"),
        ("UPDATE outcomes_priorityround SET issue_ids = %s", '["IP-07"]', "Round"),
        ("UPDATE outcomes_priorityanswer SET remark = %s", "Later.", "Round"),
        ("DELETE FROM outcomes_priorityanswer WHERE territory_id = %s", "KE", "Round"),
        ("UPDATE outcomes_considerationversion SET texts = %s", CHANGED, "Consideration"),
        ("UPDATE outcomes_consideration SET published_version = %s", None, "Consideration"),
        ("UPDATE outcomes_change SET texts = %s", CHANGED, "Revision"),
        ("UPDATE outcomes_change SET reasons = %s", CHANGED, "Revision"),
        ("UPDATE outcomes_revision SET published_at = %s", None, "Revision"),
    ],
)
def test_what_is_altered_is_found(published: Revision, statement: str, value: Any, told_of: str) -> None:
    assert findings() == []
    with connection.cursor() as cursor:
        cursor.execute(statement, [value])
    found = findings()
    assert found
    assert {each.split()[0] for each in found} == {told_of}


def test_a_term_that_officers_rename_is_no_difference(published: Revision, bruno: User) -> None:
    save_term(code="noted", labels={"en": "Taken note of"}, needs_paragraph=False, by=bruno)
    assert findings() == []


def test_verify_looks_at_published_results() -> None:
    assert {check.name for check in CHECKS} <= {check.name for check in registered_record_checks()}
