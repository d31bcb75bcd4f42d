"""The pattern library in a real browser: accessible, in both directions, wide, narrow and spaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.weight import weight

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Samples stand twice on the page, so their landmarks do too.
OPTIONS = {"rules": {"landmark-unique": {"enabled": False}}}
SPACED = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
    " p { margin-block-end: 2em !important; }"
)
STYLE_SHEET_BYTES = 9 * 1024


def look(browser: Browser, address: str, **options: Any) -> Page:
    page = browser.new_context(**options).new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("ar", "dark")])
def test_every_piece_is_accessible(
    live_server: Any, browser: Browser, axe: Any, language: str, scheme: Any
) -> None:
    page = look(browser, f"{live_server.url}/patterns?lang={language}", color_scheme=scheme)
    results = axe.run(page, options=OPTIONS)
    assert results.violations_count == 0, results.generate_report()
    page.context.close()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_piece_is_wider_than_the_screen(
    live_server: Any, browser: Browser, language: str, width: int
) -> None:
    """320 CSS pixels are a screen of 1280 at 400 per cent."""
    page = look(
        browser, f"{live_server.url}/patterns?lang={language}", viewport={"width": width, "height": 800}
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True
    page.context.close()


def test_spaced_text_is_not_cut(live_server: Any, browser: Browser) -> None:
    """With the spacing of WCAG 1.4.12, nothing is wider than its screen or higher than its box."""
    page = look(
        browser,
        f"{live_server.url}/patterns?lang=en",
        viewport={"width": 360, "height": 800},
        bypass_csp=True,
    )
    page.add_style_tag(content=SPACED)
    cut = page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(node => {
            const style = getComputedStyle(node);
            return style.overflowY === 'hidden' && node.scrollHeight > node.clientHeight + 1
                && !node.classList.contains('hidden') && node.tagName !== 'svg';
        }).map(node => node.outerHTML.slice(0, 80))"""
    )
    assert cut == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True
    page.context.close()


def test_targets_are_large_enough(live_server: Any, browser: Browser) -> None:
    """At least 24 by 24 CSS pixels for what stands alone; links inside a sentence are excepted."""
    page = look(browser, f"{live_server.url}/patterns?lang=en", viewport={"width": 1280, "height": 800})
    small = page.evaluate(
        """() => [...document.querySelectorAll(
            'button, .button, input, select, textarea, summary, nav a, .chips a'
        )].map(node => [node.outerHTML.slice(0, 80), node.getBoundingClientRect()])
          .filter(([, box]) => box.width && (box.width < 24 || box.height < 23.9))
          .map(([html]) => html)"""
    )
    assert small == []
    page.context.close()


def test_bars_begin_where_the_reader_begins(live_server: Any, browser: Browser) -> None:
    page = look(browser, f"{live_server.url}/patterns?lang=en")
    flipped = "node => getComputedStyle(node).transform"
    assert page.locator("#funnel [dir=ltr] .bar").first.evaluate(flipped) == "none"
    assert page.locator("#funnel [dir=rtl] .bar").first.evaluate(flipped) == "matrix(-1, 0, 0, 1, 0, 0)"
    page.context.close()


def test_filters_are_folded_on_a_telephone_and_open_elsewhere(live_server: Any, browser: Browser) -> None:
    for width, seen in ((360, False), (1280, True)):
        page = look(browser, f"{live_server.url}/patterns", viewport={"width": width, "height": 800})
        assert page.locator("#none-en-language").is_visible() is seen
        page.context.close()


def test_page_without_scripts_filters_a_list(live_server: Any, browser: Browser) -> None:
    page = look(
        browser,
        f"{live_server.url}/patterns",
        java_script_enabled=False,
        viewport={"width": 1280, "height": 800},
    )
    page.locator("#none-en-language").select_option("fr")
    page.locator("#filter_bar form").first.get_by_role("button", name="Show").click()
    assert page.url.endswith("?q=&language=fr&since=")
    page.context.close()


def test_forms_are_printed_without_controls_and_with_the_address(live_server: Any, browser: Browser) -> None:
    page = look(browser, f"{live_server.url}/patterns?lang=en")
    page.emulate_media(media="print")
    assert page.locator("#officers .officers").first.is_visible() is False
    assert page.locator("#filter_bar details").first.is_visible() is False
    assert page.locator("#filter_bar .chips").first.is_visible() is True
    assert page.locator("footer .print-only").is_visible() is True
    page.context.close()


def test_style_sheet_is_small(live_server: Any, browser: Browser) -> None:
    import gzip
    import urllib.request

    with urllib.request.urlopen(f"{live_server.url}/static/colloquia/site.css") as answer:
        assert len(gzip.compress(answer.read())) <= STYLE_SHEET_BYTES


def test_weight_of_a_page_counts_what_it_loads(live_server: Any, browser: Browser) -> None:
    """The home page and its style sheet weigh more than the page alone, and the icon is not free."""
    whole = weight(browser, f"{live_server.url}/")
    assert 6 * 1024 < whole < 60 * 1024
    with pytest.raises(AssertionError, match="no style sheet"):
        weight(browser, f"{live_server.url}/robots.txt")
