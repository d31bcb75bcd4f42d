"""The room's pages in a real browser, with people signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.e2e.conftest import axe, open_page  # noqa: F401 -- fixtures

if TYPE_CHECKING:
    from colloquia.accounts.models import User
    from colloquia.consultations.models import Run


@pytest.fixture
def site(live_server: Any, stored_run: Run) -> str:
    """The address of a running site with the run of the tests, shown to the public."""
    return str(live_server.url)


@pytest.fixture
def signed_in(site: str) -> Callable[[User], dict[str, Any]]:
    """Options for a page on which a person is signed in."""
    from django.test import Client

    def options(person: User) -> dict[str, Any]:
        client = Client()
        client.force_login(person)
        cookie = client.cookies["session"]
        held = {
            "name": "session", "value": cookie.value, "domain": urlsplit(site).hostname, "path": "/",
            "expires": -1, "httpOnly": True, "secure": False, "sameSite": "Lax",
        }  # fmt: skip
        return {"storage_state": {"cookies": [held], "origins": []}}

    return options
