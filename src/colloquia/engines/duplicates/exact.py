"""Texts that are the same once case, spacing and punctuation are folded away."""

from __future__ import annotations

from collections.abc import Sequence

from colloquia.engines.duplicates.folding import fold


def same_texts(folded: Sequence[str]) -> dict[str, list[int]]:
    """Indices by folded text, in order of first occurrence; the empty text is left out."""
    members: dict[str, list[int]] = {}
    for index, text in enumerate(folded):
        if text:
            members.setdefault(text, []).append(index)
    return members


def exact_groups(texts: Sequence[str]) -> list[list[int]]:
    """Return the groups of two or more identical texts as ascending indices, by first member.

    Identical means equal under ``folding.fold``. Texts that are empty, or only
    spaces and punctuation, are in no group.
    """
    return [group for group in same_texts([fold(text) for text in texts]).values() if len(group) > 1]
