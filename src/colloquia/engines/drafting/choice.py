"""Which passages a model is shown: as many as have room, from every language and kind of stakeholder."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from colloquia.engines.drafting.records import Evidence
from colloquia.engines.passages.sentences import sentence_ends, weak_cut

BUDGET = 6000
"""Estimated tokens of all passages in one prompt; small models hold eight thousand in all."""
MOST = 40
LONGEST = 400
"""Estimated tokens of one passage; more is cut at the end of a sentence."""
_PATIENCE = 200


def estimated_tokens(text: str) -> int:
    """About how many tokens ``text`` takes, rather too many than too few."""
    ascii_signs = sum(character < "\x80" for character in text)
    dense = sum(character >= "\u2e80" for character in text)
    return math.ceil(ascii_signs / 4 + (len(text) - ascii_signs - dense) / 2 + dense)


def shown_text(text: str, most: int = LONGEST) -> str:
    """The beginning of ``text`` that takes at most ``most`` estimated tokens, whole sentences if it can."""
    if estimated_tokens(text) <= most:
        return text
    kept = ""
    for end in sentence_ends(text, 0, len(text)):
        if estimated_tokens(text[:end]) > most:
            break
        kept = text[:end]
    if kept:
        return kept
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if estimated_tokens(text[:middle]) <= most else (low, middle - 1)
    return text[: weak_cut(text, 0, low)]


def choose(passages: Sequence[Evidence], budget: int = BUDGET, most: int = MOST) -> tuple[Evidence, ...]:
    """At most ``most`` passages within ``budget`` estimated tokens, in their own order.

    One of each distinct message comes first. Among those the next is from the language and the kind
    of stakeholder that were chosen least so far; then the earlier goes first. The same passages give the
    same choice.
    """
    chosen: list[int] = []
    languages: Counter[str] = Counter()
    stakeholders: Counter[str] = Counter()
    left, misfits = budget, 0
    for turn in _turns(passages):
        while turn and len(chosen) < most and misfits < _PATIENCE:
            key = min(turn, key=lambda each: (languages[each[0]] + stakeholders[each[1]], turn[each][-1]))
            place = turn[key].pop()
            if not turn[key]:
                del turn[key]
            cost = estimated_tokens(shown_text(passages[place].text))
            if not passages[place].text.strip() or cost > left:
                misfits += 1
                continue
            left -= cost
            languages[key[0]] += 1
            stakeholders[key[1]] += 1
            chosen.append(place)
    return tuple(passages[place] for place in sorted(chosen))


def _turns(passages: Sequence[Evidence]) -> list[dict[tuple[str, str], list[int]]]:
    """Places by language and stakeholder, last first: one of each message, then the rest."""
    first: dict[tuple[str, str], list[int]] = {}
    rest: dict[tuple[str, str], list[int]] = {}
    seen: set[str] = set()
    for place, passage in enumerate(passages):
        message = passage.message or passage.passage_id
        turn = rest if message in seen else first
        seen.add(message)
        turn.setdefault((passage.language, passage.stakeholder), []).append(place)
    for turn in (first, rest):
        for places in turn.values():
            places.reverse()
    return [first, rest]
