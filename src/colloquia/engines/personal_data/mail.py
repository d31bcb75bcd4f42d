"""E-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from colloquia.engines.personal_data.records import Finding

_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,24}")
_BETWEEN = re.compile(r"@(?=[^\W_])")
_SPELT = re.compile(r"[\[({<] ?(?i:at|arobase|arroba|ät|собака|@) ?[\])}>]")
_DOT = r"(?:\.| ?[\[({<] ?(?i:dot|point|punto|ponto|punkt|точка|\.) ?[\])}>] ?)"
_LABEL = r"[^\W_][\w-]{0,62}"
_SPELT_DOMAIN = re.compile(rf" ?{_LABEL}(?:{_DOT}{_LABEL}){{1,6}}")
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


def spelt_addresses(text: str) -> Iterator[Finding]:
    """Addresses written so that programs do not find them: “john (at) example (dot) org”."""
    for sign in _SPELT.finditer(text):
        at = sign.start() - (text[sign.start() - 1 : sign.start()] == " ")
        domain = _SPELT_DOMAIN.match(text, sign.end())
        start = _start(text, at) if domain else at
        if domain and start < at and domain[0][-2:].isalpha():
            yield Finding(start, domain.end(), "email", "email.spelt")


def _start(text: str, at: int) -> int:
    """Where the part before the @ begins; ``at`` where there is none."""
    start = at
    while start > max(0, at - _LONGEST_LOCAL) and (text[start - 1].isalnum() or text[start - 1] in _MARKS):
        start -= 1
    while start < at and text[start] in _MARKS:
        start += 1
    return start
