"""Organisations of a docket: which mentions are one body, and which bodies a person should look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from functools import cache

from colloquia.engines.jurisdictions import Profile, load_profile
from colloquia.engines.organisations.blocks import pairs, spelled
from colloquia.engines.organisations.cells import gather
from colloquia.engines.organisations.evidence import docket_of, weigh
from colloquia.engines.organisations.parts import Parts
from colloquia.engines.organisations.records import Mention, Proposal, Resolution

MOST = 3
"""Proposals of one kind for a body, unless the other body has fewer."""
_STEP = 20_000
Progress = Callable[[str, int, int], None]


def _silent(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


def propose(
    mentions: Iterable[Mention],
    *,
    decided: Collection[tuple[str, str]] = (),
    most: int | None = MOST,
    progress: Progress = _silent,
) -> Resolution:
    """Bodies of all mentions, and proposals for a person.

    Only names that are written alike are joined here, with nothing that contradicts; see ``cells.join``.
    ``decided`` are pairs of keys, in any order, about which a person has decided; no proposal joins two
    bodies that have them. ``most`` bounds the proposals of one kind for a body; None gives all. The result
    depends on the set of mentions alone; only ``Body.mentions`` and ``left_out`` follow the order given.
    ``progress`` is told the stage, mentions done and all mentions. Raises ``ValueError`` where two mentions
    have one id.
    """
    listed = list(mentions)
    order = {mention.mention_id: place for place, mention in enumerate(listed)}
    if len(order) < len(listed):
        twice = next(one for one, count in Counter(m.mention_id for m in listed).items() if count > 1)
        raise ValueError(f"The mention {twice} is given twice; give each submission once.")
    progress("organisations", 0, len(listed))
    groups, left_out = gather(listed)
    usual, counts = spelled(groups)
    docket = docket_of(groups, counts)
    closed = _closed(decided, {key: group.key for group in groups for key in group.keys})
    candidates = sorted(pairs(groups, usual))
    found: list[Proposal] = []
    for done, (one, other) in enumerate(candidates):
        if done % _STEP == 0:
            progress("organisations", len(listed) * done // (len(candidates) + 1), len(listed))
        made = weigh(groups[one], groups[other], docket)
        if made:
            found.append(made)
    parts = Parts(groups, cache(_is_territory))
    found += [made for group in groups for made in parts.of(group)]
    kept = _strongest([one for one in found if frozenset(one.keys) not in closed], most)
    progress("organisations", len(listed), len(listed))
    bodies = sorted(
        (group.body(order) for group in groups), key=lambda body: (body.name.casefold(), body.key)
    )
    return Resolution(tuple(bodies), kept, tuple(sorted(left_out, key=lambda one: order[one.mention_id])))


def _closed(decided: Collection[tuple[str, str]], owner: dict[str, str]) -> set[frozenset[str]]:
    return {
        frozenset((owner[one], owner[other])) for one, other in decided if one in owner and other in owner
    }


def _strongest(found: list[Proposal], most: int | None) -> tuple[Proposal, ...]:
    """The strongest first; a pair that is a whole and its part is not proposed as the same as well."""
    parts = {frozenset(one.keys) for one in found if one.kind == "part of"}
    kept: list[Proposal] = []
    proposed: Counter[tuple[str, str]] = Counter()
    for one in sorted(found, key=lambda made: (-made.score, made.keys, made.kind)):
        if one.kind == "same" and frozenset(one.keys) in parts and one.score < 0.7:
            continue
        ends = [(one.kind, key) for key in one.keys]
        if most is not None and min(proposed[end] for end in ends) >= most:
            continue
        proposed.update(ends)
        kept.append(one)
    return tuple(kept)


def _is_territory(text: str) -> bool:
    return bool(text) and _profile().explain(text, form="name").territory is not None


@cache
def _profile() -> Profile:
    return load_profile()
