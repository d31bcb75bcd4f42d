"""E-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from colloquia.engines.personal_data.records import Finding

_LOCAL = re.compile(r"[^\W_][\w.!#$%&'*+/=?^`{|}~-]{0,63}\Z")
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,24}")
_LONGEST_LOCAL = 64


def mail_addresses(text: str) -> Iterator[Finding]:
    """Addresses with an @ (also full-width), by looking 64 characters back and one domain ahead."""
    for at in re.finditer("[@＠]", text):
        before = text[max(0, at.start() - _LONGEST_LOCAL) : at.start()]
        domain = _DOMAIN.match(text, at.end())
        local = _LOCAL.search(_tail(before))
        if domain and local:
            start = at.start() - (local.end() - local.start())
            yield Finding(start, domain.end(), "email", "email.address")


def _tail(before: str) -> str:
    """The characters right before the @ that may stand in an address."""
    kept = re.search(r"[\w.!#$%&'*+/=?^`{|}~-]*\Z", before)
    return kept[0].lstrip(".!#$%&'*+/=?^`{|}~-_") if kept else ""
