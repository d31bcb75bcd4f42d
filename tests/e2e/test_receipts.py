"""Receipt, clearance and ledger in a real browser: accessible, narrow and wide, without scripts, light."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from colloquia.submissions import services
from colloquia.submissions.services import clearance as clearing
from colloquia.submissions.services import drafting
from tests.e2e.weight import MOST_BYTES, weight
from tests.submissions.conftest import (  # noqa: F401 -- fixtures
    call,
    make_call,
    make_draft,
    questions,
    receive,
    territories,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from colloquia.submissions.models import AnswerDraft, Submission

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 360)])
def test_every_page_is_accessible_and_fits(
    live_server: Any,
    open_page: Callable[..., Page],
    axe: Any,
    receive: Callable[..., Submission],  # noqa: F811 -- the fixture
    make_draft: Callable[..., AnswerDraft],  # noqa: F811 -- the fixture
    language: str,
    width: int,
) -> None:
    submission, draft = receive(), make_draft()
    link = clearing.make_link(draft=draft, note="Legal department")
    clearing.comment(clearance=link, name="Bo", text="Say who keeps it.", question_id="XX-01.q1")
    state = clearing.queries.state_of(draft, services.files_of(draft))
    approval = clearing.approve(clearance=link, name="Bo", seen=state.sha256)
    draft.content["answers"][0]["text"] = "Rights holders need a public register."
    draft.save()
    token, private = drafting.draft_token(draft), services.private_token(submission)
    addresses = {
        "receipt": reverse("receipt", args=[private]),
        "withdraw": reverse("receipt_withdraw", args=[private]),
        "links": f"{reverse('draft_clearance', args=[token])}?since={approval.pk}",
        "clearance": reverse("clearance", args=[clearing.clearance_token(link)]),
        "ledger": reverse("ledger"),
    }
    for name, address in addresses.items():
        joined = "&" if "?" in address else "?"
        page = open_page(
            f"{live_server.url}{address}{joined}lang={language}", viewport={"width": width, "height": 900}
        )
        results = axe.run(page)
        assert results.violations_count == 0, f"{name}: {results.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True, name
        if os.environ.get("LOOK"):
            page.screenshot(path=f"{os.environ['LOOK']}/{name}-{language}.png", full_page=True)


def test_withdrawing_and_approving_need_no_script(
    live_server: Any,
    browser: Browser,
    open_page: Callable[..., Page],
    receive: Callable[..., Submission],  # noqa: F811 -- the fixture
    make_draft: Callable[..., AnswerDraft],  # noqa: F811 -- the fixture
) -> None:
    submission = receive()
    address = f"{live_server.url}{reverse('receipt', args=[services.private_token(submission)])}"
    assert weight(browser, address) <= MOST_BYTES
    page = open_page(address, java_script_enabled=False)
    page.get_by_role("link", name="Withdraw it").click()
    page.get_by_label("Reason").fill("Sent by mistake.")
    page.get_by_role("button", name="Withdraw it").click()
    assert page.get_by_text("You withdrew this submission").count() == 1
    link = clearing.make_link(draft=make_draft(), note="Desk")
    colleague = f"{live_server.url}{reverse('clearance', args=[clearing.clearance_token(link)])}"
    page = open_page(colleague, java_script_enabled=False)
    page.get_by_label("Your name").fill("Bo")
    page.get_by_role("button", name="Approve exactly this state").click()
    assert page.get_by_text("Of exactly this state").count() == 1
