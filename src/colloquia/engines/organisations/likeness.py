"""What two names have to do with one another, as a weight and its reason."""

from __future__ import annotations

from collections.abc import Mapping

from colloquia.engines.organisations.folding import loose
from colloquia.engines.organisations.letters import allowed, distance, slips
from colloquia.engines.organisations.names import Name
from colloquia.engines.organisations.records import Reason
from colloquia.engines.organisations.words import words

Likeness = tuple[float, Reason]
_SHORTEST_PREFIX = 3
_MOST_SLIPS = 3
_LONG = 5
"""Words of a name in which one more or less may be a slip."""


def likeness(one: Name, other: Name, bodies_with: Mapping[str, int]) -> Likeness | None:
    """The closest relation of two names, None where there is none; symmetric.

    Weights say how often the relation alone is right, as chosen on the development half of the evaluation.
    """
    if one.core == other.core:
        return _same_core(one, other)
    if one.numbers != other.numbers:
        return None
    if one.strong == other.strong:
        return 0.8, Reason("small words differ")
    if one.compact == other.compact:
        written_apart = "".join(one.strong) == "".join(other.strong)
        return (0.8, Reason("spacing differs")) if written_apart else (0.85, Reason("written variants"))
    if _same_in_latin(one, other) or _same_in_latin(other, one):
        return 0.7, Reason("same name in another script")
    if one.base == other.base and (one.base != one.compact or other.base != other.compact):
        return 0.75, Reason("states the acronym") if one.stated | other.stated else Reason("written variants")
    if one.compact in other.others or other.compact in one.others:
        return 0.75, Reason("states the other's name")
    return _words(one, other, bodies_with) or _other_names(one, other)


def _same_core(one: Name, other: Name) -> Likeness:
    if one.forms == other.forms:
        return 0.75, Reason("same name")
    if not one.forms or not other.forms:
        return 0.8, Reason("same name without legal form")
    return 0.65, Reason("same name")


def _same_in_latin(one: Name, other: Name) -> bool:
    return bool(one.latin) and one.latin == loose(other.compact)


def _other_names(one: Name, other: Name) -> Likeness | None:
    shared = {piece for piece in one.others & other.others if len(piece) > 3}
    return (0.6, Reason("states the other's name")) if shared else None


def _words(one: Name, other: Name, bodies_with: Mapping[str, int]) -> Likeness | None:
    """Names of the same words in another order, with short forms or with slips."""
    if one.unspaced or other.unspaced:
        return None
    if len(one.strong) == len(other.strong) and sorted(one.strong) == sorted(other.strong):
        return 0.75, Reason("word order differs")
    if len(one.strong) == len(other.strong):
        if sum(word not in other.strong for word in one.strong) > _MOST_SLIPS:
            return None
        return _paired(_apart(one.strong, other.strong), len(one.compact), bodies_with)
    if abs(len(one.strong) - len(other.strong)) > 2 or min(len(one.compact), len(other.compact)) < 8:
        return None
    shared = set(one.strong) & set(other.strong)
    rest = [[word for word in name.strong if word not in shared] for name in (one, other)]
    if not all(rest):
        return _one_word_more(one, other)
    limit = min(2, allowed(len(one.compact)))
    found = distance("".join(rest[0]), "".join(rest[1]), limit)
    if found > limit or any(word.isdigit() for part in rest for word in part):
        return None
    return _by_letters(found)


def _one_word_more(one: Name, other: Name) -> Likeness | None:
    """A long name with a word more inside; a word more at the end often makes another body."""
    shorter, longer = sorted((one.strong, other.strong), key=len)
    if len(longer) != len(shorter) + 1 or len(shorter) < _LONG:
        return None
    place = next((at for at, word in enumerate(shorter) if longer[at] != word), len(shorter))
    if place == len(shorter) or longer[place + 1 :] != shorter[place:] or longer[place] in words().section:
        return None
    return 0.5, Reason("one word more", longer[place])


def _apart(one: tuple[str, ...], other: tuple[str, ...]) -> list[tuple[str, str]]:
    """Words that differ, in pairs: by place, or in alphabetical order where the order differs too."""
    placed = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    left = [word for word in one if word not in other]
    right = [word for word in other if word not in one]
    if len(left) == len(right) < len(placed):
        return list(zip(sorted(left), sorted(right), strict=True))
    return placed


def _paired(apart: list[tuple[str, str]], length: int, bodies_with: Mapping[str, int]) -> Likeness | None:
    if not apart or len(apart) > _MOST_SLIPS:
        return None
    letters, short = 0, ""
    for one, other in apart:
        if _is_short_for(one, other):
            short = min(one, other, key=len)
            continue
        found = slips(one, other, bodies_with)
        if found < 0:
            return None
        letters += found
    if short:
        return (0.7, Reason("abbreviated words", short)) if letters <= allowed(length) else None
    return _by_letters(letters) if letters <= allowed(length) else None


def _is_short_for(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    listed = words().abbreviation
    if (
        listed.get(short, short) == long
        or listed.get(long) == short
        or listed.get(short) == listed.get(long, "")
    ):
        return True
    prefix = _SHORTEST_PREFIX <= len(short) <= len(long) - 3 and long.startswith(short)
    return prefix and len(long) >= 7


def _by_letters(letters: int) -> Likeness:
    if letters == 1:
        return 0.7, Reason("one letter differs")
    return 0.65 if letters == 2 else 0.55, Reason("letters differ", str(letters))


def acronym_of(one: Name, other: Name, stated: frozenset[str]) -> Likeness | None:
    """Whether ``one`` is an acronym of ``other``; ``stated`` are acronyms that ``other`` gave itself."""
    if not one.is_acronym:
        return None
    if one.core in stated:
        return 0.75, Reason("states the acronym", one.core.upper())
    if one.core in other.initials:
        return 0.45 if len(one.core) > 3 else 0.38, Reason("acronym of", one.core.upper())
    return None
