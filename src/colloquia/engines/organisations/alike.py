"""Which body each mention belongs to where nobody has decided anything: the safe joins, without proposals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from colloquia.engines.organisations.cells import fold_names, join
from colloquia.engines.organisations.records import Mention


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mention belongs. ``name_key`` is that of its name as folded, ``body`` the key of its body.

    Both are keys as ``Body.keys`` has them; they are equal unless the name was joined to another one.
    """

    name_key: str
    body: str


def join_alike(mentions: Iterable[Mention]) -> dict[str, Place]:
    """The place of each mention that names an organisation, by its id; the same joins as ``propose`` makes.

    Persons and what is no name are absent.
    """
    cells, _ = fold_names(mentions)
    # Joining adds the mentions of one group to another; who stood where is noted before.
    own = {cell.key: tuple(cell.mentions) for cell in cells}
    return {
        mention: Place(key, body.key) for body in join(cells) for key in body.keys for mention in own[key]
    }
