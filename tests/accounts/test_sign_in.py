"""Signing in with a code by e-mail; no passwords, no hints about who is registered."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError
from django.test import Client

from colloquia.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_limits_from_before() -> None:
    cache.clear()


def code_sent() -> str:
    found = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{2,})\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found is not None
    return found[1]


def test_code_by_mail_signs_in(client: Client, amara: User) -> None:
    response = client.post("/accounts/login/", {"login": "Amara@Delegation.example"})
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/code/confirm/")
    assert mail.outbox[0].to == ["amara@delegation.example"]
    response = client.post("/accounts/login/code/confirm/", {"code": code_sent()})
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(amara.pk)


def test_person_added_by_an_administrator_signs_in_with_one_code(client: Client, bruno: User) -> None:
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=bruno, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client.force_login(bruno)
    response = client.post(
        "/admin/accounts/user/add/", {"email": "Dina@Office.example", "name": "Dina", "is_active": "on"}
    )
    assert response.status_code == 302
    visitor = Client()
    visitor.post("/accounts/login/", {"login": "dina@office.example"})
    visitor.post("/accounts/login/code/confirm/", {"code": code_sent()})
    assert visitor.session["_auth_user_id"] == str(User.objects.get(email="dina@office.example").pk)


def test_wrong_code_does_not_sign_in(client: Client, amara: User) -> None:
    client.post("/accounts/login/", {"login": amara.email})
    response = client.post("/accounts/login/code/confirm/", {"code": "XXXXXX"})
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_guessing_a_code_ends_after_three_tries(client: Client, amara: User) -> None:
    client.post("/accounts/login/", {"login": amara.email})
    code = code_sent()
    for _ in range(3):
        client.post("/accounts/login/code/confirm/", {"code": "XXXXXX"})
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert "_auth_user_id" not in client.session


def test_unknown_address_is_answered_like_a_known_one(client: Client, amara: User) -> None:
    known = client.post("/accounts/login/", {"login": amara.email})
    unknown = Client().post("/accounts/login/", {"login": "nobody@elsewhere.example"})
    assert (unknown.status_code, unknown["Location"]) == (known.status_code, known["Location"])


def test_sign_in_page_has_no_password(client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert 'type="email"' in page
    assert "password" not in page.replace("there is no password", "")


def test_codes_are_limited_in_number(client: Client, amara: User) -> None:
    statuses = [client.post("/accounts/login/", {"login": amara.email}).status_code for _ in range(25)]
    assert statuses[0] == 302
    assert 429 in statuses or len(mail.outbox) < 25


def test_registration_makes_an_account_without_rights(client: Client) -> None:
    client.post("/accounts/signup/", {"email": "New@Elsewhere.example"})
    client.post("/accounts/confirm-email/", {"code": code_sent()})
    person = User.objects.get()
    assert (person.email, person.is_officer, person.is_staff) == ("new@elsewhere.example", False, False)
    assert person.emailaddress_set.get().verified is True


def test_registration_can_be_closed(client: Client, settings: Any) -> None:
    settings.REGISTRATION_OPEN = False
    client.post("/accounts/signup/", {"email": "new@elsewhere.example"})
    assert User.objects.count() == 0
    assert "Create one" not in client.get("/accounts/login/").content.decode()


def test_one_person_is_one_row_whatever_the_case(amara: User) -> None:
    assert User.objects.get_by_natural_key("AMARA@delegation.example") == amara
    with pytest.raises(IntegrityError):
        User.objects.bulk_create([User(email="Amara@Delegation.example")])


@pytest.mark.parametrize("page", ["/accounts/2fa/", "/accounts/email/", "/accounts/second-factor/"])
def test_pages_of_the_account_ask_a_visitor_to_sign_in(client: Client, page: str) -> None:
    response = client.get(page)
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("page", ["/accounts/2fa/", "/accounts/email/", "/accounts/2fa/totp/activate/"])
def test_pages_of_the_account_open_and_hold_no_inline_style(client: Client, amara: User, page: str) -> None:
    client.force_login(amara)
    response = client.get(page, follow=True)
    assert response.status_code == 200
    assert " style=" not in response.content.decode()


def test_person_needs_an_address() -> None:
    with pytest.raises(ValueError, match="needs an e-mail address"):
        User.objects.create_user("")
