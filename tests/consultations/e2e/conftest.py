"""The room's pages in a real browser, with people signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.conftest import axe, open_page, signed_in  # noqa: F401 -- fixtures

if TYPE_CHECKING:
    from colloquia.consultations.models import Run


@pytest.fixture
def site(live_server: Any, stored_run: Run) -> str:
    """The address of a running site with the run of the tests, shown to the public."""
    return str(live_server.url)
