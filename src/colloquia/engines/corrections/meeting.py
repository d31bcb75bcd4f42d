"""Whether two acts speak of the same things, so that who comes second must be told of the first."""

from __future__ import annotations

from colloquia.engines.corrections.records import Act

_OF_PASSAGES = frozenset(("move", "answer", "not_opinion"))
_OF_CONTENT = frozenset(("merge", "split"))


def meets(act: Act, other: Act) -> bool:
    """Whether ``act``, decided upon without knowing ``other``, might have been decided otherwise.

    Two acts meet where they place the same passage in the same question, or name the same theme. Passages
    taken out of a theme do not concern those who rename or group it, only those who merge or split it; two
    officers who take different passages out of one theme do not meet.
    """
    if _passages(act) & _passages(other):
        return True
    if act.kind in _OF_PASSAGES and other.kind in _OF_PASSAGES:
        return False
    return bool(_names(act, other) & _names(other, act))


def _names(act: Act, other: Act) -> set[str]:
    return act.themes() if other.kind in _OF_CONTENT else act.targets()


def _passages(act: Act) -> set[tuple[str, int]]:
    """Question and row of every passage; a mark as no opinion holds for every question that it is in."""
    return {(question, anchor.row) for question in act.places() for anchor in act.anchors()}
