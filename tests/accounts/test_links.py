"""Sign-in links work once, for thirty minutes, and of two people at once one wins."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from colloquia.accounts import queries, services
from colloquia.accounts.models import SignInLink, User
from colloquia.accounts.tokens import hash_token, make_token
from colloquia.core.models import AuditEntry


def visit(token: str) -> str:
    return reverse("sign_in_link", args=[token])


@pytest.mark.django_db
def test_opening_the_link_does_not_use_it_up(client: Client) -> None:
    token = services.issue_link(user=None)
    for _ in range(2):
        response = client.get(visit(token))
        assert response.status_code == 200
        assert "Become the first officer" in response.content.decode()
        assert response["Referrer-Policy"] == "strict-origin"
        assert "no-store" in response["Cache-Control"]
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_first_officer_is_made_and_signed_in(client: Client, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    token = services.issue_link(user=None)
    response = client.post(visit(token), {"email": "Bruno@Secretariat.example", "name": "Bruno"})
    assert (response.status_code, response["Location"]) == (302, "/accounts/second-factor/")
    officer = User.objects.get()
    assert (officer.email, officer.name) == ("bruno@secretariat.example", "Bruno")
    assert (officer.is_officer, officer.is_staff, officer.has_usable_password()) == (True, True, False)
    assert client.session["_auth_user_id"] == str(officer.pk)
    assert list(officer.emailaddress_set.values_list("email", "verified", "primary")) == [
        ("bruno@secretariat.example", True, True)
    ]


@pytest.mark.django_db
def test_what_links_did_is_in_the_audit() -> None:
    token = services.issue_link(user=None)
    officer = services.become_first_officer(token=token, email="bruno@secretariat.example")
    services.use_link(token=services.issue_link(user=officer))
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", "actor")) == [
        ("accounts.issue_link", None),
        ("accounts.become_first_officer", officer.pk),
        ("accounts.issue_link", None),
        ("accounts.sign_in_by_link", officer.pk),
    ]
    assert token not in str(list(AuditEntry.objects.values()))


@pytest.mark.django_db
def test_used_link_is_refused_with_a_clear_page(client: Client) -> None:
    token = services.issue_link(user=None)
    client.post(visit(token), {"email": "bruno@secretariat.example"})
    for response in (
        Client().get(visit(token)),
        Client().post(visit(token), {"email": "chen@elsewhere.example"}),
    ):
        assert response.status_code == 410
        assert "This link no longer works" in response.content.decode()
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_link_expires_after_thirty_minutes(client: Client) -> None:
    now = timezone.now()
    token = services.issue_link(user=None, now=now - datetime.timedelta(minutes=30))
    assert client.get(visit(token)).status_code == 410
    fresh = services.issue_link(user=None, now=now - datetime.timedelta(minutes=29))
    assert client.get(visit(fresh)).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["x", "%7F", "a" * 3000])
def test_link_that_was_never_issued_is_refused(client: Client, token: str) -> None:
    assert client.get(f"/accounts/link/{token}/").status_code == 410


@pytest.mark.django_db
def test_bad_address_is_explained_and_the_link_stays_good(client: Client) -> None:
    token = services.issue_link(user=None)
    response = client.post(visit(token), {"email": "not an address"})
    assert response.status_code == 200
    assert 'id="id_email_error"' in response.content.decode()
    assert queries.open_link(token) is not None


@pytest.mark.django_db
def test_only_the_hash_of_the_token_is_kept() -> None:
    token = services.issue_link(user=None)
    link = SignInLink.objects.get()
    assert link.token_hash == hash_token(token)
    assert token not in str(link.__dict__)


@pytest.mark.django_db
def test_new_link_ends_the_older_one() -> None:
    older = services.issue_link(user=None)
    newer = services.issue_link(user=None)
    assert queries.open_link(older) is None
    assert queries.open_link(newer) is not None


@pytest.mark.django_db
def test_no_first_officer_link_where_an_officer_exists(bruno: User) -> None:
    with pytest.raises(services.LinkRefused):
        services.issue_link(user=None)


@pytest.mark.django_db
def test_first_officer_link_dies_when_an_officer_appears(client: Client) -> None:
    token = services.issue_link(user=None)
    User.objects.create_superuser("bruno@secretariat.example")
    assert client.get(visit(token)).status_code == 410
    with pytest.raises(services.LinkRefused):
        services.become_first_officer(token=token, email="chen@elsewhere.example")


@pytest.mark.django_db
def test_personal_link_signs_in_that_person_and_makes_no_officer(client: Client, amara: User) -> None:
    token = services.issue_link(user=amara)
    with pytest.raises(services.LinkRefused):
        services.become_first_officer(token=token, email="chen@elsewhere.example")
    token = services.issue_link(user=amara)
    assert "signs you in as Amara" in client.get(visit(token)).content.decode()
    response = client.post(visit(token))
    assert (response.status_code, response["Location"]) == (302, "/")
    amara.refresh_from_db()
    assert amara.is_officer is False
    assert client.session["_auth_user_id"] == str(amara.pk)


@pytest.mark.django_db
def test_personal_link_of_a_closed_account_is_refused(client: Client, amara: User) -> None:
    token = services.issue_link(user=amara)
    amara.is_active = False
    amara.save()
    assert client.post(visit(token)).status_code == 410


def at_once(actions: list[Callable[[], Any]]) -> list[Any]:
    """Run actions in threads that start together; gives each one's result or exception."""
    start = threading.Barrier(len(actions))
    results: list[Any] = [None] * len(actions)

    def run(place: int) -> None:
        start.wait()
        try:
            results[place] = actions[place]()
        except Exception as error:  # noqa: BLE001 -- the test looks at it
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(actions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_of_several_at_once_with_one_link_one_wins() -> None:
    token = services.issue_link(user=None)
    results = at_once(
        [
            lambda n=n: services.become_first_officer(token=token, email=f"person{n}@elsewhere.example")  # type: ignore[misc]
            for n in range(6)
        ]
    )
    assert sorted(type(result).__name__ for result in results) == ["LinkRefused"] * 5 + ["User"]
    assert User.objects.filter(is_officer=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_several_at_once_with_links_of_their_own_one_wins() -> None:
    now = timezone.now()
    tokens = [make_token() for _ in range(4)]
    for token in tokens:
        SignInLink.objects.create(token_hash=hash_token(token), expires=now + services.LINK_LIFETIME)
    results = at_once(
        [
            lambda t=token: services.become_first_officer(token=t, email=f"{t[:8]}@elsewhere.example")  # type: ignore[misc]
            for token in tokens
        ]
    )
    assert sorted(type(result).__name__ for result in results) == ["LinkRefused"] * 3 + ["User"]


@pytest.mark.django_db(transaction=True)
def test_a_careless_check_lets_both_win() -> None:
    """Negative control: looking first and writing afterwards, the two threads do both get through."""
    token = services.issue_link(user=None)
    both_have_looked = threading.Barrier(2)

    def careless(email: str) -> User:
        assert queries.open_link(token) is not None
        both_have_looked.wait()
        SignInLink.objects.filter(token_hash=hash_token(token)).update(used=timezone.now())
        return User.objects.create_superuser(email)

    at_once([lambda: careless("one@elsewhere.example"), lambda: careless("two@elsewhere.example")])
    assert User.objects.filter(is_officer=True).count() == 2
