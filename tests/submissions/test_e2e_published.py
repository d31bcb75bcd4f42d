"""Published submissions in a real browser: accessible in both languages, light, filtered without scripts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from colloquia.accounts.models import User
from colloquia.core.models import Attachment
from colloquia.submissions.models import PublishedSubmission, Submission
from colloquia.submissions.queries.checking_texts import latest_version, open_units
from colloquia.submissions.records import AnswerIn, FileIn
from colloquia.submissions.services import publishing
from colloquia.submissions.services.preparing import prepare
from colloquia.submissions.services.redacting import make_redacted
from tests.e2e.weight import MOST_BYTES, weight
from tests.submissions.conftest import NAMED
from tests.submissions.made_public import made_public

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def shown(
    receive: Callable[..., Submission], attach: Callable[..., Attachment], bruno: User
) -> PublishedSubmission:
    """One with an answer in which something is redacted and two files, and one in Arabic."""
    files = (
        FileIn(attach(), title="Annex"),
        FileIn(
            attach("b.txt", b"A study.\n"), title="Study", mining_reserved=True, rights_statement="CC BY-ND"
        ),
    )
    answers = (
        AnswerIn("XX-01.q1", "Write to ada@example.org about registers."),
        AnswerIn("XX-01.q2", "Sealed.", secrecy="confidential", secrecy_reason="Trade secret"),
    )
    submission = receive(replace(NAMED, answers=answers), files=files)
    prepare(submission.pk)
    unit = open_units(latest_version(submission))[0]
    assert unit.text is not None
    unit.text.decisions.create(start=9, end=24, category="email", redact=True, by=bruno)
    make_redacted(open_units(latest_version(submission))[0], by=bruno)
    Submission.objects.filter(pk=submission.pk).update(check_state="ready")
    row = publishing.publish(submission=submission, by=bruno)
    arabic = replace(
        NAMED, organisation="مكتبة", language="ar", answers=(AnswerIn("XX-01.q2", "المكتبة العامة", "ar"),)
    )
    made_public(receive(arabic), bruno)
    return row


@pytest.mark.parametrize(("language", "width"), [("en", 1200), ("ar", 390)])
def test_pages_of_published_submissions_are_accessible_and_light(
    live_server: Any, shown: PublishedSubmission, browser: Browser, *, language: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    one = f"/submissions/{shown.identifier}/"
    for path in ("/calls/small-call/submissions/", one, f"{one}files/1/text/"):
        page.goto(f"{live_server.url}{path}?lang={language}")
        results = Axe().run(page)
        assert results.violations_count == 0, f"{path}: {results.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True, path
    context.close()
    assert weight(browser, f"{live_server.url}{one}") <= MOST_BYTES


def test_a_reader_finds_a_submission_and_its_text_without_scripts(
    live_server: Any, shown: PublishedSubmission, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/calls/small-call/submissions/?lang=en")
    page.get_by_label("Words in the text").fill("REGISTERS")
    page.get_by_role("button", name="Show").click()
    assert page.locator("table:not(.funnel) tbody tr").count() == 1
    page.get_by_role("link", name="Example Publishers").click()
    assert "1 part is confidential and not published." in page.locator("main").inner_text()
    assert page.locator("mark.redacted").count() == 1
    page.get_by_role("link", name="Its text").first.click()
    assert "An annex of one line." in page.locator(".text").inner_text()
    context.close()
