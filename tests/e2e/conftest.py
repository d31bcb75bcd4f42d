"""Pages in a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

# What a site shows: the consultation of the tests of the room.
from tests.consultations.conftest import (  # noqa: F401 -- fixtures
    analysed_once,
    consultation,
    hidden_run,
    kept_runs,
    runs,
    stored_run,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

    from colloquia.accounts.models import User
    from colloquia.consultations.models import Run

    OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The docket analysed, with reports that the public may have."""
    return analysed_once(tmp_path_factory, "docket-without-persons", "--withhold-persons")


@pytest.fixture
def site(live_server: Any, stored_run: Run) -> str:  # noqa: F811 -- the fixture
    """The address of a running site with one illustrative consultation."""
    return str(live_server.url)


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages; a message of the browser about a broken policy, script or file fails the test."""
    contexts = []
    complaints: list[str] = []

    def complain(page: Page, message: ConsoleMessage) -> None:
        # The report of these tests is hostile on purpose; the browser says what it refuses of it.
        if message.type == "error" and "/report" not in page.url:
            complaints.append(message.text)

    def make(address: str, **options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complain(page, message))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def axe() -> Any:
    """The accessibility checker."""
    assert shutil.which("chromium") or shutil.which("chromium-browser")
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


@pytest.fixture
def signed_in(live_server: Any) -> Callable[[User], dict[str, Any]]:
    """Options for a page on which a person is signed in."""
    from django.test import Client

    def options(person: User) -> dict[str, Any]:
        client = Client()
        client.force_login(person)
        cookie = client.cookies["session"]
        held = {
            "name": "session",
            "value": cookie.value,
            "domain": urlsplit(live_server.url).hostname,
            "path": "/",
            "expires": -1,
            "httpOnly": True,
            "secure": False,
            "sameSite": "Lax",
        }
        return {"storage_state": {"cookies": [held], "origins": []}}

    return options
