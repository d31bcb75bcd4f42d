"""The check in a real browser: accessible in both languages, light, and words taken from a selection."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from colloquia.accounts.models import User
from colloquia.submissions.models import RedactionDecision, Submission
from colloquia.submissions.records import AnswerIn, FileIn
from colloquia.submissions.services import sealing
from colloquia.submissions.services.preparing import prepare
from tests.e2e.conftest import axe, open_page, signed_in  # noqa: F401 -- fixtures
from tests.e2e.weight import MOST_BYTES, weight
from tests.submissions.conftest import NAMED

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = (
    "My name is Jane Doe. 𝒜 register helps, says Old Smith and not Smith.\n"
    "اسمي محمد عبد الله، هاتف: ٠٥٠١٢٣٤٥٦٧.\nCall +41 22 338 91 11."
)


@pytest.fixture
def submission(
    receive: Callable[..., Submission], attach: Callable[..., Any], bruno: User, olga: User
) -> Submission:
    """One with findings in two scripts, a sealed part, a hint and a request."""
    content = replace(
        NAMED,
        answers=(
            AnswerIn("XX-01.q1", TEXT, "en"),
            AnswerIn("XX-01.q2", "Sealed.", "en", "confidential", "Trade secret"),
        ),
    )
    other = receive(content)
    received = receive(content, files=(FileIn(attach(), title="Annex"),), channel="mail")
    for each in (other, received):
        prepare(each.pk)
    sealing.ask(submission=received, act="unseal", reason="A complaint.", by=olga)
    return received


def test_pages_of_the_check_are_accessible_and_light(
    live_server: Any,
    browser: Browser,
    submission: Submission,
    bruno: User,
    open_page: Any,  # noqa: F811 -- fixture
    axe: Any,  # noqa: F811
    signed_in: Any,  # noqa: F811
) -> None:
    options = signed_in(bruno)
    base = f"{live_server.url}/calls/small-call/queue/"
    pages = ("", f"{submission.identifier}/", f"{submission.identifier}/seal/")
    for language, width in (("en", 1200), ("ar", 390)):
        for path in pages:
            page = open_page(
                f"{base}{path}?lang={language}", viewport={"width": width, "height": 900}, **options
            )
            results = axe.run(page)
            assert results.violations_count == 0, f"{path}: {results.generate_report()}"
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True, path
            if folder := os.environ.get("SCREENSHOTS"):
                name = f"{language}-{path.replace('/', '_') or 'queue'}.png"
                page.screenshot(path=f"{folder}/{name}", full_page=True)
            page.close()
    assert weight(browser, f"{base}{submission.identifier}/", **options) <= MOST_BYTES


def test_words_are_taken_from_a_selection_at_their_place(
    live_server: Any,
    submission: Submission,
    bruno: User,
    open_page: Any,  # noqa: F811 -- fixture
    signed_in: Any,  # noqa: F811
) -> None:
    address = f"{live_server.url}/calls/small-call/queue/{submission.identifier}/"
    page = open_page(address, **signed_in(bruno))
    page.evaluate(
        """() => {
        const text = document.getElementById("received-text");
        const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.lastIndexOf("Smith");
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + 5);
            document.getSelection().removeAllRanges();
            document.getSelection().addRange(range);
            return;
        }
    }"""
    )
    page.wait_for_function("document.getElementById('words').value === 'Smith'")
    page.select_option("#words-kind", "name")
    page.click("button[value=words]")
    page.wait_for_selector("mark.redact")
    decision = RedactionDecision.objects.get()
    assert (decision.start, decision.end) == (TEXT.rindex("Smith"), TEXT.rindex("Smith") + 5)
