"""Mentions that are written alike become one body; nothing else is joined without a person."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from colloquia.engines.organisations.domains import own_domain, registered
from colloquia.engines.organisations.folding import fold
from colloquia.engines.organisations.names import Name, read_name
from colloquia.engines.organisations.records import Body, LeftOut, Mention
from colloquia.engines.organisations.words import words

_FURTHER = re.compile(r"[/|,;:(（]")


@dataclass(slots=True)
class Group:
    """Mentions that have become one body, with what they state besides the name."""

    key: str
    name: Name
    country: str
    keys: list[str]
    mentions: list[str] = field(default_factory=list)
    spellings: Counter[str] = field(default_factory=Counter)
    mail: set[str] = field(default_factory=set)
    sites: set[str] = field(default_factory=set)
    kinds: set[tuple[str, str]] = field(default_factory=set)
    channels: set[str] = field(default_factory=set)
    stated: set[str] = field(default_factory=set)

    @property
    def domains(self) -> set[str]:
        """Registered domains of mail and sites that are not open to everybody."""
        if not self.mail and not self.sites:
            return set()
        return {registered(domain) for domain in self.mail | self.sites}

    @property
    def weight(self) -> tuple[int, str]:
        """The order in which groups lead: most mentioned first, then by key."""
        return (-len(self.mentions), self.key)

    def take(self, other: Group) -> None:
        """Join another group to this one."""
        self.keys += other.keys
        self.mentions += other.mentions
        self.spellings += other.spellings
        for held, more in (
            (self.mail, other.mail),
            (self.sites, other.sites),
            (self.kinds, other.kinds),
            (self.channels, other.channels),
            (self.stated, other.stated),
        ):
            held.update(more)  # type: ignore[arg-type]
        self.country = self.country or other.country

    def body(self, order: dict[str, int]) -> Body:
        """The group as it is given out, its mentions in their own order."""
        spellings = sorted(self.spellings, key=lambda one: (-self.spellings[one], one.isupper(), one))
        return Body(
            self.key,
            tuple(sorted(self.keys)),
            spellings[0],
            tuple(sorted(spellings)),
            tuple(sorted(self.mentions, key=order.__getitem__)),
            self.country,
            tuple(sorted(self.domains)),
            tuple(sorted(self.channels)),
        )


def gather(mentions: Iterable[Mention]) -> tuple[list[Group], list[LeftOut]]:
    """Mentions joined to bodies, the most mentioned first, and mentions that name no organisation."""
    cells, left_out = fold_names(mentions)
    return join(cells), left_out


def fold_names(mentions: Iterable[Mention]) -> tuple[list[Group], list[LeftOut]]:
    """One group for each name as folded, with territory, and mentions that name no organisation."""
    groups: dict[str, Group] = {}
    left_out: list[LeftOut] = []
    read: dict[tuple[str, str], Name] = {}
    known = words()
    for mention in mentions:
        if is_person(mention.stakeholder):
            left_out.append(LeftOut(mention.mention_id, "person"))
            continue
        folded = fold(mention.name)
        if not folded or folded in known.blank:
            left_out.append(LeftOut(mention.mention_id, "not a name" if folded else "no name"))
            continue
        spelling = " ".join(mention.name.split())
        name = read.get((spelling, mention.acronym)) or read_name(spelling, mention.acronym)
        read[spelling, mention.acronym] = name
        country = mention.country.strip().upper()
        mail, site = own_domain(mention.e_mail_domain), own_domain(mention.url_domain)
        # Initials and general words name many bodies: only the same domain makes them one.
        domain = registered(mail or site) if (mail or site) and name.is_weak else ""
        normal = " ".join((_without_article(name.core), *(form.replace(" ", "-") for form in name.forms)))
        key = "|".join((normal, country, domain)) if domain else f"{normal}|{country}"
        group = groups.get(key)
        if group is None:
            group = groups[key] = Group(key, name, country, [key])
        group.mentions.append(mention.mention_id)
        group.spellings[spelling] += 1
        group.mail.update({mail} - {""})
        group.sites.update({site} - {""})
        group.channels.update({mention.channel} - {""})
        group.stated.update(name.stated)
        if mention.stakeholder:
            group.kinds.add((mention.channel, mention.stakeholder.strip().casefold()))
    return list(groups.values()), left_out


@cache
def is_person(stakeholder: str) -> bool:
    """Whether a stated kind of respondent is a person: "Individual", "Individual (creator)", 个人."""
    first = fold(_FURTHER.split(stakeholder, maxsplit=1)[0])
    return first in words().person or first.startswith("individual ")


def _without_article(core: str) -> str:
    return core[4:] if core.startswith("the ") else core


def join(groups: Sequence[Group]) -> list[Group]:
    """Join groups of one name of which one states less than the other and nothing contradicts.

    A group without territory joins the only territory that its name has. A group without legal form joins the
    only form that its name has there, where both state the territory or write from one domain. Names that
    many bodies have (``Name.is_weak``) are joined only by a domain.
    """
    by_name: dict[str, list[Group]] = {}
    for group in sorted(groups, key=lambda one: one.weight):
        by_name.setdefault(group.key.split("|", 1)[0], []).append(group)
    joined: list[Group] = []
    for same in by_name.values():
        joined += _fewer(same, lambda group: not group.country, form=False)
    by_core: dict[tuple[str, str], list[Group]] = {}
    for group in joined:
        by_core.setdefault((_without_article(group.name.core), group.country), []).append(group)
    result: list[Group] = []
    for same in by_core.values():
        result += _fewer(same, lambda group: not group.name.forms, form=True)
    return sorted(result, key=lambda one: one.weight)


def _fewer(same: list[Group], lacks: Callable[[Group], bool], *, form: bool) -> list[Group]:
    full = [group for group in same if not lacks(group)]
    if len(full) != 1 or len(same) == 1:
        return same
    (target,) = full
    kept = [target]
    for group in same:
        if group is target:
            continue
        shared = bool(group.domains & target.domains)
        apart = bool(group.domains and target.domains) and not shared
        known = (bool(group.country) if form else True) and not group.name.is_weak
        if shared or (known and not apart):
            target.take(group)
        else:
            kept.append(group)
    return kept
