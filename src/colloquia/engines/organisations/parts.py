"""Bodies whose name holds another's with a word for a part: a section, a faculty, a branch in a territory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from colloquia.engines.organisations.cells import Group
from colloquia.engines.organisations.domains import is_shared_by_parts, registered
from colloquia.engines.organisations.evidence import LEAST, more, proposal
from colloquia.engines.organisations.records import Proposal, Reason
from colloquia.engines.organisations.words import words

_MOST_WORDS, _LONGEST_COMPACT, _SHORTEST_COMPACT = 16, 40, 3
_MOST_WHOLES = 2
_NAMED, _TERRITORY, _HOLDS, _ACRONYM = 0.6, 0.5, 0.2, 0.45
_DOMAIN, _COUNTRY = 0.5, 0.15


class Parts:
    """Finds bodies of which a body may be a part; ``is_territory`` tells whether words name a territory."""

    def __init__(self, groups: Sequence[Group], is_territory: Callable[[str], bool]) -> None:
        self._is_territory = is_territory
        self._by_core: dict[str, list[Group]] = {}
        self._by_acronym: dict[str, list[Group]] = {}
        for group in groups:
            self._by_core.setdefault(group.name.core.removeprefix("the "), []).append(group)
            for acronym in sorted(group.name.initials | group.name.stated | group.stated):
                self._by_acronym.setdefault(acronym, []).append(group)

    def of(self, part: Group) -> list[Proposal]:
        """At most two proposals, the longest name held first."""
        found: list[Proposal] = []
        for held, rest in sorted(set(self._held(part)), key=lambda pair: (-len(pair[0]), pair)):
            made = [self._propose(whole, part, rest, held if by else "") for whole, by in self._wholes(held)]
            known = {one.keys[0] for one in found}
            new = [one for one in made if one and one.keys[0] not in known]
            if new:
                found.append(max(new, key=lambda one: one.score))
            if len(found) == _MOST_WHOLES:
                break
        return found

    def _wholes(self, held: str) -> Iterator[tuple[Group, bool]]:
        for group in self._by_core.get(held, ())[:4]:
            yield group, False
        if " " not in held and len(held) > 2:
            full = [group for group in self._by_acronym.get(held, ()) if group.name.core != held]
            if len(full) == 1:
                yield full[0], True

    def _held(self, part: Group) -> Iterator[tuple[str, str]]:
        """Names inside a name, each with the words left over, parted by a stroke where it stood."""
        every = part.name.words
        if part.name.unspaced and len(every) == 1:
            core = part.name.core[:_LONGEST_COMPACT]
            for end in range(_SHORTEST_COMPACT, len(core)):
                if core[:end] in self._by_core:
                    yield core[:end], core[end:]
            return
        if not 2 <= len(every) <= _MOST_WORDS:
            return
        for start in range(len(every)):
            for end in range(start + 1, len(every) + 1):
                held = " ".join(every[start:end])
                if end - start < len(every) and (held in self._by_core or held in self._by_acronym):
                    before, after = every[:start], every[end:]
                    # "A and B" is two bodies that wrote together, and no part of either.
                    if "and" not in (*before[-1:], *after[:1]):
                        yield held, " ".join((*before, *after))

    def _propose(self, whole: Group, part: Group, rest: str, acronym: str) -> Proposal | None:
        abroad = whole.country and part.country and whole.country != part.country
        if whole is part or (abroad and not self._is_territory(rest)):
            return None
        known = words()
        strong = [word for word in rest.split() if word not in known.small]
        sections = [word for word in strong if word in known.section]
        compact = [word for word in known.compact_section if part.name.unspaced and rest.endswith(word)]
        shared = {registered(name) for name in part.domains} & whole.domains
        below = sorted(
            lower
            for lower in part.mail | part.sites
            for upper in whole.mail | whole.sites
            if lower.endswith("." + upper)
        )
        same_country = bool(whole.country) and whole.country == part.country
        # What is left over may be the name's own acronym.
        if (
            not strong
            or set(strong) <= whole.name.initials | part.name.stated
            or whole.name.core in part.stated
        ):
            return None
        if sections or compact:
            score, reason = _NAMED, Reason("names a part", (sections or compact)[0])
        elif self._is_territory(" ".join(strong)):
            score, reason = _TERRITORY, Reason("names a territory", " ".join(strong))
        elif shared and not all(is_shared_by_parts(domain) for domain in shared):
            score, reason = _HOLDS, Reason("holds the name")
        else:
            return None
        if acronym:
            score = min(score, _ACRONYM)
        # General words hold in many names: something must say that it is this body.
        if whole.name.is_weak and not (shared or (same_country and not (whole.domains and part.domains))):
            return None
        reasons = [reason]
        if acronym:
            reasons.append(Reason("holds the acronym", acronym.upper()))
        if shared:
            reasons.append(Reason("same e-mail domain", min(shared)))
            score = more(score, _DOMAIN)
        if below:
            reasons.append(Reason("domain below", below[0]))
        if same_country:
            reasons.append(Reason("same country", whole.country))
            score = more(score, _COUNTRY)
        return proposal("part of", (whole, part), score, tuple(reasons)) if score >= LEAST else None
