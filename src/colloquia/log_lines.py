"""Log lines without private links: whoever reads a log must not be able to open a draft or a receipt.

A request that is refused is no failure of the program, so that its line comes without a traceback.
"""

from __future__ import annotations

import logging
import re

_LINKS = re.compile(
    r"(/(?:drafts|receipts|clearance|accounts/link|accounts/second-factor/reset)/)[^/\s'\"]+"
    r"((?:/confirm/)[^/\s'\"]+)?"
)
_TOKENS = re.compile(r"(?<![\w-])[\w-]{43}(?![\w-])", re.ASCII)
"""Tokens as ``core.private_links`` makes them, wherever they stand."""
HIDDEN = "…"


def without_links(text: str) -> str:
    """The text with every private link cut where its secret begins."""
    hidden = _LINKS.sub(lambda found: f"{found[1]}{HIDDEN}{'/confirm/…' if found[2] else ''}", text)
    return _TOKENS.sub(HIDDEN, hidden)


class WithoutPrivateLinks(logging.Filter):
    """Rewrites what is about to be logged, with its traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always let through, rewritten where it was necessary."""
        message = record.getMessage()
        hidden = without_links(message)
        if hidden != message:
            record.msg, record.args = hidden, ()
        if getattr(record, "status_code", 500) < 500:
            record.exc_info = record.exc_text = None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = without_links(record.exc_text)
        return True
