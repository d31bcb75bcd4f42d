"""A name taken apart: its words, what stands in brackets, its initials."""

from __future__ import annotations

import re
from dataclasses import dataclass

from colloquia.engines.organisations.folding import COMPACT, fold, latin, loose, plain
from colloquia.engines.organisations.forms import without_forms, without_slipped_form
from colloquia.engines.organisations.words import words

_BRACKETED = re.compile(r"[(（\[【「『](?P<inside>[^()（）\[\]【】「」『』]{2,})[)）\]】」』]")
_STROKE = re.compile(r"\s*[/|／]\s*|\s+[-–—]\s+|\s*[–—]\s*")
_CAPITALS = re.compile(r"\b(?:[A-ZА-Я]\.?){2,9}(?![\w.])")
_LONGEST_ACRONYM = 10
_NUMBER = re.compile(r"^(?:\d+\w?|[ivx]{1,5})$")


@dataclass(frozen=True, slots=True)
class Name:
    """What can be compared of one folded name.

    ``core`` is the name without legal forms, ``strong`` its words that are not small. ``compact`` has the
    strong words in one piece and in plain spelling, ``base`` the same without brackets and without its own
    acronym, ``others`` the compact forms of what it says it is called besides. ``initials`` are acronyms it
    may have, ``stated`` those that it gives itself. ``latin`` is the compact form in Latin letters, for names
    in other alphabets.
    """

    core: str
    forms: tuple[str, ...]
    words: tuple[str, ...]
    strong: tuple[str, ...]
    compact: str
    base: str
    others: frozenset[str]
    initials: frozenset[str]
    stated: frozenset[str]
    latin: str
    sections: frozenset[str]
    numbers: frozenset[str]
    unspaced: bool

    @property
    def is_acronym(self) -> bool:
        """Whether the whole name looks like initials: one short word of letters."""
        return len(self.words) == 1 and 2 <= len(self.core) <= _LONGEST_ACRONYM and not self.unspaced

    @property
    def is_weak(self) -> bool:
        """Whether different bodies often have this name: initials, or none but general words."""
        known = words()
        if len(self.words) == 1 and len(self.core) <= 5 and not self.unspaced:
            return True
        return all(word in known.generic or word in known.small for word in self.words)


def compact_of(core: str) -> str:
    """The words of a folded core that are not small, in one piece and in plain spelling."""
    return plain("".join(strong_words(core)))


def strong_words(core: str) -> tuple[str, ...]:
    """Words that are not small; all of them where none would be left."""
    every = tuple(core.split())
    small = words().small
    return tuple(word for word in every if word not in small) or every


def read_name(raw: str, acronym: str = "") -> Name:
    """Take a name apart as it was written; ``acronym`` is one that was stated beside it."""
    core, forms = without_forms(fold(raw))
    stated = {fold(acronym)} if acronym else set()
    base = core
    others: set[str] = set()
    pieces = [found["inside"] for found in _BRACKETED.finditer(raw)]
    if pieces:
        base = without_forms(fold(_BRACKETED.sub(" ", raw)))[0] or core
    if _STROKE.search(raw):
        pieces += _STROKE.split(raw)
    for piece in pieces:
        other = without_forms(fold(piece))[0]
        if other and other != core:
            others.add(other)
    base = without_slipped_form(_without_own_acronym(base))
    initials = _initials(base)
    for other in sorted(others):
        # A piece in capitals, or one made of the name's initials, is an acronym; a longer one another name.
        if " " not in other and (other in initials or _is_capitals(other, raw)):
            stated.add(other)
    if base != core:
        stated.update(word for word in core.split() if word in initials)
    named = {compact_of(other) for other in others - stated if _may_name(other)}
    known = words()
    strong = strong_words(core)
    unspaced = COMPACT.search(core) is not None
    sections = frozenset(word for word in core.split() if word in known.section)
    if unspaced:
        sections |= {word for word in known.compact_section if core.endswith(word)}
    return Name(
        core,
        forms,
        tuple(core.split()),
        strong,
        plain("".join(strong)),
        compact_of(base),
        frozenset(named | {compact_of(base)} - {plain("".join(strong))}),
        initials,
        frozenset(stated),
        loose(latin(compact_of(core))),
        sections,
        frozenset(word for word in core.split() if _NUMBER.match(word)),
        unspaced,
    )


def _is_capitals(folded: str, raw: str) -> bool:
    return len(folded) <= _LONGEST_ACRONYM and any(
        fold(found[0]) == folded for found in _CAPITALS.finditer(raw)
    )


def _may_name(core: str) -> bool:
    """Whether a piece of a name can be a name by itself: not a general word, a number or a letter or two."""
    known = words()
    strong = strong_words(core)
    if all(word in known.generic or word in known.section or _NUMBER.match(word) for word in strong):
        return False
    return len(core) > 3 or COMPACT.search(core) is not None


def _without_own_acronym(core: str) -> str:
    """The name without a first or last word that is made of the initials of the others."""
    every = core.split()
    if len(every) < 4:
        return core
    for rest, edge in ((every[:-1], every[-1]), (every[1:], every[0])):
        if len(edge) > 2 and edge in _initials(" ".join(rest)):
            return " ".join(rest)
    return core


def _initials(core: str) -> frozenset[str]:
    every, strong = core.split(), strong_words(core)
    known = words()
    kept = [word for word in strong if word not in known.section] or strong
    found = {"".join(word[0] for word in part) for part in (every, strong, kept)}
    return frozenset(one for one in found if 3 <= len(one) <= _LONGEST_ACRONYM and not COMPACT.search(one))
