"""Calls in a real browser: accessible in both languages, light, and right on the reader's clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from colloquia.accounts.models import User
from colloquia.submissions import call_notices
from colloquia.submissions.models import Call
from tests.e2e.weight import weight
from tests.issues.test_e2e_questions import as_officer

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def shown(make_call: Callable[..., Call], placed: list[str], bruno: User) -> Call:
    """An open call in two languages that was extended."""
    call = make_call(
        titles={"en": "A small call", "ar": "نداء صغير"},
        languages=["en", "ar"],
        time_zone="Europe/Zurich",
        opens_at=datetime(2026, 1, 10, 8, tzinfo=UTC),
        closes_at=datetime(2040, 3, 1, 16, tzinfo=UTC),
        contact="calls@secretariat.example",
        **call_notices.notices(["en", "ar"], 24),
    )
    call.extensions.create(
        before=datetime(2040, 2, 1, 16, tzinfo=UTC), after=call.closes_at, by=bruno,
        reasons={"en": "More time.", "ar": "مزيد من الوقت."},
    )  # fmt: skip
    return call


@pytest.mark.parametrize(("language", "width"), [("en", 1200), ("ar", 390)])
def test_pages_of_calls_are_accessible(
    live_server: Any, shown: Call, bruno: User, browser: Browser, *, language: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(viewport={"width": width, "height": 800}, timezone_id="Africa/Nairobi")
    page = context.new_page()
    for path in ("/calls/small-call/", "/calls/", "/calls/small-call/edit/"):
        if path.endswith("edit/"):
            as_officer(context, live_server.url, bruno)
        page.goto(f"{live_server.url}{path}?lang={language}")
        results = Axe().run(page)
        assert results.violations_count == 0, f"{path}: {results.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True, path
    context.close()


def test_the_deadline_stands_on_the_readers_clock_with_and_without_scripts(
    live_server: Any, shown: Call, browser: Browser
) -> None:
    address = f"{live_server.url}/calls/small-call/"
    context = browser.new_context(timezone_id="Africa/Nairobi")
    page = context.new_page()
    page.goto(f"{address}?lang=en")
    assert page.locator(".deadline div").nth(0).inner_text().split("\n")[-1] == (
        "1 March 2040, 17:00 (Europe/Zurich, UTC+01:00)"
    )
    assert page.locator(".reader-time dd").inner_text() == "1 March 2040, 19:00 (Africa/Nairobi, UTC+03:00)"
    context.close()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}?lang=en")
    page.locator(".own-zone summary").click()
    page.get_by_label("Your time zone").fill("tokyo")
    page.get_by_role("button", name="Show", exact=True).click()
    assert page.url == address
    assert page.locator(".deadline div").nth(1).inner_text().split("\n")[-1] == (
        "2 March 2040, 01:00 (Asia/Tokyo, UTC+09:00)"
    )
    context.close()
    assert weight(browser, address) <= 60 * 1024
