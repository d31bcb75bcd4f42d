"""IP addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from colloquia.engines.personal_data.records import Finding

_FOUR = re.compile(r"(?<![0-9A-Za-z_.])\d{1,3}(?:\.\d{1,3}){3}(?![0-9A-Za-z_]|\.\d)")
_SIX = re.compile(r"(?<![\w:.])[0-9A-Fa-f:]{6,45}(?![\w:])")
_NUMBERED = re.compile(
    r"(?:section|sections|para|paragraph|version|v|§|article|clause|chapter|rule)[ .]{0,2}\Z", re.I
)
_SMALL = 32
"""Numbers of sections are seldom as high in any of their places."""


def network_addresses(text: str) -> Iterator[Finding]:
    """IPv4 and IPv6 addresses in a plain text; not the numbers of sections and versions."""
    for found in _FOUR.finditer(text):
        parts = [int(part) for part in found[0].split(".")]
        numbered = _NUMBERED.search(text, max(0, found.start() - 12), found.start())
        if max(parts) >= _SMALL and not numbered and _valid(IPv4Address, found[0]):
            yield Finding(*found.span(), "ip", "ip.4")
    for found in _SIX.finditer(text):
        given = found[0].rstrip(":") if not found[0].endswith("::") else found[0]
        if given.count(":") >= 3 and re.search(r"\d", given) and _valid(IPv6Address, given):
            yield Finding(found.start(), found.start() + len(given), "ip", "ip.6")


def _valid(kind: type[IPv4Address | IPv6Address], given: str) -> bool:
    try:
        kind(given)
    except AddressValueError:
        return False
    return True
