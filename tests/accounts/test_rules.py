"""Who may: officers may, delegates and strangers may not, closed accounts may nothing."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from colloquia.accounts.models import User
from colloquia.accounts.rules import is_officer, is_signed_in

pytestmark = pytest.mark.django_db


def test_officer(amara: User, bruno: User, chen: User) -> None:
    assert [is_officer.test(person) for person in (bruno, amara, chen, AnonymousUser())] == [
        True,
        False,
        False,
        False,
    ]


def test_signed_in(amara: User) -> None:
    assert [is_signed_in.test(person) for person in (amara, AnonymousUser())] == [True, False]


def test_closed_account_may_nothing(bruno: User) -> None:
    bruno.is_active = False
    assert (is_officer.test(bruno), is_signed_in.test(bruno)) == (False, False)
