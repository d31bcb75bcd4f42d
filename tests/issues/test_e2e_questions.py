"""The questions in a real browser: accessible in both languages and schemes, light, without a script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from colloquia.accounts.models import User
from colloquia.issues import services
from colloquia.issues.models import PaperImport, PaperVersion
from tests.engines.papers.documents import official
from tests.issues.conftest import CONTENT, SLUG

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_BYTES = 60 * 1024
PAGES = (
    "/papers/",
    f"/papers/{SLUG}/",
    f"/papers/{SLUG}/revised-2020/",
    f"/papers/{SLUG}/compare/",
    "/issues/IP-08/",
    "/questions/IP-08.q1/",
    "/questions/IP-08.q2/?version=draft-2019",
    "/questions/IP-99.q1/",
)
LOOKS = [("en", "light", 1200), ("ar", "light", 390), ("en", "dark", 390), ("ar", "dark", 1200)]


@pytest.fixture(scope="session")
def axe() -> Any:
    """The accessibility checker."""
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


@pytest.fixture
def site(live_server: Any) -> str:
    """A running site with the starter set."""
    services.load_starter(CONTENT)
    return str(live_server.url)


def as_officer(context: BrowserContext, site: str, person: User) -> None:
    """Sign the browser in."""
    client = Client()
    client.force_login(person)
    context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": site}])


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_pages_are_accessible(
    site: str, browser: Browser, axe: Any, *, language: str, scheme: Any, width: int
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()
    for path in PAGES:
        page.goto(f"{site}{path}{'&' if '?' in path else '?'}lang={language}")
        results = axe.run(page)
        assert results.violations_count == 0, f"{path}: {results.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True, path
    context.close()


def test_pages_are_light(site: str, browser: Browser) -> None:
    """At most 60 KB over the line, with everything a page loads."""
    for path in PAGES:
        context = browser.new_context()
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        received: list[float] = []
        session.on(
            "Network.loadingFinished", lambda event, sizes=received: sizes.append(event["encodedDataLength"])
        )
        page.goto(f"{site}{path}", wait_until="networkidle")
        assert len(received) >= 2
        assert sum(received) <= MOST_BYTES, f"{path}: {sum(received)}"
        context.close()


def test_reader_finds_a_question_without_scripts(site: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(site)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Questions").click()
    page.get_by_role("link", name="Revised Issues Paper").first.click()
    page.get_by_role("link", name="IP-08.q1").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Is unauthorised use of works")
    page.get_by_role("link", name="Draft 2019").first.click()
    assert page.locator(".eyebrow").inner_text().split() == ["IP-08.q1", "Issue", "7"]
    page.get_by_role("link", name="Arabic").click()
    assert page.get_by_role("heading", level=1).get_attribute("lang") == "ar"
    context.close()


def test_officer_imports_a_word_file(
    site: str, browser: Browser, axe: Any, bruno: User, tmp_path: Path
) -> None:
    """Send, look, decide one place, confirm; the page shows the official text with its paragraph."""
    path = official(tmp_path / "paper.docx")
    context = browser.new_context(locale="en-GB")
    as_officer(context, site, bruno)
    page = context.new_page()
    page.goto(f"{site}/papers/imports/new/")
    assert axe.run(page).violations_count == 0
    page.get_by_label("File", exact=True).set_input_files(path)
    page.get_by_label("Address of the paper").fill(SLUG)
    page.get_by_label("Key of the version").fill("revised-2020")
    page.get_by_role("button", name="Read the file").click()
    assert page.get_by_role("heading", name="What would be made").count() == 1
    results = axe.run(page)
    assert results.violations_count == 0, results.generate_report()
    assert PaperVersion.objects.filter(is_authentic=True).count() == 0
    page.get_by_label("Another id for i2.q2").fill("IP-08.q4")
    page.get_by_role("button", name="Keep my choices and show again").click()
    page.get_by_role("button", name="Import exactly this").click()
    assert PaperImport.objects.get().state == "imported"
    page.goto(f"{site}/questions/IP-08.q4/")
    assert page.get_by_role("heading", level=1).inner_text() == "Should an exception be made for research?"
    assert page.get_by_text("Official text, imported from the document by an officer.").count() == 1
    assert page.locator(".particulars").get_by_text("3(ii)").count() == 1
    context.close()


def test_printed_question_keeps_its_grade(site: str, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}/questions/IP-08.q1/")
    page.emulate_media(media="print")
    assert page.get_by_text("Not the official text.").first.is_visible() is True
    assert page.locator(".trail").is_visible() is False
    context.close()
