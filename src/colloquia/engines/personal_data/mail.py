"""E-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from colloquia.engines.personal_data.records import Finding

_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,24}")
_BETWEEN = re.compile(r"@(?=[^\W_])")
_MARKS = frozenset(".!#$%&'*+/=?^`{|}~-_")
_LONGEST_LOCAL = 64


def mail_addresses(text: str) -> Iterator[Finding]:
    """Addresses in a plain text, by looking at most 64 characters back from each @ and one domain ahead."""
    for sign in _BETWEEN.finditer(text):
        at = sign.start()
        domain = _DOMAIN.match(text, at + 1)
        start = _start(text, at) if domain else at
        if domain and start < at:
            yield Finding(start, domain.end(), "email", "email.address")


def _start(text: str, at: int) -> int:
    """Where the part before the @ begins; ``at`` where there is none."""
    start = at
    while start > max(0, at - _LONGEST_LOCAL) and (text[start - 1].isalnum() or text[start - 1] in _MARKS):
        start -= 1
    while start < at and text[start] in _MARKS:
        start += 1
    return start
