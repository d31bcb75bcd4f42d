"""A theme in parts: a proposal from the vectors of its passages, and places by a few examples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.meaning.centring import centred, unit
from colloquia.engines.themes.core import draw, placed, steadied
from colloquia.engines.themes.naming import Named, name_themes
from colloquia.engines.themes.tree import average_linkage

Vectors = NDArray[np.floating]
Labels = NDArray[np.int64]

_CORE = 500
_ROUNDS = 5
_NAMED = 1500
_NEIGHBOURS = 5


@dataclass(frozen=True, slots=True)
class Split:
    """A theme in parts: ``labels`` (n,) gives the part of each passage, ``names`` its label and terms.

    Parts are numbered by size, largest first; there are fewer than asked for where there are too
    few passages that differ.
    """

    labels: Labels
    names: Named


def propose_split(
    vectors: Vectors, texts: Sequence[str], languages: Sequence[str], *, parts: int = 2, seed: int = 0
) -> Split:
    """Parts of a theme whose passages have ``vectors`` (n, d), unit or zero, of any float.

    Passages without a vector go to the largest part. Average linkage on a core of 500 passages
    drawn by hash, refined by nearest centres. Under a second for 5,000 passages. Raises
    ValueError where lengths differ or fewer than two parts are asked for.
    """
    _check(vectors, texts, languages)
    if parts < 2:
        raise ValueError(f"A theme is split into at least 2 parts, not {parts}.")
    whole = np.asarray(vectors, dtype=np.float32)
    embedded = np.flatnonzero(whole.any(axis=1))
    labels = np.zeros(len(whole), dtype=np.int64)
    if len(embedded):
        own = centred(whole[embedded], [languages[row] for row in embedded.tolist()])
        labels[embedded] = _parts(own, [texts[row] for row in embedded.tolist()], parts, seed)
    return Split(labels, _names(texts, languages, labels))


def assign_to_parts(
    vectors: Vectors,
    texts: Sequence[str],
    languages: Sequence[str],
    examples: Sequence[tuple[int, int]],
    parts: int,
) -> Labels:
    """The part (n,) of every passage, from ``examples`` (row, part), which keep theirs.

    A passage joins the part whose examples it is most like, the nearest few of them counting
    most. One without a vector joins the part with the most passages. Raises ValueError where
    lengths differ, an example is no row or no part, or a part has no example.
    """
    _check(vectors, texts, languages)
    given = dict(examples)
    wrong = [(row, part) for row, part in examples if not (0 <= row < len(texts) and 0 <= part < parts)]
    if wrong:
        raise ValueError(
            f"The example {wrong[0]} names no passage or no part: there are {len(texts)} passages and "
            f"{parts} parts, from 0."
        )
    missing = sorted(set(range(parts)) - set(given.values()))
    if missing:
        raise ValueError(f"Part {missing[0]} has no example; give at least one passage for each part.")
    whole = np.asarray(vectors, dtype=np.float32)
    own = centred(whole, languages)
    similarity = np.stack(
        [
            _nearness(own, own[[row for row, label in given.items() if label == part]])
            for part in range(parts)
        ],
        axis=1,
    )
    labels: Labels = np.argmax(similarity, axis=1).astype(np.int64)
    labels[list(given)] = list(given.values())
    bare = np.flatnonzero(~whole.any(axis=1))
    bare = bare[~np.isin(bare, list(given))]
    if len(bare) < len(labels):
        labels[bare] = np.bincount(np.delete(labels, bare), minlength=parts).argmax()
    return labels


def _nearness(vectors: NDArray[np.float32], examples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Cosine to the mean of the examples and to the nearest of them, halves of each."""
    near = min(_NEIGHBOURS, len(examples))
    closest = np.sort(vectors @ examples.T, axis=1)[:, -near:].mean(axis=1)
    centre = unit(examples.mean(axis=0, keepdims=True))[0]
    result: NDArray[np.float32] = (closest + vectors @ centre) / 2
    return result


def _parts(vectors: NDArray[np.float32], texts: Sequence[str], parts: int, seed: int) -> Labels:
    core = draw(texts, seed, _CORE)
    held = vectors[core]
    steady = steadied(held)
    labels = _branches(average_linkage(steady, np.ones(len(core))), len(core), parts)
    every = np.empty_like(vectors)
    every[core] = steady
    rest = np.setdiff1d(np.arange(len(vectors)), core)
    if len(rest):
        every[rest] = placed(vectors[rest], held, steady)
    centres = unit(np.array([steady[labels == part].mean(axis=0) for part in range(labels.max() + 1)]))
    found = np.argmax(every @ centres.T, axis=1)
    for _ in range(_ROUNDS):
        kept = [part for part in range(len(centres)) if (found == part).any()]
        centres = unit(np.array([every[found == part].mean(axis=0) for part in kept]))
        found = np.argmax(every @ centres.T, axis=1)
    sizes = np.bincount(found, minlength=len(centres))
    order = np.argsort(-sizes, kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    result: Labels = place[found]
    return result


def _branches(merges: NDArray[np.float64], count: int, parts: int) -> Labels:
    """Branches of the tree with at least a twentieth of the passages, as many as asked for if there are."""
    from colloquia.engines.themes.cut import cut

    smallest = max(1, min(count // parts, round(count / 20)))
    labels = cut(merges, count, parts, smallest)
    if labels.max(initial=-1) < 0:
        return np.zeros(count, dtype=np.int64)
    # Those in smaller branches are placed by the centres; the first branch holds them until then.
    result: Labels = np.maximum(labels, 0)
    return result


def _names(texts: Sequence[str], languages: Sequence[str], labels: Labels) -> Named:
    """Names of the parts, told from one another on a sample of the passages drawn by hash."""
    chosen = draw(texts, 0, _NAMED)
    count = int(labels.max(initial=0)) + 1
    few = chosen.tolist()
    return name_themes([texts[row] for row in few], [languages[row] for row in few], labels[chosen], count)


def _check(vectors: Vectors, texts: Sequence[str], languages: Sequence[str]) -> None:
    if not len(vectors) == len(texts) == len(languages):
        raise ValueError(
            f"There are {len(texts)} texts, {len(vectors)} vectors and {len(languages)} languages; "
            "give one of each for every passage."
        )
