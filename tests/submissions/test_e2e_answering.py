"""Answering in Chromium: a line that breaks, a file in pieces, two people; light and clean pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from colloquia.issues.models import Question
from colloquia.submissions.answer_fields import mark
from colloquia.submissions.models import AnswerDraft, Call, CallQuestion, Submission
from colloquia.submissions.records import AnswerIn, Content
from colloquia.submissions.services import draft_token
from colloquia.submissions.services.drafting import aside_of, save
from tests.e2e.conftest import axe, open_page  # noqa: F401 -- fixtures
from tests.e2e.weight import MOST_BYTES, weight
from tests.submissions.conftest import NAMED

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ORDER = ("XX-01.q1", "XX-01.q2")
FIRST = "answers.XX-01.q1.text"


def text_of(draft: AnswerDraft, place: int = 0) -> str:
    draft.refresh_from_db()
    return Content.from_json(draft.content).answers[place].text


def test_a_line_that_breaks_loses_nothing(live_server: Any, browser: Browser, draft: AnswerDraft) -> None:
    """Typed while the line is down, kept on the device over a reload, saved by itself."""
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    where = f"{live_server.url}/drafts/{draft_token(draft)}/"
    page.goto(where)
    page.route(where, lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.locator(f'[name="{FIRST}"]').fill("Typed without a line")
    expect(page.locator("#state")).to_contain_text("Not saved", timeout=20_000)
    page.reload()
    assert page.locator(f'[name="{FIRST}"]').input_value() == "Typed without a line"
    page.unroute(where)
    expect(page.locator("#state")).to_contain_text("Saved at", timeout=20_000)
    assert text_of(draft) == "Typed without a line"

    save(draft=draft, values={FIRST: "Theirs"}, seen={FIRST: mark("Typed without a line")}, order=ORDER)
    page.locator(f'[name="{FIRST}"]').fill("Mine")
    box = page.locator(".aside[data-made]")
    expect(box).to_contain_text("Theirs", timeout=20_000)
    with page.expect_response("**/drafts/**"):
        box.get_by_role("button", name="Leave the field as it is").click()
    assert text_of(draft) == "Mine"
    assert aside_of(draft) == {}
    context.close()


def test_a_file_in_pieces_and_a_sending_that_tries_again(
    live_server: Any, browser: Browser, draft: AnswerDraft
) -> None:
    """The first answer to the second piece, and the first two of the sending, are lost on their way."""
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    lost = {"piece": 0, "send": 0}

    def lose(route: Any) -> None:
        kind = "send" if "/send/" in route.request.url else "piece"
        if (kind == "send" or "offset=1048576" in route.request.url) and lost[kind] < (
            2 if kind == "send" else 1
        ):
            lost[kind] += 1
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/pieces/*/?offset=*", lose)
    page.route("**/send/", lose)
    where = f"{live_server.url}/drafts/{draft_token(draft)}"
    page.goto(f"{where}/files/")
    content = bytes(range(256)) * 6000
    page.locator("#file").set_input_files({"name": "big.bin", "mimeType": "application/x", "buffer": content})
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("heading", name="big.bin").wait_for()
    [row] = draft.files.all()
    assert row.attachment.path.read_bytes() == content
    page.goto(f"{where}/review/")
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url("**/receipts/**")
    assert lost == {"piece": 1, "send": 2}
    assert Submission.objects.count() == 1
    context.close()


def test_pages_are_light_and_clean_for_sixty_questions_too(
    live_server: Any,
    browser: Browser,
    open_page: Any,  # noqa: F811 -- the fixture
    axe: Any,  # noqa: F811 -- the fixture
    call: Call,
    make_draft: Callable[..., AnswerDraft],
) -> None:
    issue = Question.objects.get(pk="XX-01.q1").issue
    for number in range(3, 61):
        question = Question.objects.create(pk=f"XX-01.q{number}", issue=issue)
        CallQuestion.objects.create(call=call, question=question, position=number)
    answers = tuple(
        AnswerIn(f"XX-01.q{number}", f"Answer {number}. " + "A sentence on data. " * 20)
        for number in range(1, 61)
    )
    draft = make_draft(replace(NAMED, answers=answers))
    where = f"{live_server.url}/drafts/{draft_token(draft)}"
    for language, width, paths in (
        ("en", 1280, ("/", "/review/")),
        ("ar", 360, ("/?part=XX-01", "/review/")),
    ):
        for path in paths:
            address = f"{where}{path}{'&' if '?' in path else '?'}lang={language}"
            page = open_page(address, viewport={"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
            assert axe.run(page).response["violations"] == []
    for path in ("/?part=XX-01", "/review/"):
        assert weight(browser, f"{where}{path}") < MOST_BYTES
