"""How many letters two words or names differ in, as far as it may be a slip."""

from __future__ import annotations

from collections.abc import Mapping

COMMON = 3
"""A word in the names of so many bodies is no slip."""
_ENDINGS = ("s", "es", "e", "n", "en", "al", "ly", "ы", "и", "а")
_CONFUSED = frozenset(
    frozenset(pair.split())
    for pair in (
        "austrian australian", "slovak slovene", "slovakian slovenian", "nigerian nigerien", "iranian iraqi",
        "dominica dominican", "north south", "east west", "public publish",
        "causal casual", "marine maritime",
        "national rational", "statistic static", "polish publish", "human humane", "nation notion",
        "print point", "cultural natural", "tourism tourist", "import export", "micro macro", "neuro euro",
    )
)  # fmt: skip


def distance(one: str, other: str, limit: int) -> int:
    """Insertions, deletions, replacements and swaps of neighbours; ``limit`` + 1 where there are more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    start = 0
    shortest = min(len(one), len(other))
    while start < shortest and one[start] == other[start]:
        start += 1
    end = 0
    while end < shortest - start and one[-1 - end] == other[-1 - end]:
        end += 1
    one, other = one[start : len(one) - end], other[start : len(other) - end]
    if not one or not other:
        return min(max(len(one), len(other)), limit + 1)
    if limit == 1:
        swapped = len(one) == len(other) == 2 and one == other[::-1]
        return 1 if swapped or len(one) == len(other) == 1 else 2
    if len(set(one) ^ set(other)) > 2 * limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        before, last, row = row, before, [place] + [0] * len(other)
        for column, facing in enumerate(other, 1):
            best = min(before[column] + 1, row[column - 1] + 1, before[column - 1] + (letter != facing))
            swapped = place > 1 and column > 1 and letter == other[column - 2] and one[place - 2] == facing
            row[column] = min(best, last[column - 2] + 1) if swapped else best
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def allowed(length: int) -> int:
    """In how many letters words or names of this length may differ by slips."""
    return 0 if length < 5 else 1 if length < 9 else 2 if length < 20 else 3 if length < 40 else 4


def slips(one: str, other: str, bodies_with: Mapping[str, int]) -> int:
    """Letters in which two words differ if one is a slip of the other; -1 where it is another word.

    ``bodies_with`` counts the bodies in whose name a word stands. Numbers and short words are never slips,
    and of two words that both stand in several names neither is, unless one is the other with an ending.
    """
    shorter, longer = sorted((one, other), key=lambda word: (len(word), word))
    limit = min(2, allowed(len(longer)))
    if not limit or one[0].isdigit() or other[0].isdigit() or frozenset((one, other)) in _CONFUSED:
        return -1
    found = distance(one, other, limit)
    if found > limit:
        return -1
    inflected = longer.startswith(shorter[:-1]) and (
        (longer == shorter + longer[len(shorter) :] and longer[len(shorter) :] in _ENDINGS)
        or (shorter[-1] == "y" and longer == shorter[:-1] + "ies")
    )
    common = bodies_with.get(one, 0) >= COMMON and bodies_with.get(other, 0) >= COMMON
    return found if inflected or not common else -1
