"""Officers read a batch and code a sample in Chromium: by keyboard, without scripts, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from colloquia.accounts.models import User
from colloquia.consultations.models import Batch, Coding, ReadMark, Run, Sample
from colloquia.consultations.services.batches import Draw, make_batches
from colloquia.consultations.services.double_coding import code, draw_sample, finish
from colloquia.engines.bulk.readers import Wish
from tests.e2e.weight import MOST_BYTES, weight

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HERE = "/consultations/example"
QUESTION = "IP-08.q1"
SignedIn = Callable[[User], dict[str, Any]]


@pytest.fixture
def desk(site: str, open_page: Any, signed_in: SignedIn, bruno: User) -> Callable[..., Page]:
    """Opens a page for an officer whose browser runs no scripts."""

    def at(address: str, by: User = bruno, **options: Any) -> Page:
        page: Page = open_page(f"{site}{address}", java_script_enabled=False, **signed_in(by), **options)
        return page

    return at


@pytest.fixture
def batch(stored_run: Run, bruno: User) -> Batch:
    """Three submissions for Bruno."""
    draw = Draw(Wish(), each=3, order="received")
    return make_batches(run=stored_run, draw=draw, readers=[bruno], by=bruno).batches[0]


@pytest.fixture
def sample(stored_run: Run, bruno: User, olga: User) -> Sample:
    """Two passages for Bruno and Olga."""
    return draw_sample(run=stored_run, question_id=QUESTION, size=2, seed=1, coders=[bruno, olga], by=bruno)


def test_from_the_filters_of_a_list_to_a_batch_that_is_read(desk: Any, bruno: User) -> None:
    page = desk(f"{HERE}/reading/batches/")
    page.get_by_role("link", name="Make new batches").click()
    page.get_by_label("Language", exact=True).select_option("fr")
    page.get_by_role("button", name="Show").click()
    assert "2 submissions match these filters." in page.locator("main").inner_text()
    page.get_by_label("Bruno").check()
    page.get_by_label("In order of receipt").check()
    page.get_by_role("button", name="Make the batches").click()
    assert "1 batch was made; 2 submissions in all." in page.locator(".messages").inner_text()
    page.get_by_role("link", name="Workspace").click()
    page.get_by_role("link", name="Batch 1").click()
    page.get_by_role("link", name="Go on reading").click()
    assert "Toute utilisation d'une œuvre" in page.locator("main").inner_text()
    page.get_by_role("button", name="Mark as read and go on").click()
    assert "Une image produite par une machine seule" in page.locator("main").inner_text()
    page.get_by_role("link", name="Back", exact=True).click()
    assert "You have marked this submission as read." in page.locator("main").inner_text()
    page.get_by_role("link", name="Go on", exact=True).click()
    page.get_by_role("button", name="Mark as read and go on").click()
    assert "You have read all of this batch." in page.locator("main").inner_text()
    assert ReadMark.objects.filter(reader=bruno).count() == 2


def test_a_batch_is_read_by_keyboard_alone(desk: Any, batch: Batch, bruno: User) -> None:
    page = desk(f"{HERE}/reading/1/1/")
    link = page.get_by_role("link", name="To the button below the text")
    for _ in range(40):
        page.keyboard.press("Tab")
        if link.evaluate("node => node === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Mark as read and go on"
    page.keyboard.press("Enter")
    page.wait_for_url("**/reading/1/2/")
    assert ReadMark.objects.get().submission_id == "S-2026-00001"


def test_a_sample_is_coded_and_the_agreement_shown(
    desk: Any, sample: Sample, bruno: User, olga: User
) -> None:
    for name in sample.passages:
        code(sample=sample, by=olga, passage_id=name, themes=[])
    finish(sample=sample, by=olga)
    page = desk("/workspace/")
    page.get_by_role("link", name="Sample 1").click()
    assert "Nobody sees a code of anybody" in page.locator("main").inner_text()
    page.get_by_role("link", name="Begin coding").click()
    page.get_by_label("None of these").check()
    page.get_by_role("button", name="Keep and go on").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Passage 2 of 2"
    page.locator("input[name=themes]").first.check()
    page.get_by_role("button", name="Keep and go on").click()
    page.get_by_role("button", name="I have finished").click()
    assert "All coders have finished." in page.locator(".messages").inner_text()
    assert "Agreement on sample 1" in page.locator("main").inner_text()
    page.get_by_role("link", name=f"Decide on {sample.passages[1]}").click()
    page.wait_for_url("**/correct/move/*")
    assert sample.passages[1] in page.locator("main").inner_text()
    assert Coding.objects.filter(coder=bruno).count() == 2


PAGES = [
    "/workspace/",
    f"{HERE}/reading/",
    f"{HERE}/reading/batches/",
    f"{HERE}/reading/batches/new/",
    f"{HERE}/reading/1/",
    f"{HERE}/reading/1/1/",
    f"{HERE}/reading/queue/",
    f"{HERE}/reading/samples/",
    f"{HERE}/reading/samples/new/",
    f"{HERE}/reading/samples/1/",
    f"{HERE}/reading/samples/2/",
    f"{HERE}/reading/samples/2/1/",
    f"{HERE}/sign/",
    f"{HERE}/method/",
]


@pytest.fixture
def everything(batch: Batch, sample: Sample, stored_run: Run, bruno: User, olga: User) -> None:
    """A sample that is closed, and one that is being coded."""
    for person in (bruno, olga):
        for name in sample.passages:
            code(
                sample=sample, by=person, passage_id=name, themes=[f"{QUESTION}.t1"] if person == olga else []
            )
        finish(sample=sample, by=person)
    draw_sample(run=stored_run, question_id=QUESTION, size=2, seed=2, coders=[bruno, olga], by=bruno)


@pytest.mark.parametrize(("language", "width"), [("en", 1200), ("ar", 380)])
def test_pages_are_accessible(
    language: str,
    width: int,
    site: str,
    open_page: Any,
    axe: Any,
    signed_in: SignedIn,
    bruno: User,
    everything: None,
) -> None:
    viewport = {"width": width, "height": 800}
    page = open_page(f"{site}/?lang={language}", viewport=viewport, **signed_in(bruno))
    found = []
    for address in PAGES:
        page.goto(f"{site}{address}")
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        found += [(address, item["id"]) for item in axe.run(page).response["violations"]]
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert (address, page.evaluate(wide)) == (address, 0)
    assert found == []


def test_pages_are_light(
    browser: Browser, site: str, signed_in: SignedIn, bruno: User, everything: None
) -> None:
    heavy = {
        address: size
        for address in PAGES
        if (size := weight(browser, f"{site}{address}", **signed_in(bruno))) > MOST_BYTES
    }
    assert heavy == {}
