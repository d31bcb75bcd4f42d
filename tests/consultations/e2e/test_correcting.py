"""Officers correct in Chromium, without scripts and once by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from typing import TYPE_CHECKING, Any

import pytest

from colloquia.accounts.models import User
from colloquia.consultations.models import Correction, Run
from colloquia.consultations.queries import bulk_of
from tests.e2e.weight import MOST_BYTES, weight

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Q8 = "IP-08.q1"
ONE, TWO = f"{Q8}.t1", f"{Q8}.t2"
QUESTION = f"/consultations/example/questions/{Q8}/"
THEME = f"/consultations/example/themes/{ONE}/"
SignedIn = Callable[[User], dict[str, Any]]


@pytest.fixture
def desk(site: str, open_page: Any, signed_in: SignedIn, bruno: User) -> Callable[..., Page]:
    """Opens a page for an officer whose browser runs no scripts."""

    def at(address: str, by: User = bruno, **options: Any) -> Page:
        page: Page = open_page(f"{site}{address}", java_script_enabled=False, **signed_in(by), **options)
        return page

    return at


def test_merge_and_undo_from_the_message(desk: Any) -> None:
    page = desk(QUESTION)
    page.locator(f"input[name=theme][value='{ONE}']").check()
    page.locator(f"input[name=theme][value='{TWO}']").check()
    page.get_by_role("button", name="Merge", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "Merge themes"
    assert "merged into" in page.locator("#table-changes").inner_text()
    page.get_by_label("Label").fill("Training needs permission")
    page.get_by_role("button", name="Merge", exact=True).click()
    page.wait_for_url(f"**{QUESTION}*")
    assert "Training needs permission" in page.locator("#themes-table").inner_text()
    assert TWO not in page.locator("#themes-table").inner_text()
    page.locator(".messages").get_by_role("link", name="Undo").click()
    assert "stands by itself again" in page.locator("#table-changes").inner_text()
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url(f"**{QUESTION}*")
    assert TWO in page.locator("#themes-table").inner_text()
    assert Correction.objects.get().undone_at is not None


def test_split_by_the_programs_proposal(desk: Any) -> None:
    page = desk(THEME)
    page.get_by_role("link", name="Split, merge or group").click()
    page.get_by_role("button", name="Split the theme").click()
    page.get_by_role("button", name="Let the program propose").click()
    page.get_by_label("Label").first.fill("A part of it")
    page.locator("input[name='part-2-keep']").first.uncheck()
    page.get_by_role("button", name="Split the theme").click()
    page.wait_for_url(f"**{THEME}*")
    assert "Made out of" in page.locator(".messages").inner_text()
    assert Correction.objects.get().values["parts"][0]["label"] == "A part of it"


def test_move_passages_and_see_them_there(desk: Any, stored_run: Run) -> None:
    name = bulk_of(stored_run).passages(question=Q8, theme=ONE, limit=1)[0][0].passage_id
    page = desk(THEME)
    page.locator(f"input[name=passage][value='{name}']").check()
    page.get_by_role("button", name="Move to another theme").click()
    page.get_by_label("Theme").select_option(value=TWO)
    page.get_by_role("button", name="Show what will change").click()
    assert page.locator("#table-changes tbody tr").count() == 2
    page.get_by_role("button", name="Move", exact=True).click()
    page.wait_for_url(f"**{THEME}*")
    assert page.locator(f"input[name=passage][value='{name}']").count() == 0
    page.goto(page.url.replace(ONE, TWO))
    assert page.locator(f"input[name=passage][value='{name}']").count() == 1


def test_two_officers_at_once_the_second_is_told_and_decides(
    desk: Any, browser: Browser, site: str, signed_in: SignedIn, amara: User
) -> None:
    amara.is_officer = True
    amara.save()
    first = desk(QUESTION)
    # A browser of its own: the console speaks of the answer 409, which is what is looked for here.
    second = browser.new_context(java_script_enabled=False, **signed_in(amara)).new_page()
    second.goto(f"{site}{QUESTION}")
    for page in (first, second):
        page.locator(f"input[name=theme][value='{ONE}']").check()
        page.get_by_role("button", name="Rename", exact=True).click()
    first.get_by_label("Label").fill("What Bruno called it")
    first.get_by_role("button", name="Rename", exact=True).click()
    second.get_by_label("Label").fill("What Amara calls it")
    second.get_by_label("Reason").fill("It says more")
    second.get_by_role("button", name="Rename", exact=True).click()
    told = second.locator(".conflict").inner_text()
    assert "Bruno" in told
    assert "What Bruno called it" in told
    assert second.get_by_label("Label").input_value() == "What Amara calls it"
    assert second.get_by_label("Reason").input_value() == "It says more"
    second.get_by_role("button", name="Do mine as well, knowing this").click()
    second.wait_for_url(f"**{QUESTION}*")
    assert "What Amara calls it" in second.locator("#themes-table").inner_text()
    assert list(Correction.objects.order_by("number").values_list("by__name", flat=True)) == [
        "Bruno",
        "Amara",
    ]


def test_keyboard_alone(desk: Any) -> None:
    page = desk(QUESTION)
    for name in (ONE, TWO):
        page.locator(f"input[name=theme][value='{name}']").focus()
        page.keyboard.press("Space")
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.locator("button:focus").count() and page.locator("button:focus").inner_text() == "Merge":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/correct/merge/**")
    page.get_by_label("Label").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{QUESTION}*")
    assert Correction.objects.get().kind == "merge"


def pages_of(run: Run) -> dict[str, str]:
    names = [row.passage_id for row in bulk_of(run).passages(question=Q8, theme=ONE, limit=2)[0]]
    chosen = f"?question={Q8}&of={ONE}&passage={names[0]}&passage={names[1]}"
    themes = f"?question={Q8}&theme={ONE}"
    base = "/consultations/example/correct/"
    return {
        "choose": f"{base}{chosen}",
        "rename": f"{base}rename/{themes}",
        "merge": f"{base}merge/{themes}&theme={TWO}",
        "target": f"{base}move/{chosen}",
        "move": f"{base}move/{chosen}&to={TWO}",
        "answer": f"{base}answer/{chosen}",
        "split": f"{base}split/parts/{themes}",
        "parts": f"{base}split/parts/{themes}&parts=2&step=propose",
        "examples": f"{base}split/parts/{themes}&parts=2&step=examples",
        "history": "/consultations/example/corrections/",
        "undo": "/consultations/example/corrections/1/undo/",
    }


def test_pages_are_accessible_light_and_fit_a_phone(
    site: str,
    stored_run: Run,
    open_page: Any,
    signed_in: SignedIn,
    axe: Any,
    bruno: User,
    browser: Browser,
) -> None:
    """English and Arabic in turn: the pages share their pieces, so that each piece is seen in both."""
    from colloquia.consultations import services

    services.rename_theme(run=stored_run, theme=TWO, label="Another label", by=bruno, seen=0, note="Why")
    stored_run.refresh_from_db()
    options = signed_in(bruno)
    for (name, address), language in zip(pages_of(stored_run).items(), cycle(["en", "ar"]), strict=False):
        where = f"{site}{address}{'&' if '?' in address else '?'}lang={language}"
        page = open_page(where, **options, viewport={"width": 360, "height": 780})
        assert page.locator("html").get_attribute("lang") == language
        broken = axe.run(page).response["violations"]
        assert [(item["id"], item["nodes"][0]["html"]) for item in broken] == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth") is True, name
        assert weight(browser, where, **options) <= MOST_BYTES, name
        page.context.close()
