"""Administrators invite people and give roles; nobody helps himself, and one administrator always stays."""

from __future__ import annotations

import re
import threading
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.utils.translation import gettext, override

from colloquia.accounts import services
from colloquia.accounts.models import RoleGrant, User
from colloquia.accounts.rules import is_officer, is_reviewer
from colloquia.core.models import AuditEntry, OutgoingMail, Territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kenya(db: None) -> Territory:
    return Territory.objects.create(code="KE", kind="territory", name="Kenya")


def test_an_invited_person_gets_a_mail_in_their_language_whose_link_signs_in_once(
    bruno: User, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    made = services.invite(email="Rui@Office.example", name="Rui", language="ar", role="reviewer", by=bruno)
    message = OutgoingMail.objects.get()
    assert (message.recipient, message.language) == ("rui@office.example", "ar")
    with override("ar"):
        assert f"{gettext('Your roles:')} {gettext('Reviewer')}\n" in message.text
    address = re.search(r"https?://\S+/accounts/link/\S+", message.text)
    assert address is not None
    path = "/" + address[0].split("/", 3)[3]
    visitor = Client()
    response = visitor.post(path)
    assert (response.status_code, response["Location"]) == (302, "/accounts/second-factor/")
    assert visitor.session["_auth_user_id"] == str(made.pk)
    assert made.emailaddress_set.get().verified is True
    assert Client().get(path).status_code == 410
    assert is_reviewer(made) is True


def test_what_is_refused_leaves_nothing_behind(bruno: User, chen: User) -> None:
    with pytest.raises(services.RoleRefused):
        services.invite(email="new@office.example", role="focal_point", by=bruno)
    with pytest.raises(services.PersonRefused, match="account already"):
        services.invite(email=chen.email, by=bruno)
    with pytest.raises(services.PersonRefused, match="Only an administrator"):
        services.invite(email="new@office.example", by=chen)
    assert (User.objects.count(), OutgoingMail.objects.count()) == (2, 0)


def test_roles_are_given_ended_and_kept(bruno: User, amara: User, kenya: Territory) -> None:
    services.grant_role(user=amara, role="officer", by=bruno)
    services.grant_role(user=amara, role="focal_point", territory=kenya, by=bruno)
    amara.refresh_from_db()
    assert (is_officer(amara), amara.has_role("focal_point", territory="KE")) == (True, True)
    with pytest.raises(services.RoleRefused, match="already"):
        services.grant_role(user=amara, role="focal_point", territory=kenya, by=bruno)
    services.end_role(user=amara, role="officer", by=bruno)
    services.end_role(user=amara, role="focal_point", territory=kenya, by=bruno)
    amara.refresh_from_db()
    assert (is_officer(amara), amara.has_role("focal_point", territory="KE")) == (False, False)
    assert RoleGrant.objects.filter(user=amara, ended_by=bruno).count() == 2
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "accounts.grant_role", "accounts.grant_role", "accounts.end_role", "accounts.end_role",
    ]  # fmt: skip
    assert AuditEntry.objects.order_by("pk")[0].changes["is_officer"] == [False, True]


def test_nobody_gives_a_role_to_himself_and_others_give_none(bruno: User, amara: User, chen: User) -> None:
    with pytest.raises(services.RoleRefused, match="Nobody gives"):
        services.grant_role(user=bruno, role="reviewer", by=bruno)
    officer = User.objects.create_user("olga@secretariat.example", is_officer=True)
    for by in (officer, amara, chen):
        with pytest.raises(services.RoleRefused, match="Only an administrator"):
            services.grant_role(user=chen, role="officer", by=by)


def test_the_last_administrator_stays(bruno: User) -> None:
    with pytest.raises(services.RoleRefused, match="last administrator"):
        services.end_role(user=bruno, role="administrator", by=bruno)
    other = User.objects.create_superuser("dina@secretariat.example")
    services.end_role(user=bruno, role="administrator", by=other)
    assert RoleGrant.objects.get().granted_at == bruno.date_joined
    with pytest.raises(services.PersonRefused, match="Another administrator"):
        services.close_account(user=other, by=other)
    with pytest.raises(services.RoleRefused):
        services.end_role(user=other, role="administrator", by=other)


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_who_end_each_other_one_stays(bruno: User) -> None:
    other = User.objects.create_superuser("dina@secretariat.example")
    start, failed = threading.Barrier(2), []

    def end(user: User, by: User) -> None:
        start.wait()
        try:
            services.end_role(user=user, role="administrator", by=by)
        except services.RoleRefused as refusal:
            failed.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=end, args=pair) for pair in ((bruno, other), (other, bruno))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert User.objects.filter(is_staff=True, is_active=True).count() == 1
    assert len(failed) == 1


