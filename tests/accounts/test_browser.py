"""The pages of people in a real browser, in English and in Arabic, and with axe."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from colloquia.accounts import services
from colloquia.accounts.models import User
from tests.e2e.conftest import axe, open_page, signed_in  # noqa: F401 -- fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_administrator_invites_a_person_and_ends_a_role(
    live_server: Any,
    bruno: User,
    open_page: Callable[..., Any],  # noqa: F811
    signed_in: Callable[[User], dict[str, Any]],  # noqa: F811
    axe: Any,  # noqa: F811
) -> None:
    page = open_page(f"{live_server.url}/accounts/people/new/", **signed_in(bruno))
    page.get_by_label("E-mail address").fill("rui@office.example")
    page.get_by_label("Role").select_option("reviewer")
    page.get_by_role("button", name="Send the invitation").click()
    assert page.get_by_role("heading", level=1).inner_text() == "rui@office.example"
    assert axe.run(page).response["violations"] == []
    page.get_by_role("button", name="End the role Reviewer").click()
    assert "The role is ended." in page.content()
    page.goto(f"{live_server.url}/accounts/people/")
    assert axe.run(page).response["violations"] == []


def test_a_person_looks_after_the_account_on_a_telephone_in_arabic(
    live_server: Any,
    amara: User,
    open_page: Callable[..., Any],  # noqa: F811
    signed_in: Callable[[User], dict[str, Any]],  # noqa: F811
    axe: Any,  # noqa: F811
) -> None:
    options = signed_in(amara) | {"viewport": {"width": 360, "height": 740}, "java_script_enabled": True}
    page = open_page(f"{live_server.url}/accounts/me/?lang=ar", **options)
    for path in ("me", "sessions", "erase", "organisations/new"):
        page.goto(f"{live_server.url}/accounts/{path}/")
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True
        assert axe.run(page).response["violations"] == []


def test_staff_set_up_a_second_factor_and_print_their_codes(
    live_server: Any,
    bruno: User,
    open_page: Callable[..., Any],  # noqa: F811
    axe: Any,  # noqa: F811
    settings: Any,
) -> None:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    settings.SECOND_FACTOR_REQUIRED = True
    token = services.issue_link(user=bruno)
    page = open_page(f"{live_server.url}/accounts/link/{token}/")
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{live_server.url}/workspace/")
    assert page.get_by_role("heading", level=1).inner_text() == "Add a second factor"
    assert axe.run(page).response["violations"] == []
    page.get_by_role("link", name="Use an authenticator app").click()
    secret = page.locator("#authenticator_secret").input_value()
    counter = next(iter(yield_hotp_counters_from_time()))
    page.locator("#id_code").fill(format_hotp_value(hotp_value(secret, counter)))
    page.get_by_role("button", name="Activate").click()
    assert page.locator("ol.codes li").count() == 10
    assert axe.run(page).response["violations"] == []
    page.goto(f"{live_server.url}/workspace/")
    assert page.get_by_role("heading", level=1).inner_text() == "Workspace"
