"""Organisations in Chromium, without scripts: proposals answered, merged, split; light and accessible."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from colloquia.accounts.models import User
from colloquia.consultations.models import OrganisationDecision, Run
from colloquia.consultations.models.organisations import OrganisationVerdict as Verdict
from colloquia.consultations.queries.organisations import organisations_bulk
from colloquia.consultations.services.organisations import Choice, decide_one
from tests.consultations.named import KESTREL, KESTREL_SLIP, OTTER, OTTER_SLIP, named_folder, named_run
from tests.e2e.weight import MOST_BYTES, weight

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["named_folder", "named_run"]
LIST = "/consultations/example/organisations/"
SignedIn = Callable[[User], dict[str, Any]]


@pytest.fixture
def site(live_server: Any, named_run: Run) -> str:
    """A running site with the run in which bodies stand under several names."""
    return str(live_server.url)


@pytest.fixture
def desk(site: str, open_page: Any, signed_in: SignedIn, bruno: User) -> Callable[..., Page]:
    """Opens a page for an officer whose browser runs no scripts."""

    def at(address: str, **options: Any) -> Page:
        page: Page = open_page(f"{site}{address}", java_script_enabled=False, **signed_in(bruno), **options)
        return page

    return at


def written(run: Run, name: str) -> str:
    bulk = organisations_bulk(run)
    return next(row.key for key in bulk.named(name) for row in bulk.written([key]) if row.name == name)


def test_proposals_are_answered_and_taken_back(desk: Any) -> None:
    page = desk(LIST)
    page.get_by_role("link", name="Answer").click()
    card = page.get_by_role("article").filter(has_text="kestrelpress.example").first
    card.get_by_label("The same organisation").check()
    card.get_by_label("If the same, shown as").select_option("Kestrel Press Ltd")
    page.get_by_role("button", name="Save these answers").click()
    assert "1 decision was made." in page.locator(".messages").inner_text()
    assert page.get_by_role("article").filter(has_text="kestrelpress.example").count() == 0
    page.goto(page.url.split("proposals")[0])
    page.get_by_role("link", name="Decisions made").click()
    page.get_by_role("link", name="Undo number 1").click()
    page.get_by_role("button", name="Undo").click()
    assert "The decision was taken back" in page.locator(".messages").inner_text()
    assert OrganisationDecision.objects.get().undone_at is not None


def test_chosen_ones_are_merged_and_a_name_is_taken_out_by_keyboard(desk: Any, named_run: Run) -> None:
    page = desk(f"{LIST}?name=otter")
    for name in ("Otter Songwriters Unoin", "Otter Songwriters Union Uganda"):
        page.get_by_label(name).focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Merge the chosen ones").press("Enter")
    page.get_by_label("Another name").fill("Otter Union")
    page.get_by_role("button", name="Merge", exact=True).press("Enter")
    assert page.get_by_role("heading", level=1).inner_text() == "Otter Union"
    page.get_by_role("link", name="Take names out").click()
    page.get_by_label("Otter Songwriters Unoin").first.check()
    page.get_by_label("Another name").fill("The other one")
    page.get_by_role("button", name="Take these names out").click()
    assert page.get_by_role("heading", level=1).inner_text() == "The other one"
    assert list(OrganisationDecision.objects.values_list("verdict", "name")) == [
        ("same", "Otter Union"), ("split", "The other one"),
    ]  # fmt: skip


def pages(run: Run) -> dict[str, str]:
    key = written(run, "Kestrel Pres")
    return {
        "list": LIST,
        "one": f"{LIST}{key}/",
        "proposals": f"{LIST}proposals/",
        "parts": f"{LIST}proposals/?kind=part",
        "decisions": f"{LIST}decisions/",
        "undo": f"{LIST}decisions/1/undo/",
        "merge": f"{LIST}merge/?organisation={key}&add=Heron+University",
        "unknown": f"{LIST}merge/?organisation={key}&add=Nobody",
        "split": f"{LIST}{key}/split/",
        "settings": "/consultations/example/settings/",
    }


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_are_accessible_in_both_languages(
    site: str, open_page: Any, axe: Any, signed_in: SignedIn, bruno: User, named_run: Run, language: str
) -> None:
    decide_one(run=named_run, choice=Choice(Verdict.SAME, (KESTREL, KESTREL_SLIP), "K"), by=bruno, seen=0)
    page = open_page(f"{site}/?lang={language}", **signed_in(bruno))
    for name, address in pages(named_run).items():
        page.goto(f"{site}{address}{'&' if '?' in address else '?'}lang={language}")
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        found = axe.run(page)
        broken = [
            (one["id"], [node["html"] for node in one["nodes"]]) for one in found.response["violations"]
        ]
        assert broken == [], name
        page.set_viewport_size({"width": 320, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
        page.set_viewport_size({"width": 1280, "height": 800})


def test_refused_answers_are_accessible_too(
    site: str, browser: Browser, axe: Any, signed_in: SignedIn, bruno: User, amara: User, named_run: Run
) -> None:
    context = browser.new_context(**signed_in(bruno))
    page = context.new_page()
    page.goto(f"{site}{LIST}proposals/")
    decide_one(run=named_run, choice=Choice(Verdict.SAME, (OTTER, OTTER_SLIP), "O"), by=amara, seen=0)
    for radio in page.get_by_label("The same organisation").all():
        radio.check()
    page.get_by_role("button", name="Save these answers").click()
    assert "not taken" in page.get_by_role("alert").inner_text()
    found = axe.run(page).response["violations"]
    context.close()
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("name", ["list", "one"])
def test_what_readers_open_is_light(browser: Browser, site: str, named_run: Run, name: str) -> None:
    assert weight(browser, f"{site}{pages(named_run)[name]}") <= MOST_BYTES


def test_what_officers_open_is_light(
    browser: Browser, site: str, named_run: Run, signed_in: SignedIn, bruno: User
) -> None:
    address = f"{site}{LIST}proposals/"
    assert weight(browser, address, **signed_in(bruno)) <= MOST_BYTES
