"""Log lines hold no private link."""

from __future__ import annotations

import logging

import pytest

from colloquia.core import private_links
from colloquia.log_lines import WithoutPrivateLinks, without_links

TOKEN = private_links.token("submission", 1)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (f"Not Found: /receipts/{TOKEN}/nothing/", "Not Found: /receipts/…/nothing/"),
        ("Not Found: /drafts/short/", "Not Found: /drafts/…/"),
        (f"Forbidden: /drafts/{TOKEN}/confirm/abc/", "Forbidden: /drafts/…/confirm/…/"),
        (f"Bad Request: /accounts/link/{TOKEN}/", "Bad Request: /accounts/link/…/"),
        (f"elsewhere {TOKEN}.", "elsewhere …."),
        ("Not Found: /submissions/S-2026-00417/", "Not Found: /submissions/S-2026-00417/"),
        ("Missing file " + "a" * 64, "Missing file " + "a" * 64),
    ],
)
def test_a_line_is_cut_where_a_secret_begins(line: str, kept: str) -> None:
    assert without_links(line) == kept


def test_a_traceback_is_rewritten_too() -> None:
    try:
        int(f"/clearance/{TOKEN}/")
    except ValueError as error:
        seen = (type(error), error, error.__traceback__)
    record = logging.LogRecord("x", logging.ERROR, "x", 1, "At %s", (f"/drafts/{TOKEN}/",), seen)
    assert WithoutPrivateLinks().filter(record) is True
    assert TOKEN not in logging.Formatter("%(message)s").format(record)
    assert record.getMessage() == "At /drafts/…/"


@pytest.mark.parametrize(("status", "traced"), [(403, False), (500, True), (None, True)])
def test_a_request_that_is_refused_leaves_no_traceback(status: int | None, traced: bool) -> None:
    try:
        int("not yours")
    except ValueError as error:
        seen = (type(error), error, error.__traceback__)
    record = logging.LogRecord("django.request", logging.WARNING, "x", 1, "Forbidden: /", (), seen)
    if status is not None:
        record.status_code = status
    assert WithoutPrivateLinks().filter(record) is True
    assert ("Traceback" in logging.Formatter("%(message)s").format(record)) is traced
