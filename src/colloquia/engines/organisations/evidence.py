"""A pair of bodies weighed: what speaks for one body, what against, and the score of both together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from colloquia.engines.organisations.cells import Group
from colloquia.engines.organisations.domains import is_shared_by_parts, label, registered
from colloquia.engines.organisations.likeness import Likeness, acronym_of, likeness
from colloquia.engines.organisations.records import Kind, Proposal, Reason

LEAST = 0.4
"""Least score of a proposal."""
_DOMAIN, _SITE, _COUNTRY, _LABEL = 0.6, 0.6, 0.15, 0.4
_OTHER_DOMAIN, _OTHER_KIND, _OTHER_FORM, _SEVERAL = 0.7, 0.9, 0.85, 0.75
_OTHER_COUNTRY, _OTHER_COUNTRY_SAME_NAME = 0.45, 0.75
_FEW_ON_DOMAIN = 3
_DOMAIN_ALONE, _DOMAIN_AND_SCRIPT = 0.42, 0.6


@dataclass(frozen=True, slots=True)
class Docket:
    """Counts over all bodies: how many have each word, each acronym, each domain."""

    words: Mapping[str, int]
    acronyms: Mapping[str, int]
    domains: Mapping[str, int]


def docket_of(groups: list[Group], words: Mapping[str, int]) -> Docket:
    """Count once what every pair is weighed against."""
    named: dict[str, set[str]] = {}
    for group in groups:
        if not group.name.is_acronym:
            for acronym in group.name.initials | group.name.stated | group.stated:
                named.setdefault(acronym, set()).add(group.name.base)
    acronyms = {acronym: len(bases) for acronym, bases in named.items()}
    domains = Counter(domain for group in groups for domain in group.domains)
    return Docket(words, acronyms, domains)


def weigh(one: Group, other: Group, docket: Docket) -> Proposal | None:
    """A proposal that both are the same body, or None where too little speaks for it."""
    found = likeness(one.name, other.name, docket.words)
    short: Group | None = None
    if found is None:
        for candidate, full in ((one, other), (other, one)):
            found = acronym_of(candidate.name, full.name, full.name.stated | full.stated)
            if found:
                short = candidate
                break
    shared = one.domains & other.domains
    if found is None:
        found = _by_domain(one, other, shared, docket)
        if found is None:
            return None
    # Parts of one body write alike from one domain: what names a part must be named by both.
    elif short is None and one.name.sections != other.name.sections and not _is_slip(found):
        return None
    score, reasons = found[0], [found[1]]
    against: list[Reason] = []
    score = _domains(one, other, score, reasons, against, docket)
    if short is not None:
        score = _acronym(short, (one, other), score, reasons, against, docket)
    score = _stated(one, other, found[1].ground, score, reasons, against)
    if score < LEAST:
        return None
    return proposal("same", (one, other), score, (*reasons, *against))


def _is_slip(found: Likeness) -> bool:
    named = found[1].ground == "states the other's name"
    return found[1].ground in {"one letter differs", "letters differ", "abbreviated words"} or (
        found[0] >= 0.75 and not named
    )


def _by_domain(one: Group, other: Group, shared: set[str], docket: Docket) -> Likeness | None:
    """Names with nothing in common: the domain alone, if few write from it and neither names a part."""
    if not shared or one.name.sections != other.name.sections or one.name.numbers != other.name.numbers:
        return None
    domain = min(shared, key=lambda name: (docket.domains[name], name))
    other_script = (one.name.core.isascii() != other.name.core.isascii()) or (
        one.name.unspaced != other.name.unspaced
    )
    if other_script and docket.domains[domain] <= 2 * _FEW_ON_DOMAIN:
        return _DOMAIN_AND_SCRIPT, Reason("same e-mail domain", domain)
    if docket.domains[domain] > _FEW_ON_DOMAIN or is_shared_by_parts(domain):
        return None
    return _DOMAIN_ALONE, Reason("same e-mail domain", domain)


def more(score: float, weight: float) -> float:
    """A score with one more independent ground for it."""
    return 1 - (1 - score) * (1 - weight)


def _domains(
    one: Group, other: Group, score: float, reasons: list[Reason], against: list[Reason], docket: Docket
) -> float:
    mail = {registered(name) for name in one.mail} & {registered(name) for name in other.mail}
    sites = (one.domains & other.domains) - mail
    for shared, ground, weight in ((mail, "same e-mail domain", _DOMAIN), (sites, "same site", _SITE)):
        if not shared:
            continue
        domain = min(shared, key=lambda name: (docket.domains[name], name))
        if any(reason.value == domain for reason in reasons):
            if ground == "same site":
                reasons[0] = Reason(ground, domain)
            continue
        crowd = docket.domains[domain]
        reasons.append(Reason(ground, domain))
        score = more(score, weight if crowd <= _FEW_ON_DOMAIN else weight / 2)
        if crowd > _FEW_ON_DOMAIN:
            against.append(Reason("many bodies on the domain", str(crowd), against=True))
    if not mail and not sites and one.domains and other.domains:
        against.append(
            Reason(
                "other e-mail domain",
                " / ".join(sorted((min(one.domains), min(other.domains)))),
                against=True,
            )
        )
        score *= _OTHER_DOMAIN
    return score


def _acronym(
    short: Group,
    both: tuple[Group, Group],
    score: float,
    reasons: list[Reason],
    against: list[Reason],
    docket: Docket,
) -> float:
    named = sorted(domain for group in both for domain in group.domains if label(domain) == short.name.core)
    if named:
        reasons.append(Reason("acronym is the domain", named[0]))
        score = more(score, _LABEL)
    several = docket.acronyms.get(short.name.core, 0)
    if several > 1:
        against.append(Reason("acronym of several", str(several), against=True))
        score *= _SEVERAL
    return score


def _stated(
    one: Group, other: Group, ground: str, score: float, reasons: list[Reason], against: list[Reason]
) -> float:
    if one.country and one.country == other.country:
        reasons.append(Reason("same country", one.country))
        score = more(score, _COUNTRY)
    elif one.country and other.country:
        same = ground.startswith("same name")
        pair = " / ".join(sorted((one.country, other.country)))
        against.append(Reason("same name, other country" if same else "other country", pair, against=True))
        score *= _OTHER_COUNTRY_SAME_NAME if same and not one.name.is_weak else _OTHER_COUNTRY
    if one.name.forms and other.name.forms and one.name.forms != other.name.forms:
        pair = " / ".join(sorted(" ".join(group.name.forms) for group in (one, other)))
        against.append(Reason("other legal form", pair, against=True))
        score *= _OTHER_FORM
    kinds, others = dict(one.kinds), dict(other.kinds)
    for channel in sorted(kinds.keys() & others.keys()):
        if kinds[channel] != others[channel]:
            pair = " / ".join(sorted((kinds[channel], others[channel])))
            against.append(Reason("other kind of respondent", pair, against=True))
            score *= _OTHER_KIND
            break
    return score


def proposal(kind: Kind, pair: tuple[Group, Group], score: float, reasons: tuple[Reason, ...]) -> Proposal:
    """A proposal with its keys in order: the more mentioned first, or the whole before its part."""
    first, second = pair if kind == "part of" else sorted(pair, key=lambda group: group.weight)
    return Proposal(kind, (first.key, second.key), round(min(score, 0.99), 3), reasons)
