"""The pages of a consultation in Chromium: the way to the evidence, accessible, light, without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from colloquia.accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_BYTES = 60 * 1024
BASE = "/consultations/example/"
PAGES = (
    "/consultations/", BASE, f"{BASE}?stakeholder=Business", f"{BASE}questions/IP-08.q1/",
    f"{BASE}themes/IP-08.q1.t1/", f"{BASE}shared/", f"{BASE}shared/E1/?member=S-2026-00016",
    f"{BASE}shared/M1/", f"{BASE}submissions/", f"{BASE}submissions/S-2026-00010/", f"{BASE}method/",
    f"{BASE}runs/", f"{BASE}compare/", f"{BASE}files/", f"{BASE}nothing/",
)  # fmt: skip
LOOKS = [("en", "dark", 1280), ("ar", "light", 360)]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_reader_goes_from_a_question_to_the_evidence(site: str, open_page: Any, scripts: bool) -> None:
    page = open_page(f"{site}/consultations/", java_script_enabled=scripts, locale="en-GB")
    page.get_by_role("link", name="An example").click()
    page.get_by_role("link", name="Should protected works be used").click()
    assert "Should protected works be used" in page.get_by_role("heading", level=1).inner_text()
    page.locator("table.themes tbody th a").first.click()
    page.locator("figure.quote a.permanent").first.click()
    assert "/submissions/" in page.url
    identifier = page.url.split("#")[1]
    assert page.locator(f"[id='{identifier}']").count() == 1


def test_reader_filters_and_takes_the_filter_away(site: str, open_page: Any) -> None:
    page = open_page(f"{site}{BASE}", locale="en-GB", viewport={"width": 1280, "height": 900})
    page.get_by_label("Business").check()
    page.get_by_role("button", name="Show").click()
    assert "stakeholder=Business" in page.url
    assert "submissions match the filters" in page.locator("main").inner_text()
    page.get_by_role("link", name="Remove the filter Stakeholder group: Business").first.click()
    assert "stakeholder" not in page.url


def test_reader_orders_themes_by_what_matters_to_them(site: str, open_page: Any) -> None:
    page = open_page(f"{site}{BASE}questions/IP-08.q1/", locale="en-GB")
    page.locator("table.themes thead").get_by_role("link", name="Theme", exact=True).click()
    labels = page.locator("table.themes tbody th a").all_inner_texts()
    assert labels == sorted(labels, key=str.casefold)
    assert page.locator("th[aria-sort='ascending']").count() == 1


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
@pytest.mark.parametrize("path", PAGES)
def test_page_is_accessible_and_fits(
    site: str, browser: Browser, axe: Any, *, path: str, language: str, scheme: Any, width: int
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{site}{path}{'&' if '?' in path else '?'}lang={language}")
    results = axe.run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True
    context.close()


@pytest.mark.parametrize("path", [f"{BASE}questions/IP-08.q1/", f"{BASE}submissions/S-2026-00027/"])
def test_officers_view_of_the_page_is_accessible(
    site: str, open_page: Any, axe: Any, signed_in: Any, bruno: User, path: str
) -> None:
    page = open_page(f"{site}{path}", locale="en-GB", **signed_in(bruno))
    assert page.locator("input[form='selection']").count() >= 1
    results = axe.run(page)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("path", [path for path in PAGES if "nothing" not in path])
def test_page_is_light(site: str, browser: Browser, path: str) -> None:
    """At most 60 KB over the line, with everything the page loads."""
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    received: list[float] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(f"{site}{path}", wait_until="networkidle")
    assert len(received) >= 2
    assert sum(received) <= MOST_BYTES
    context.close()
