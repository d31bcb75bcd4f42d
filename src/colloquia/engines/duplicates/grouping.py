"""Shared texts of a docket: exact groups first, then the letters that were edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from colloquia.engines.duplicates.edited import SIMILARITY, edited_groups
from colloquia.engines.duplicates.exact import exact_groups
from colloquia.engines.duplicates.representative import representative


@dataclass(frozen=True, slots=True)
class SharedText:
    """One message sent by several: ``kind`` is exact or edited.

    ``members`` are ascending indices of texts; ``representative`` is one of them.
    """

    kind: str
    members: tuple[int, ...]
    representative: int


def find_shared_text(
    texts: Sequence[str], *, similarity: float = SIMILARITY, seed: int = 0
) -> list[SharedText]:
    """Return the exact groups, then the edited ones, one text per submission.

    The kinds are reported each for itself: identical copies of an edited letter are an
    exact group and belong to the edited group as well.
    """
    shared = [SharedText("exact", tuple(group), group[0]) for group in exact_groups(texts)]
    for group in edited_groups(texts, similarity=similarity, seed=seed):
        chosen = group[representative([texts[index] for index in group])]
        shared.append(SharedText("edited", tuple(group), chosen))
    return shared
