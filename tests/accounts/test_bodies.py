"""Organisations are confirmed by officers, delegations by the focal point of the state or an officer."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from colloquia.accounts.models import Delegation, Membership, Organisation, RoleGrant, User
from colloquia.accounts.services import delegations, organisations
from colloquia.accounts.services.organisations import BodyRefused
from colloquia.core.models import Territory

pytestmark = pytest.mark.django_db
DAYS = {"begins_on": date(2026, 11, 1), "ends_on": date(2026, 11, 5)}


@pytest.fixture
def kenya(db: None) -> Territory:
    return Territory.objects.create(code="KE", kind="territory", name="Kenya")


@pytest.fixture
def focal(kenya: Territory) -> User:
    """The focal point of Kenya."""
    person = User.objects.create_user("njeri@mission.example", name="Njeri")
    RoleGrant.objects.create(user=person, role="focal_point", territory=kenya)
    return person


def test_a_membership_counts_once_an_officer_confirmed_it(amara: User, bruno: User, chen: User) -> None:
    made = organisations.propose_organisation(
        name=" Writers  Union ", kind="company", territory=None, by=amara
    )
    assert (made.name, made.confirmed_at) == ("Writers Union", None)
    with pytest.raises(BodyRefused, match="already"):
        organisations.propose_organisation(name="writers union", kind="other", territory=None, by=chen)
    membership = organisations.join(organisation=made, by=amara, function="Adviser")
    assert organisations.join(organisation=made, by=amara) == membership
    for by in (amara, chen):
        with pytest.raises(BodyRefused):
            organisations.confirm_member(membership=membership, by=by)
    organisations.confirm_member(membership=membership, by=bruno)
    assert Membership.objects.get().confirmed_by == bruno
    with pytest.raises(BodyRefused):
        organisations.end_membership(membership=membership, by=chen)
    organisations.end_membership(membership=membership, by=amara)
    assert Membership.objects.get().ended_by == amara


def test_an_officer_confirms_nobody_less_than_others_do(bruno: User) -> None:
    made = organisations.propose_organisation(name="Office", kind="office", territory=None, by=bruno)
    membership = organisations.join(organisation=made, by=bruno)
    with pytest.raises(BodyRefused, match="Another officer"):
        organisations.confirm_member(membership=membership, by=bruno)


def test_a_delegation_is_confirmed_by_its_focal_point(
    amara: User, chen: User, focal: User, kenya: Territory
) -> None:
    made = delegations.propose_delegation(
        territory=kenya, occasion="Session 13", by=amara, capacity="head", **DAYS
    )
    assert (made.confirmed_at, made.members.get().confirmed_at) == (None, None)
    for by in (amara, chen):
        with pytest.raises(BodyRefused):
            delegations.confirm_delegation(delegation=made, by=by)
    with pytest.raises(BodyRefused, match="adds other people"):
        delegations.add_delegate(delegation=made, user=chen, capacity="member", by=amara)
    delegations.confirm_delegation(delegation=made, by=focal)
    assert (Delegation.objects.get().confirmed_by, made.members.get().confirmed_by) == (focal, focal)


def test_a_delegation_is_of_one_body_and_ends_after_it_begins(bruno: User, kenya: Territory) -> None:
    body = Organisation.objects.create(name="Union", kind="other")
    for wrong in ({}, {"territory": kenya, "organisation": body}):
        with pytest.raises(BodyRefused, match="not both"):
            delegations.propose_delegation(occasion="Session", by=bruno, **DAYS, **wrong)
    with pytest.raises(BodyRefused, match="ends on or after"):
        delegations.propose_delegation(
            territory=kenya, occasion="S", by=bruno, begins_on=date(2026, 2, 2), ends_on=date(2026, 2, 1)
        )


def test_pages_show_a_delegation_to_whom_it_concerns(
    client: Client, amara: User, bruno: User, chen: User, focal: User, kenya: Territory
) -> None:
    client.force_login(amara)
    form = {
        "territory": "KE", "occasion": "Session 13", "begins_on": "2026-11-01", "ends_on": "2026-11-05",
        "capacity": "member",
    }  # fmt: skip
    assert client.post("/accounts/delegations/new/", form).status_code == 302
    address = f"/accounts/delegations/{Delegation.objects.get().pk}/"
    statuses = {}
    for person in (amara, bruno, focal, chen):
        client.force_login(person)
        statuses[person.name] = client.get(address).status_code
    assert statuses == {"Amara": 200, "Bruno": 200, "Njeri": 200, "Chen": 404}
    assert client.post(f"{address}confirm/").status_code == 404
    client.force_login(focal)
    client.post(f"{address}confirm/")
    assert Delegation.objects.get().confirmed_by == focal


def test_members_of_an_organisation_are_shown_to_officers_alone(
    client: Client, amara: User, bruno: User, chen: User
) -> None:
    client.force_login(amara)
    client.post("/accounts/organisations/new/", {"name": "Writers Union", "kind": "other"})
    address = f"/accounts/organisations/{Organisation.objects.get().pk}/"
    client.post(address, {"function": "Adviser"})
    client.force_login(chen)
    assert "Amara" not in client.get(address).content.decode()
    member = str(Membership.objects.get().pk)
    client.post(f"{address}confirm-member/", {"member": member})
    assert Membership.objects.get().confirmed_at is None
    client.force_login(bruno)
    assert "Amara" in client.get(address).content.decode()
    client.post(f"{address}confirm-member/", {"member": member})
    assert Membership.objects.get().confirmed_by == bruno
    assert "Writers Union" in client.get("/accounts/organisations/").content.decode()
