"""The draw of units that are read twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from hashlib import sha256


def draw_sample(
    ids: Collection[str], *, size: int, seed: int | str, strata: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """``size`` of ``ids``, chosen by hash, in the order of their hashes; all of them where there are no more.

    Each id has its place from ``seed`` and itself alone, so ids that come later may push some out but never
    reshuffle the rest, and any first part of the sample is a sample too. With ``strata`` (stratum by id; an
    id without one is in the stratum "") places go in proportion, by largest remainder, with at least one for
    each stratum. Raises ``ValueError`` where ``size`` is negative or less than the number of strata.
    """
    if size < 0:
        raise ValueError(f"A sample of {size} cannot be drawn; give 0 or more.")
    ordered = sorted(set(ids), key=lambda one: (sha256(f"{seed}\0{one}".encode()).digest(), one))
    if strata is None or size >= len(ordered) or not size:
        return tuple(ordered[:size])
    members: dict[str, list[str]] = {}
    for one in ordered:
        members.setdefault(strata.get(one, ""), []).append(one)
    if size < len(members):
        raise ValueError(
            f"A sample of {size} has no place for each of {len(members)} strata; "
            f"draw at least {len(members)}, or join strata."
        )
    places = allocate({stratum: len(held) for stratum, held in members.items()}, size)
    chosen = {one for stratum, held in members.items() for one in held[: places[stratum]]}
    return tuple(one for one in ordered if one in chosen)


def allocate(sizes: Mapping[str, int], places: int) -> dict[str, int]:
    """``places`` over strata in proportion to ``sizes``, at least one each, never more than there are.

    Each stratum gets its first place; the others go one after another to the stratum that is furthest below
    its exact share, the name deciding between equals. ``places`` lies between the number of strata and
    the sum.
    """
    total = sum(sizes.values())
    exact = {stratum: places * size / total for stratum, size in sizes.items()}
    given = {stratum: max(1, int(exact[stratum])) for stratum in sizes}
    while sum(given.values()) > places:
        most = max((one for one in sorted(given) if given[one] > 1), key=lambda one: given[one] - exact[one])
        given[most] -= 1
    while sum(given.values()) < places:
        open_ = (one for one in sorted(given) if given[one] < sizes[one])
        least = max(open_, key=lambda one: exact[one] - given[one])
        given[least] += 1
    return given
