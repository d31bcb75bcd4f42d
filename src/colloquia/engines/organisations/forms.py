"""Legal forms at the ends of a name, and the name without them."""

from __future__ import annotations

from functools import cache

from colloquia.engines.organisations.folding import COMPACT
from colloquia.engines.organisations.letters import allowed, distance
from colloquia.engines.organisations.words import legal_forms, words

_MOST_WORDS = 5


def without_forms(folded: str) -> tuple[str, tuple[str, ...]]:
    """The folded name without its legal forms, and what these are; never leaves no name."""
    end, start = legal_forms()
    small = words().small
    rest = folded.split()
    forms: set[str] = set()

    def is_name(remaining: list[str]) -> bool:
        return any(word not in small for word in remaining)

    changed = True
    while changed:
        changed = False
        for count in range(min(_MOST_WORDS, len(rest) - 1), 0, -1):
            if (form := end.get(tuple(rest[-count:]))) and is_name(rest[:-count]):
                rest, changed = rest[:-count], True
                forms.add(form)
                break
            if (form := start.get(tuple(rest[:count]))) and is_name(rest[count:]):
                rest, changed = rest[count:], True
                forms.add(form)
                break
        # "gmbh and co kg" is taken whole; a joining word left by a part of it is none of the name.
        while changed and len(rest) > 1 and rest[-1] == "and":
            rest = rest[:-1]
    core = " ".join(rest)
    if COMPACT.search(core):
        core = _compact(core, forms)
    return core, tuple(sorted(forms))


def _compact(core: str, forms: set[str]) -> str:
    end, start = legal_forms()
    for table, at_end in ((end, True), (start, False)):
        for key in sorted(table, key=lambda spelling: (-len(spelling[0]), spelling)):
            spelling = key[0]
            if len(key) > 1 or len(spelling) < 2 or not COMPACT.match(spelling):
                continue
            found = core.endswith(spelling) if at_end else core.startswith(spelling)
            if found and len(core) > len(spelling):
                core = (core[: -len(spelling)] if at_end else core[len(spelling) :]).strip()
                forms.add(table[key])
                break
    return core


def without_slipped_form(core: str) -> str:
    """The name without words at its end that are a long legal form, or a slip of one."""
    rest = core.split()
    while len(rest) > 1 and _is_slipped_form(rest[-1]):
        rest.pop()
    return " ".join(rest)


@cache
def _long_forms() -> tuple[str, ...]:
    end, _ = legal_forms()
    found = {word for spelling in end for word in spelling if len(word) > 5 and word.isascii()}
    return tuple(sorted(found - words().generic))


@cache
def _is_slipped_form(word: str) -> bool:
    if len(word) < 6 or word in words().generic:
        return False
    limit = min(2, allowed(len(word)))
    return any(distance(word, form, limit) <= limit for form in _long_forms())
