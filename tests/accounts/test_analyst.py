"""Analysts see drafts of analyses, correct and read; they sign nothing and see nothing that is sealed."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from colloquia.accounts.models import RoleGrant, User
from colloquia.consultations.models import Consultation, Run
from colloquia.consultations.queries.doors import NotShown, run_for, visible_consultations
from colloquia.consultations.views.doors import officers_only, workers_only

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(db: None) -> User:
    """An analyst."""
    person = User.objects.create_user("ana@institute.example", name="Ana")
    RoleGrant.objects.create(user=person, role="analyst")
    return person


@pytest.fixture
def draft_run(db: None) -> Run:
    """A run that the public does not see, and a consultation without one."""
    Consultation.objects.create(slug="planned", titles={"en": "Planned"})
    consultation = Consultation.objects.create(slug="hidden", titles={"en": "Hidden"})
    return Run.objects.create(
        consultation=consultation, number=1, is_complete=True, folder_name="hidden-a", fingerprint="a" * 64
    )


def test_who_may_do_what(ana: User, bruno: User, chen: User, draft_run: Run) -> None:
    permissions = ("consultations.work", "consultations.sign", "submissions.work", "submissions.check")
    assert {
        person.name: [person.has_perm(permission) for permission in permissions]
        for person in (bruno, ana, chen)
    } == {"Bruno": [True] * 4, "Ana": [True, False, False, False], "Chen": [False] * 4}
    assert [person.has_perm("consultations.see_run", draft_run) for person in (bruno, ana, chen)] == [
        True,
        True,
        False,
    ]


def test_drafts_of_analyses_are_found_and_plans_without_one_are_not(
    ana: User, bruno: User, chen: User, draft_run: Run
) -> None:
    seen = {each.name: visible_consultations(each).count() for each in (bruno, ana, chen)}
    assert seen == {"Bruno": 2, "Ana": 1, "Chen": 0}
    assert run_for(ana, "hidden", 1) == draft_run
    with pytest.raises(NotShown):
        run_for(chen, "hidden", 1)


def test_doors(ana: User, bruno: User, chen: User) -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("in")

    def may(door: object, person: User) -> bool:
        request = RequestFactory().get("/")
        request.user = person
        try:
            return bool(door(view)(request).status_code == 200)  # type: ignore[operator]
        except PermissionDenied:
            return False

    assert [may(workers_only, each) for each in (bruno, ana, chen)] == [True, True, False]
    assert [may(officers_only, each) for each in (bruno, ana, chen)] == [True, False, False]


def test_what_settles_is_shut(client: Client, ana: User, draft_run: Run) -> None:
    client.force_login(ana)
    for page in ("sign/", "settings/", "analyse/"):
        assert client.get(f"/consultations/hidden/{page}").status_code == 403


def test_the_workspace_of_an_analyst_holds_what_they_read_and_no_business_of_officers(
    client: Client, ana: User, draft_run: Run
) -> None:
    client.force_login(ana)
    page = client.get("/workspace/")
    assert page.status_code == 200
    assert [heading for heading, _table in page.context["parts"]] == [
        "Submissions to read",
        "Translations waiting",
    ]
    assert 'href="/workspace/"' in client.get("/accounts/me/").content.decode()
