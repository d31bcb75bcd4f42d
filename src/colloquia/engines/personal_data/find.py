"""Every rule over one text, and which of overlapping findings stands."""

from __future__ import annotations

from collections.abc import Iterable

from colloquia.engines.personal_data.addresses import addresses
from colloquia.engines.personal_data.births import births, passports
from colloquia.engines.personal_data.identities import identities
from colloquia.engines.personal_data.mail import mail_addresses, spelt_addresses
from colloquia.engines.personal_data.names import names
from colloquia.engines.personal_data.network import network_addresses
from colloquia.engines.personal_data.phones import phones
from colloquia.engines.personal_data.plain import plain
from colloquia.engines.personal_data.records import Finding

_RANK = {
    kind: rank
    for rank, kind in enumerate(
        ("email", "identity", "passport", "birth", "ip", "phone", "address", "name", "other")
    )
}


def find(text: str, language: str = "") -> list[Finding]:
    """What in a text looks like personal data, in order and without overlaps.

    Args:
        text: any text; the time is linear in its length.
        language: the text's, ``fr`` or ``zh-hans``. Words of other Latin-script languages than this one and
            English are not looked for; those of other scripts always are.
    """
    even = plain(text)
    return _apart(
        [
            *mail_addresses(even),
            *spelt_addresses(even),
            *identities(even),
            *passports(even, language),
            *births(even, language),
            *network_addresses(even),
            *phones(even, language),
            *addresses(even, language),
            *names(text, language),
        ]
    )


def _apart(findings: Iterable[Finding]) -> list[Finding]:
    """Of findings that overlap the more certain kind stands, and of one kind the longer."""
    kept: list[Finding] = []
    for each in sorted(findings, key=lambda found: (found.start, -found.end, _RANK[found.category])):
        while kept and each.start < kept[-1].end and _beats(each, kept[-1]):
            kept.pop()
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _beats(one: Finding, other: Finding) -> bool:
    mine, theirs = _RANK[one.category], _RANK[other.category]
    return mine < theirs or (mine == theirs and one.end - one.start > other.end - other.start)
