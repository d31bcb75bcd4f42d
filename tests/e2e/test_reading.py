"""A reader's way in Chromium: home, a consultation, its report; both languages, with and without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.weight import MOST_BYTES, weight

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from colloquia.accounts.models import User
    from colloquia.consultations.models import Run

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = (
    "/",
    "/consultations/",
    "/consultations/example/",
    "/accounts/login/",
    "/accounts/signup/",
    "/nothing/",
)
HOSTILE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Report</title>
<style>h1 { color: rgb(1, 2, 3); }</style></head>
<body><h1>Report</h1>
<p id="bad" style="color: rgb(9, 9, 9)">Text</p>
<script>document.getElementById("bad").textContent = "a script ran";</script></body></html>
"""


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_reader_changes_to_arabic_and_finds_the_consultation(
    site: str, open_page: Any, *, scripts: bool
) -> None:
    page = open_page(site, java_script_enabled=scripts, locale="en-GB")
    page.get_by_role("link", name="العربية").click()
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.get_by_role("link", name="مثال").click()
    page.wait_for_url("**/consultations/example/**")
    assert page.locator("html").get_attribute("lang") == "ar"
    assert page.get_by_role("heading", level=1).inner_text() == "مثال"


def test_report_keeps_its_styles_and_runs_nothing(
    site: str, stored_run: Run, browser: Browser, signed_in: Any, bruno: User
) -> None:
    """The report holds a script and an inline style; its policy lets only its own style block through."""
    (stored_run.folder / "report.html").write_text(HOSTILE, encoding="utf-8")
    context = browser.new_context(**signed_in(bruno))
    page = context.new_page()
    page.goto(f"{site}/consultations/example/files/report.html")
    assert page.locator("h1").evaluate("node => getComputedStyle(node).color") == "rgb(1, 2, 3)"
    assert page.locator("#bad").inner_text() == "Text"
    assert page.locator("#bad").evaluate("node => getComputedStyle(node).color") != "rgb(9, 9, 9)"
    assert page.evaluate("self.origin") == "null"
    context.close()


@pytest.mark.parametrize(("language", "scheme"), [("en", "dark"), ("ar", "light")])
@pytest.mark.parametrize("path", PAGES)
def test_page_is_accessible(
    site: str, browser: Browser, axe: Any, *, path: str, language: str, scheme: Any
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{site}{path}?lang={language}")
    results = axe.run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_page_is_light(site: str, browser: Browser, path: str) -> None:
    """At most 60 KB over the line, with everything the page loads."""
    assert weight(browser, f"{site}{path}") <= MOST_BYTES


def test_keyboard_reaches_the_content_first(site: str, open_page: Any) -> None:
    page = open_page(site)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_first_officer_signs_in_and_adds_a_second_factor(site: str, open_page: Any, settings: Any) -> None:
    from colloquia.accounts import services
    from colloquia.accounts.models import User

    settings.SECOND_FACTOR_REQUIRED = True
    token = services.issue_link(user=None)
    page = open_page(f"{site}/accounts/link/{token}/")
    page.get_by_label("E-mail address").fill("bruno@secretariat.example")
    page.get_by_role("button", name="Become the first officer").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Add a second factor"
    page.get_by_role("link", name="Use an authenticator app").click()
    assert page.locator("img[src^='data:image/svg']").evaluate("image => image.naturalWidth > 0") is True
    assert User.objects.get().is_officer is True
