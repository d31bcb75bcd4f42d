"""The report of the illustrative consultation as it is served: accessible in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from colloquia.accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# The checker needs some seconds for fifteen thousand elements, so each language is looked at in one scheme.
LOOKS = [("report.html", "light"), ("report.ar.html", "dark")]


def test_illustrative_report_is_accessible(
    live_server: Any, tmp_path: Path, settings: Any, browser: Browser, axe: Any, signed_in: Any, bruno: User
) -> None:
    """On a telephone, light and dark; one analysis for both, since it takes a while."""
    from colloquia.commands.load import _analyse
    from colloquia.consultations.services.starter import load_starter

    settings.RUNS = tmp_path / "runs"
    source = Path(settings.CONTENT) / "illustrative"
    load_starter(source=source, slug="illustrative", compute=lambda out: _analyse(source, out, 1))
    for name, scheme in LOOKS:
        # The report's policy lets no script run; the checker is one.
        context = browser.new_context(
            bypass_csp=True,
            color_scheme=scheme,
            viewport={"width": 390, "height": 800},
            **signed_in(bruno),
        )
        page = context.new_page()
        page.goto(f"{live_server.url}/consultations/illustrative/files/{name}")
        assert page.locator("body").inner_text().count("S-2026-") > 50  # the report, not a refusal
        results = axe.run(page)
        assert results.violations_count == 0, f"{name}, {scheme}: {results.generate_report()}"
        assert results.response["passes"] != []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True, name
        context.close()
