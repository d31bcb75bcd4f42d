"""Pairs of bodies worth comparing: those that share a key, in blocks of bounded cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from colloquia.engines.organisations.cells import Group
from colloquia.engines.organisations.domains import is_shared_by_parts
from colloquia.engines.organisations.folding import loose
from colloquia.engines.organisations.names import Name
from colloquia.engines.organisations.words import words

SMALL = 12
"""Groups in a block that are all compared with one another."""
CENTRES = 3
NEIGHBOURS = 3
"""In a larger block each is compared with so many of the most mentioned and with so many next by name."""
_MOST_WORDS = 14
_SHORTEST_SLIP = 5


def spelled(groups: Sequence[Group]) -> tuple[dict[str, str], Counter[str]]:
    """The usual spelling of each word, for blocks alone, and how many groups have each word.

    A word's usual spelling is the most common word that is the same when one letter is left out of either.
    """
    counts = Counter(word for group in groups for word in set(group.name.strong))
    best: dict[str, str] = {}
    order = {word: (-count, word) for word, count in counts.items()}
    for word in counts:
        for key in _shorter(word):
            known = best.get(key)
            if known is None or order[word] < order[known]:
                best[key] = word
    usual = {}
    short = words().abbreviation
    for word in counts:
        found = min((best[key] for key in _shorter(word)), key=order.__getitem__, default=word)
        usual[word] = short.get(word, found)
    return usual, counts


def _shorter(word: str) -> Iterator[str]:
    if len(word) >= _SHORTEST_SLIP and word.isalpha() and (word.isascii() or word[0] < "\u0900"):
        yield word
        for place in range(len(word)):
            yield word[:place] + word[place + 1 :]


def keys(name: Name, domains: set[str], stated: set[str], usual: dict[str, str]) -> Iterator[str]:
    """The blocks in which a body stands."""
    yield f"n{name.compact}"
    for other in name.others:
        yield f"n{other}"
    for acronym in name.initials | name.stated | stated:
        yield f"n{acronym}"
    if name.latin or name.core.isascii():
        yield f"l{name.latin or loose(name.compact)}"
    for domain in domains:
        yield f"@{domain}"
    strong = sorted(usual[word] for word in name.strong[:_MOST_WORDS])
    if not name.unspaced:
        yield "s" + " ".join(strong)
        if len(strong) > 1:
            known = words().generic
            for place in range(len(strong)):
                rest = strong[:place] + strong[place + 1 :]
                if len(rest) > 1 or rest[0] not in known:
                    yield "s" + " ".join(rest)
        else:
            yield from ("s" + key for key in _shorter(strong[0]))


def pairs(groups: Sequence[Group], usual: dict[str, str]) -> set[tuple[int, int]]:
    """Pairs of places in ``groups`` (most mentioned first) that share a block, the lower place first."""
    blocks: dict[str, list[int]] = {}
    for place, group in enumerate(groups):
        for key in set(keys(group.name, group.domains, group.stated, usual)):
            blocks.setdefault(key, []).append(place)
    found: set[tuple[int, int]] = set()
    for key, members in blocks.items():
        if len(members) < 2:
            continue
        if len(members) <= SMALL:
            found.update((one, other) for at, one in enumerate(members) for other in members[at + 1 :])
            continue
        # Bodies of a school or state need have nothing in common but the domain.
        if key[0] == "@" and is_shared_by_parts(key[1:]):
            continue
        centres = members[:CENTRES]
        found.update((one, other) for one in centres for other in members if one < other)
        by_name = sorted(members, key=lambda place: (groups[place].name.strong, place))
        for step in range(1, NEIGHBOURS + 1):
            found.update(
                (min(one, other), max(one, other))
                for one, other in zip(by_name, by_name[step:], strict=False)
            )
    return found
