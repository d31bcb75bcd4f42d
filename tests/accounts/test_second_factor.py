"""Staff show a second factor in every session; others are never asked. Who lost it begins again."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from colloquia.accounts import services
from colloquia.accounts.models import RoleGrant, User
from colloquia.core.models import AuditEntry

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _required(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    cache.clear()


@pytest.fixture
def bruno(bruno: User) -> User:  # the officer, whose address is verified
    bruno.emailaddress_set.update(verified=True)
    return bruno


def with_totp(user: User) -> None:
    """The person has an authenticator app and recovery codes."""
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)


def code_now() -> str:
    return format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))


def code_by_mail() -> str:
    found = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{2,})\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("name", ["workspace", "home", "consultations", "account", "admin:index", "people"])
def test_an_officer_without_one_is_led_to_set_one_up(client: Client, bruno: User, name: str) -> None:
    client.force_login(bruno)
    response = client.get(reverse(name))
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/accounts/second-factor/")
    page = client.get(response["Location"]).content.decode()
    assert "Add a second factor" in page
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_one_who_has_it_enters_it_and_may_not_add_another(client: Client, bruno: User) -> None:
    with_totp(bruno)
    client.force_login(bruno)
    assert client.get(reverse("mfa_activate_totp")).status_code == 302
    assert client.get(reverse("account_email")).status_code == 302
    page = client.get(reverse("second_factor")).content.decode()
    assert "Show your second factor" in page
    response = client.post(reverse("mfa_reauthenticate") + "?next=/workspace/", {"code": code_now()})
    assert (response.status_code, response["Location"]) == (302, "/workspace/")
    assert client.get("/workspace/").status_code == 200


def test_a_recovery_code_works_once_in_its_place(client: Client, bruno: User) -> None:
    with_totp(bruno)
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    for expected in (200, 302):
        client.force_login(bruno)
        client.post(reverse("mfa_reauthenticate"), {"code": code})
        assert client.get("/workspace/").status_code == expected
        client.logout()


def test_signing_in_with_both_opens_everything(client: Client, bruno: User) -> None:
    with_totp(bruno)
    client.post("/accounts/login/", {"login": bruno.email})
    client.post("/accounts/login/code/confirm/", {"code": code_by_mail()})
    assert "_auth_user_id" not in client.session
    client.post("/accounts/2fa/authenticate/", {"code": code_now()})
    assert client.get("/workspace/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_setting_one_up_opens_the_session(client: Client, bruno: User) -> None:
    client.force_login(bruno)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    counter = next(iter(yield_hotp_counters_from_time()))
    client.post(reverse("mfa_activate_totp"), {"code": format_hotp_value(hotp_value(secret, counter))})
    assert client.get("/workspace/").status_code == 200
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert page.count("<li><code>") == 10


def test_reviewers_and_administrators_are_staff_and_others_are_not(
    client: Client, amara: User, chen: User
) -> None:
    reviewer = User.objects.create_user("rui@secretariat.example")
    RoleGrant.objects.create(user=reviewer, role="reviewer")
    administrator = User.objects.create_user("ada@secretariat.example", is_staff=True)
    statuses = []
    for person in (reviewer, administrator, amara, chen):
        client.force_login(person)
        statuses.append(client.get("/accounts/me/").status_code)
    assert statuses == [302, 302, 200, 200]


def test_programs_and_forms_are_refused_and_not_led_away(client: Client, bruno: User) -> None:
    client.force_login(bruno)
    assert client.get("/workspace.json").json()["status"] == 403
    response = client.post("/workspace/", {"language": "ar"})
    assert response.status_code == 403
    assert "what you typed is still in it" in response.content.decode()


def test_another_persons_second_factor_is_not_this_ones(client: Client, bruno: User, chen: User) -> None:
    client.force_login(bruno)
    session = client.session
    session["second_factor"] = chen.pk
    session.save()
    assert client.get("/workspace/").status_code == 302


def test_it_can_be_turned_off(client: Client, bruno: User, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(bruno)
    assert client.get("/workspace/").status_code == 200


def test_who_lost_it_begins_again_with_the_link_of_another_administrator(bruno: User) -> None:
    other = User.objects.create_superuser("dina@secretariat.example", name="Dina")
    with_totp(other)
    signed_in = Client()
    signed_in.force_login(other)
    address = services.issue_reset(user=other, by=bruno)
    path = address.split("//", 1)[1].split("/", 1)[1]
    visitor = Client()
    assert visitor.get(f"/{path}").status_code == 200
    assert Authenticator.objects.filter(user=other).count() == 2
    assert visitor.post(f"/{path}").status_code == 200
    assert Authenticator.objects.filter(user=other).count() == 0
    assert "_auth_user_id" not in visitor.session
    assert signed_in.get("/accounts/me/").status_code == 302
    assert visitor.post(f"/{path}").status_code == 410
    assert "accounts.remove_second_factor" in AuditEntry.objects.values_list("verb", flat=True)
    assert path.split("/")[-2] not in str(list(AuditEntry.objects.values()))


def test_an_administrator_is_shown_the_whole_link_to_hand_over(
    client: Client, bruno: User, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    other = User.objects.create_superuser("dina@secretariat.example", name="Dina")
    with_totp(other)
    client.force_login(bruno)
    page = client.post(f"/accounts/people/{other.pk}/reset/").content.decode()
    found = re.search(r"<code[^>]*>(https?://[^<]+/accounts/second-factor/[^<]+)</code>", page)
    assert found, page
    path = "/" + found[1].split("//", 1)[1].split("/", 1)[1]
    assert Client().get(path).status_code == 200


def test_without_the_requirement_nobody_is_led_to_add_one(client: Client, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    token = services.issue_link(user=None)
    values = {"email": "eve@secretariat.example", "name": "Eve"}
    response = client.post(f"/accounts/link/{token}/", values)
    assert (response.status_code, response["Location"]) == (302, "/")


def test_nobody_issues_it_for_himself_and_only_administrators_do(bruno: User, chen: User) -> None:
    for by, whom in ((bruno, bruno), (chen, bruno)):
        with pytest.raises(services.PersonRefused):
            services.issue_reset(user=whom, by=by)


def test_a_reset_link_signs_nobody_in(bruno: User, amara: User, client: Client) -> None:
    token = services.issue_reset(user=amara, by=bruno).rstrip("/").rsplit("/", 1)[1]
    assert client.post(reverse("sign_in_link", args=[token])).status_code == 410
    with pytest.raises(services.LinkRefused):
        services.use_link(token=token)


@pytest.mark.parametrize("page", ["reset/", "change/", "set/", "reset/done/", "reset/key/1-abc/"])
def test_there_are_no_pages_about_passwords(client: Client, amara: User, page: str) -> None:
    client.force_login(amara)
    assert client.get(f"/accounts/password/{page}").status_code == 404