def test_who_administers_is_not_an_officer_by_that(client: Client, chen: User) -> None:
    administrator = User.objects.create_user(
        "ada@secretariat.example", is_staff=True, is_superuser=True, is_officer=False
    )
    assert administrator.has_perm("accounts.manage_people") is True
    assert administrator.has_perm("accounts.view_user") is True
    assert administrator.has_perm("consultations.work") is False
    assert administrator.has_perm("core.view_audit") is False


def test_pages_are_for_administrators_alone(client: Client, bruno: User, amara: User, chen: User) -> None:
    officer = User.objects.create_user("olga@secretariat.example", is_officer=True)
    pages = ["/accounts/people/", "/accounts/people/new/", f"/accounts/people/{amara.pk}/"]
    statuses = []
    for person in (bruno, officer, amara, chen):
        client.force_login(person)
        statuses.append([client.get(page).status_code for page in pages])
    assert statuses == [[200] * 3, [403] * 3, [403] * 3, [403] * 3]
    client.logout()
    assert [client.get(page).status_code for page in pages] == [302] * 3
    client.force_login(chen)
    for verb in ("end-role", "reset", "close"):
        assert client.post(f"/accounts/people/{bruno.pk}/{verb}/", {"role": "officer"}).status_code == 403


def test_the_pages_do_what_they_say(client: Client, bruno: User, amara: User) -> None:
    client.force_login(bruno)
    response = client.post("/accounts/people/new/", {"email": "new@office.example", "language": "en"})
    assert response.status_code == 302
    assert client.post(f"/accounts/people/{amara.pk}/", {"role": "analyst"}).status_code == 302
    assert amara.has_role("analyst") is True
    page = client.post(f"/accounts/people/{amara.pk}/", {"role": "focal_point"})
    assert page.status_code == 409
    assert "Choose the state" in page.content.decode()
    client.post(f"/accounts/people/{amara.pk}/end-role/", {"role": "analyst"})
    assert amara.has_role("analyst") is False
    client.post(f"/accounts/people/{amara.pk}/close/")
    amara.refresh_from_db()
    assert amara.is_active is False
    page_of_file = client.get("/accounts/people/?table=people&format=csv")
    assert "amara@delegation.example" in b"".join(page_of_file.streaming_content).decode()  # type: ignore[attr-defined]


def test_the_list_asks_the_same_of_one_and_of_three(
    client: Client, bruno: User, django_assert_num_queries: Any
) -> None:
    from colloquia.accounts import queries

    with django_assert_num_queries(2):
        assert len(list(queries.people())) == 1
    for name in ("a", "b"):
        User.objects.create_user(f"{name}@elsewhere.example")
    with django_assert_num_queries(2):
        assert len(list(queries.people())) == 3
    assert [str(each) for each in queries.people(role="officer", words="bru")] == ["Bruno"]


def test_the_administration_gives_no_roles(client: Client, bruno: User, amara: User) -> None:
    client.force_login(bruno)
    client.post(
        f"/admin/accounts/user/{amara.pk}/change/",
        {"email": amara.email, "name": "Amara", "is_officer": "on", "is_staff": "on", "is_superuser": "on"},
    )
    amara.refresh_from_db()
    assert (amara.is_officer, amara.is_staff, amara.is_superuser) == (False, False, False)


def test_nobody_becomes_somebody_else_by_the_administration(client: Client, bruno: User, amara: User) -> None:
    """Not by another's address, second factor or groups; a name that is put right stands in the audit."""
    client.force_login(bruno)
    tables = {each._meta.label for each in admin.site._registry}
    assert tables & {"account.EmailAddress", "mfa.Authenticator", "auth.Group"} == set()
    for table in ("account/emailaddress", "mfa/authenticator", "auth/group"):
        assert client.get(f"/admin/{table}/").status_code == 404
    before = amara.email
    address = f"/admin/accounts/user/{amara.pk}/change/"
    client.post(address, {"email": bruno.email.replace("bruno", "mine"), "name": "Amara N."})
    amara.refresh_from_db()
    assert (amara.email, amara.name) == (before, "Amara N.")
    entry = AuditEntry.objects.get(verb="admin.change")
    assert (entry.actor, entry.changes) == (bruno, {"name": ["Amara", "Amara N."]})
