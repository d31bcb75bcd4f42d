"""The whole story of a consultation, from the call to what became of a submission, through pages alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from colloquia.issues.models import PaperVersion
from tests.e2e.story import answering, closing, office, reading
from tests.e2e.story.people import Stage
from tests.e2e.story.words import ARABIC, ENGLISH
from tests.e2e.weight import MOST_BYTES, weight
from tests.outcomes.conftest import terms  # noqa: F401 -- fixture
from tests.submissions.conftest import olga, placed, questions, territories  # noqa: F401 -- fixtures

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from colloquia.accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SLUG = "training-data"


@pytest.mark.parametrize(
    ("language", "scripts", "width"), [("en", True, 1280), ("ar", False, 360)], ids=["english", "arabic"]
)
def test_from_the_call_to_what_became_of_a_submission(
    live_server: Any,
    browser: Browser,
    open_page: Callable[..., Page],
    axe: Any,
    signed_in: Callable[[User], dict[str, Any]],
    placed: list[str],  # noqa: F811 -- the fixture
    territories: None,  # noqa: F811 -- the fixture
    terms: None,  # noqa: F811 -- the fixture
    bruno: User,
    olga: User,  # noqa: F811 -- the fixture
    settings: Any,
    tmp_path: Path,
    language: str,
    scripts: bool,
    width: int,
) -> None:
    settings.RUNS = tmp_path / "runs"
    PaperVersion.objects.update(is_authentic=True)
    words = ENGLISH if language == "en" else ARABIC
    stage = Stage(live_server.url, browser, open_page, axe, language, scripts, width)
    first, second = stage.person(**signed_in(bruno)), stage.person(**signed_in(olga))

    office.announced(first, SLUG, words)
    receipt = answering.organisation(stage, SLUG, words, tmp_path)
    answering.state(stage, SLUG, words, tmp_path)
    answering.confidential(stage, SLUG, words, tmp_path)
    answering.withdrawn(stage, SLUG, words, tmp_path)

    assert len(office.checked(first, SLUG)) == 3
    office.published(first, SLUG)
    stranger = stage.person()
    addresses = reading.after_publication(stranger, SLUG, words)

    office.analysed(first, SLUG)
    office.signed(first, second, SLUG)
    closing.summarised(first, second, SLUG, words)
    closing.decided(first, second, SLUG, words)
    closing.revised(first, second, SLUG, words)

    reading.at_the_end(stranger, SLUG, words)
    reading.what_became(stranger, receipt, words)
    if language == "en":
        for address in (f"/calls/{SLUG}/", addresses[0], f"/consultations/{SLUG}/revision/"):
            assert weight(browser, f"{live_server.url}{address}") <= MOST_BYTES, address
