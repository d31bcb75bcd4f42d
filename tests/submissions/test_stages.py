"""The stages above each page of a consultation: what each person sees, in one query beside that on roles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

import colloquia
from colloquia.accounts.models import RoleGrant, User
from colloquia.consultations.models import Consultation, Run
from colloquia.consultations.queries.stages import stages_of
from colloquia.submissions.models import Call

pytestmark = pytest.mark.django_db
CALL, SUBMISSIONS = ("call", "call"), ("submissions", "submissions")
ANALYSIS, OFFICE = ("analysis", "consultation"), ("outcome", "summary_edit")


@pytest.fixture
def seen(django_assert_num_queries: Any) -> Callable[[Any, str], list[tuple[str, str]]]:
    def ask(user: Any, slug: str) -> list[tuple[str, str]]:
        roles = user.is_authenticated and not user.is_officer
        with django_assert_num_queries(2 if roles else 1):
            return [(stage.name, route) for stage, route in stages_of(user, slug)]

    return ask


def test_a_stage_is_seen_by_those_who_may_and_once_it_is_there(
    call: Call, bruno: User, chen: User, seen: Callable[[Any, str], list[tuple[str, str]]]
) -> None:
    held, slug = call.consultation, call.consultation.slug
    analyst = User.objects.create_user("ana@institute.example")
    RoleGrant.objects.create(user=analyst, role="analyst")
    everybody = AnonymousUser(), chen
    for person in everybody:
        assert seen(person, slug) == [CALL, SUBMISSIONS]
    Call.objects.update(announced_at=None)
    assert [seen(person, slug) for person in everybody] == [[], []]
    assert seen(bruno, slug) == [CALL, OFFICE]
    run = Run.objects.create(consultation=held, number=1, folder_name="none", fingerprint="x")
    assert seen(bruno, slug) == [CALL, OFFICE]
    Run.objects.update(is_complete=True)
    assert seen(bruno, slug) == [CALL, ANALYSIS, OFFICE]
    assert seen(analyst, slug) == [ANALYSIS]
    assert seen(chen, slug) == []
    Consultation.objects.update(shown_run=run)
    assert seen(chen, slug) == []
    Consultation.objects.update(is_public=True)
    assert seen(chen, slug) == [ANALYSIS]
    assert seen(bruno, "elsewhere") == []


def test_no_line_of_stages_begins_with_a_separator() -> None:
    css = Path(colloquia.__file__).parent / "static" / "colloquia" / "site.css"
    rules = [line for line in css.read_text(encoding="utf-8").splitlines() if ".stages li" in line]
    assert [rule.partition(" {")[0] for rule in rules if "content:" in rule] == [
        ".stages li:not(:last-child)::after"
    ]
