"""Shared texts of a docket: exact groups first, then the letters that were edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from colloquia.engines.duplicates.edited import SIMILARITY, distinct_texts, letters
from colloquia.engines.duplicates.representative import most_typical


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
    exact group and belong to the edited group as well. See ``exact.exact_groups`` and
    ``edited.edited_groups``; the texts are folded and cut up only once here.
    """
    distinct, copies = distinct_texts(texts)
    exact = sorted(group for group in copies if len(group) > 1)
    shared = [SharedText("exact", tuple(group), group[0]) for group in exact]
    groups, shingles = letters(distinct, similarity=similarity, seed=seed)
    edited = []
    for group in groups:
        # In the order of their first copies, so that the first of equals is the first received.
        ordered = sorted(group, key=lambda text: copies[text][0])
        chosen = ordered[most_typical(shingles, ordered)]
        members = sorted(index for text in group for index in copies[text])
        edited.append(SharedText("edited", tuple(members), copies[chosen][0]))
    return shared + sorted(edited, key=lambda one: one.members)
