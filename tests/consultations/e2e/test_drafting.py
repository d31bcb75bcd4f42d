"""Officers ask a model for drafts in Chromium, without scripts, read what they rest on, and decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from colloquia.accounts.models import User
from colloquia.consultations.models import Draft, DraftRequest, Run, ThemeInEffect
from colloquia.consultations.services import drafting
from colloquia.drafting_settings import DraftingSettings
from tests.consultations.test_drafting import NAME, ask, themes_of, whole_quotes, whole_sentences
from tests.e2e.weight import MOST_BYTES, weight
from tests.stand_in import StandIn, fails

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DRAFTS = "/consultations/example/drafts/"
SignedIn = Callable[[User], dict[str, Any]]


@pytest.fixture
def desk(site: str, open_page: Any, signed_in: SignedIn, bruno: User) -> Callable[..., Page]:
    """Opens a page for an officer whose browser runs no scripts."""

    def at(address: str, **options: Any) -> Page:
        page: Page = open_page(f"{site}{address}", java_script_enabled=False, **signed_in(bruno), **options)
        return page

    return at


def test_a_name_is_asked_for_edited_and_accepted(desk: Any, stored_run: Run, settings: Any) -> None:
    theme = themes_of(stored_run)[0]
    with StandIn(whole_quotes) as server:
        settings.DRAFTING = DraftingSettings(server.url, "small")
        page = desk(f"/consultations/example/themes/{theme.theme_id}/")
        page.get_by_role("link", name="Propose a name").click()
        assert "do not leave it" in page.locator("main").inner_text()
        assert server.requests == []
        page.get_by_role("button", name="Send the passages to").click()
        page.wait_for_url(f"**{DRAFTS}*")
        assert "Waiting to begin" in page.locator("main").inner_text()
        drafting.perform(DraftRequest.objects.get().pk)
    page.reload()
    assert page.get_by_role("heading", name=NAME).count() == 1
    page.get_by_label("Wording to keep").fill("Asking before training")
    page.get_by_role("button", name="Accept").click()
    page.wait_for_url(f"**{DRAFTS}*")
    assert "No draft waits for a decision." in page.locator("main").inner_text()
    assert (
        ThemeInEffect.objects.get(run=stored_run, theme_id=theme.theme_id).label == "Asking before training"
    )


def test_sentences_for_chosen_themes_are_refused_with_a_reason(
    desk: Any, stored_run: Run, settings: Any
) -> None:
    question = themes_of(stored_run)[0].question_id
    names = [row.theme_id for row in themes_of(stored_run) if row.question_id == question]
    with StandIn(whole_sentences) as server:
        settings.DRAFTING = DraftingSettings(server.url, "small")
        page = desk(f"/consultations/example/questions/{question}/")
        for name in names[:2]:
            page.locator(f"input[name=theme][value='{name}']").check()
        page.get_by_role("button", name="Propose summary sentences").click()
        page.get_by_role("button", name="Send the passages to").click()
        drafting.perform(DraftRequest.objects.get().pk)
    page = desk(DRAFTS)
    first = page.locator("article.draft").first
    first.get_by_label("Reason, where it is refused").fill("It says too much.")
    first.get_by_role("button", name="Refuse").click()
    page.get_by_role("link", name="Refused").click()
    assert "It says too much." in page.locator("main").inner_text()
    assert Draft.objects.filter(status="refused").count() == 1


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    "path",
    [
        DRAFTS,
        f"{DRAFTS}?show=accepted",
        f"{DRAFTS}ask/?kind=sentence&question=IP-08.q1",
        f"{DRAFTS}{{number}}/",
        "/consultations/example/questions/IP-08.q1/",
    ],
)
def test_pages_are_accessible(
    site: str,
    browser: Browser,
    axe: Any,
    signed_in: SignedIn,
    bruno: User,
    stored_run: Run,
    settings: Any,
    *,
    path: str,
    language: str,
) -> None:
    ask(settings, stored_run, bruno, whole_quotes)
    ask(settings, stored_run, bruno, whole_sentences, fails(401), kind="sentence", themes=[
        theme.theme_id for theme in themes_of(stored_run)[:2]
    ])  # fmt: skip
    path = path.format(number=Draft.objects.earliest("pk").pk)
    context = browser.new_context(viewport={"width": 390, "height": 800}, **signed_in(bruno))
    page = context.new_page()
    page.goto(f"{site}{path}{'&' if '?' in path else '?'}lang={language}")
    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")
    results = axe.run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True
    context.close()


def test_the_page_is_light(
    site: str, browser: Browser, signed_in: SignedIn, bruno: User, stored_run: Run, settings: Any
) -> None:
    names = [theme.theme_id for theme in themes_of(stored_run)]
    ask(settings, stored_run, bruno, whole_quotes, themes=names)
    assert weight(browser, f"{site}{DRAFTS}", **signed_in(bruno)) <= MOST_BYTES


def test_strangers_are_refused(site: str, open_page: Any, signed_in: SignedIn, chen: User) -> None:
    page = open_page(f"{site}{DRAFTS}")
    assert "/accounts/login/" in page.url
    refused = page.context.request.get(f"{site}{DRAFTS}", max_redirects=0)
    assert refused.status == 302
    context = page.context.browser.new_context(**signed_in(chen))
    assert context.request.get(f"{site}{DRAFTS}").status == 403
    context.close()
