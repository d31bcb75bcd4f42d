"""The last stage of a consultation in Chromium: written without scripts, and as the public reads it."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from colloquia.outcomes.models import Sentence
from tests.e2e.conftest import axe, open_page, signed_in
from tests.e2e.weight import MOST_BYTES, weight

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from colloquia.accounts.models import User
    from colloquia.consultations.models import Run
    from colloquia.engines.bulk import PassageRow
    from colloquia.outcomes.models import Revision

__all__ = ["axe", "open_page", "signed_in"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HERE = "/consultations/example"


def test_a_summary_is_written_reviewed_signed_and_read(
    live_server: Any,
    open_page: Any,
    signed_in: Callable[[User], dict[str, Any]],
    signed_run: Run,
    passages: list[PassageRow],
    bruno: User,
    olga: User,
) -> None:
    editor = f"{live_server.url}{HERE}/summary/edit/?run=1&language=en"
    page = open_page(editor, java_script_enabled=False, **signed_in(bruno))
    page.get_by_role("button", name="Begin the summary").click()
    page.get_by_text("Write a sentence under IP-08.q1").click()
    form = page.locator("details[open] form")
    form.get_by_label("Sentence").fill("Permission is asked for before training.")
    form.get_by_role("button", name="Keep the sentence").click()
    assert "cites no passage and cannot be published" in page.locator("main").inner_text()
    page.get_by_role("link", name="Cite a passage for sentence 1").click()
    page.get_by_role("searchbox").fill("permission")
    page.get_by_role("button", name="Look for passages").click()
    page.get_by_role("link", name="Choose words of").first.click()
    words = page.get_by_label("Words that are quoted")
    words.fill(words.input_value()[:40])
    page.get_by_role("button", name="Cite these words").click()
    assert Sentence.objects.get().citations.count() == 1
    page.get_by_role("button", name="I have reviewed this summary").click()
    assert "You reviewed this summary" in page.locator("main").inner_text()
    second = open_page(editor, java_script_enabled=False, **signed_in(olga))
    second.get_by_role("button", name="Sign and publish").click()
    public = open_page(f"{live_server.url}{HERE}/summary/", java_script_enabled=False)
    public.get_by_role("link", name="Passage 1").click()
    public.locator("#n1 a.permanent").click()
    assert "Cited in the summary" in public.locator("main").inner_text()


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 390)])
def test_pages_are_accessible_and_light(
    live_server: Any,
    browser: Browser,
    axe: Any,
    signed_in: Callable[[User], dict[str, Any]],
    told: Revision,
    bruno: User,
    language: str,
    width: int,
) -> None:
    public = ("/summary/", "/outcomes/", "/revision/")
    office = ("/summary/edit/", "/outcomes/edit/")
    for person, pages in ((None, public), (bruno, office)):
        options: dict[str, Any] = {"viewport": {"width": width, "height": 800}}
        context = browser.new_context(**options, **(signed_in(person) if person else {}))
        page = context.new_page()
        for name in pages:
            page.goto(f"{live_server.url}{HERE}{name}?lang={language}")
            page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")
            found = axe.run(page)
            assert found.violations_count == 0, f"{name} {found.generate_report()}"
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            if folder := os.environ.get("LOOK_AT_PAGES"):
                page.screenshot(
                    path=f"{folder}/{name.strip('/').replace('/', '-')}-{language}.png", full_page=True
                )
        context.close()
    if language == "en":
        assert weight(browser, f"{live_server.url}{HERE}/outcomes/") <= MOST_BYTES
