"""When a shared run of text counts as a letter, and when a text counts as a copy of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.duplicates.cores import Core


@dataclass(frozen=True, slots=True)
class Limits:
    """Lengths are in letters (a Han, kana or Hangul character counts as three), shares from 0 to 1.

    A copy covers ``covered`` of the letter (see ``cores.holdings``); ``covered_less`` of it less where
    a letter shorter than ``short`` is well established, because there one changed word weighs
    much. A letter is at least ``minimum`` long, and either

    - ``certain`` long and at least ``embedded_share`` of the text it was read from, or
    - ``whole`` long and at least ``bare_share`` of that text, or
    - of any length, if at least two texts are little else (``bare_share``), or
    - ``repeated`` long, if ``many`` texts, and one in ``many_of`` of all, hold it.

    The letter is at least ``member_share`` of every copy where it is ``certain`` long or at least
    ``bare_copies`` texts are little else, otherwise ``short_share``; ``doubtful_share`` where
    only the third rule makes it a letter.
    """

    covered: float = 0.75
    covered_less: float = 0.1
    short: int = 200
    minimum: int = 50
    certain: int = 250
    embedded_share: float = 0.2
    whole: int = 130
    bare_share: float = 0.65
    repeated: int = 80
    many: int = 20
    many_of: int = 500
    member_share: float = 0.1
    short_share: float = 0.2
    doubtful_share: float = 0.5
    bare_copies: int = 5


def possible(core: Core, limits: Limits) -> bool:
    """Whether the core may be a letter at all, before its copies are counted."""
    return core.length >= limits.minimum and core.share >= limits.embedded_share


class Demand(NamedTuple):
    """Which part of the letter a copy must cover, and which part of the copy the letter must be."""

    covered: float
    share: float


def demand(
    core: Core, covered: NDArray[np.float64], share: NDArray[np.float64], texts: int, limits: Limits
) -> Demand | None:
    """Return what a copy of the letter must fulfil; None if the core is no letter.

    ``covered`` and ``share`` (see ``cores.holdings``) are those of the texts of the star, without
    the one the core was read from; ``texts`` is the number of distinct texts in the docket.
    """
    inside = (covered >= limits.covered) & (share >= limits.short_share)
    bare = int((inside & (share >= limits.bare_share)).sum()) + (core.share >= limits.bare_share)
    crowd = core.length >= limits.repeated and inside.sum() >= max(limits.many, texts / limits.many_of)
    established = crowd or bare >= limits.bare_copies
    least = limits.covered - (limits.covered_less if established and core.length < limits.short else 0.0)
    if core.length >= limits.certain or bare >= limits.bare_copies:
        return Demand(least, limits.member_share)
    if established or (core.length >= limits.whole and core.share >= limits.bare_share):
        return Demand(least, limits.short_share)
    return Demand(least, limits.doubtful_share) if bare >= 2 else None
