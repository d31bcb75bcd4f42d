"""Form letters with changed words, added text, typing errors: groups built around the letter they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from colloquia.engines.duplicates.board import Board
from colloquia.engines.duplicates.candidates import anchor_pairs, band_pairs
from colloquia.engines.duplicates.exact import same_texts
from colloquia.engines.duplicates.folding import fold
from colloquia.engines.duplicates.limits import Limits
from colloquia.engines.duplicates.shingles import Shingles, shingle

SIMILARITY = Limits().covered


def edited_groups(texts: Sequence[str], *, similarity: float = SIMILARITY, seed: int = 0) -> list[list[int]]:
    """Return groups of texts that carry one letter, as ascending indices sorted by first member.

    ``similarity`` (above 0, at most 1) is the part of the letter a text must cover, changed words
    allowed for. Every group has at least two different texts; identical texts come with
    one another. A text that carries two letters is in two groups. The result does not
    depend on the order of the texts, nor on threads; ``seed`` chooses the MinHash
    permutations.
    """
    distinct, copies = distinct_texts(texts)
    found, _ = letters(distinct, similarity=similarity, seed=seed)
    return sorted(sorted(index for text in group for index in copies[text]) for group in found)


def distinct_texts(texts: Sequence[str]) -> tuple[list[str], list[list[int]]]:
    """Return the different folded texts, the shortest first, and the indices of the copies of each."""
    copies = same_texts([fold(text) for text in texts])
    # Of several copies of a letter, the barest becomes the centre of a star.
    distinct = sorted(copies, key=lambda text: (len(text), text))
    return distinct, [copies[text] for text in distinct]


def letters(
    distinct: Sequence[str], *, similarity: float = SIMILARITY, seed: int = 0
) -> tuple[list[list[int]], Shingles]:
    """Return the groups of ``distinct_texts`` around a letter, and the n-grams of these texts."""
    if not 0.0 < similarity <= 1.0:
        raise ValueError("similarity must be above 0 and at most 1")
    limits = replace(Limits(), covered=similarity)
    shingles = shingle(distinct)
    eligible = shingles.lengths * shingles.scale >= limits.minimum / 2
    board = Board(shingles, limits)
    board.play(anchor_pairs(shingles, eligible))
    board.play(board.open_pairs(band_pairs(shingles, eligible, seed=seed)))
    return board.merged(), shingles
