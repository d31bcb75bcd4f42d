"""Post and mail in a real browser: sent in, looked at and confirmed; accessible in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from colloquia.accounts.models import User
from colloquia.submissions.models import Call, IntakeImport, Submission
from colloquia.submissions.services import intake_looking, intake_taking
from tests.issues.test_e2e_questions import as_officer
from tests.submissions.intake_samples import MAIL, SHORT, TABLE, mailbox

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "width"), [("en", 1200), ("ar", 390)])
def test_pages_of_post_and_mail_are_accessible(
    live_server: Any, call: Call, bruno: User, browser: Browser, tmp_path: Path, *, language: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    (tmp_path / "answers.csv").write_text(TABLE, encoding="utf-8")
    intake = intake_looking.begin(
        call=call, folders=[tmp_path], options={"publication": "confidential"}, by=bruno, background=False
    )
    intake_looking.look(intake.pk)
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    as_officer(context, live_server.url, bruno)
    for path in ("", "new/", "entry/", f"{intake.pk}/"):
        page.goto(f"{live_server.url}/calls/small-call/import/{path}?lang={language}")
        results = Axe().run(page)
        assert results.violations_count == 0, f"{path}: {results.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True, path
    context.close()


def test_a_mailbox_is_sent_in_and_confirmed_without_scripts(
    live_server: Any, call: Call, bruno: User, browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "inbox.mbox").write_bytes(mailbox(MAIL, SHORT))
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    as_officer(context, live_server.url, bruno)
    page.goto(f"{live_server.url}/calls/small-call/import/new/?lang=en")
    page.get_by_label("Files", exact=True).set_input_files(tmp_path / "inbox.mbox")
    page.get_by_role("button", name="Look at it").click()
    assert page.get_by_text("Under way").count() == 1
    intake = IntakeImport.objects.get()
    intake_looking.look(intake.pk)
    page.reload()
    page.get_by_role("button", name="Take in exactly this").click()
    assert intake_taking.take(intake.pk)
    page.reload()
    assert page.get_by_role("heading", level=1).inner_text() == "What became of the import"
    assert Submission.objects.filter(entered_by=bruno, channel="mail").count() == 2
    context.close()
