"""Themes of an earlier run that go on in this one, with officers' words kept and learned from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.analysis.continued import Part, Placed, add_placed
from colloquia.engines.analysis.themes import Docket, Found, stand_ins
from colloquia.engines.meaning.centring import centred, unit
from colloquia.engines.meaning.crew import Crew
from colloquia.engines.personal_data.placeholders import without_placeholders
from colloquia.engines.prior import PriorTheme
from colloquia.engines.themes.assign import Theme as GivenTheme
from colloquia.engines.themes.discover import tried
from colloquia.engines.themes.fresh import fresh_themes
from colloquia.engines.themes.learned import Examples, LearnedThemes

Vectors = NDArray[np.float32]
Labels = NDArray[np.int64]
Encode = Callable[[Sequence[str]], Vectors]

MARGIN = 0.15
"""By how much another theme must be likelier for an earlier member to move there (see evals/learning.py)."""
_SURE = 0.5
_LIKELY = 0.6
_NEAR = 0.2
_FEWEST = 2


def continue_themes(
    found: Found,
    docket: Docket,
    rows: Labels,
    part: Part,
    *,
    encode: Encode,
    seed: int,
    resamples: int,
    crew: Crew,
) -> None:
    """Go on with the themes of ``part`` over the passages ``rows`` and those that officers put there.

    What an officer said of a passage holds. Who was in a theme stays, unless what was learned is clearly for
    another. Other passages join the theme that is likeliest, make new ones, or belong to none.
    """
    pinned = sorted(row for row, theme in part.pinned.items() if theme)
    embedded = docket.embedded
    rows = np.union1d(rows, [row for row in pinned if embedded[row]]).astype(np.int64)
    bare = np.array([row for row in pinned if not embedded[row]], dtype=np.int64)
    if len(rows):
        placed = _place(docket, rows, part, encode, seed)
        placed.stability, placed.agreement = _stability(placed, seed, resamples, crew)
    else:
        placed = Placed.nowhere(len(part.themes))
    add_placed(found, docket, part, placed, bare)


@dataclass(slots=True)
class _Open:
    """What is decided about the texts that stand for the rows: earlier places, and what was learned."""

    vectors: Vectors
    texts: list[str]
    messages: Labels
    held: Labels
    known: NDArray[np.bool_]
    chances: NDArray[np.float64]


def _place(docket: Docket, rows: Labels, part: Part, encode: Encode, seed: int) -> Placed:
    distinct, same = stand_ins(docket, rows)
    texts = [without_placeholders(docket.passages[row].text) for row in distinct]
    languages = [docket.passages[row].language for row in distinct]
    gone = [item for item in part.elsewhere if not item[1] or item[1] in set(languages)]
    raw = docket.vectors[distinct]
    if gone:
        raw = np.vstack([raw, encode([text for text, _, _ in gone])])
    whole = centred(raw, languages + [language or languages[0] for _, language, _ in gone])
    vectors, taught = whole[: len(distinct)], whole[len(distinct) :]

    earlier = np.array([part.place(part.members.get(int(row), "")) for row in rows])
    said = np.array([int(row) in part.pinned for row in rows])
    told = np.array([part.place(part.pinned.get(int(row), "")) for row in rows])
    held = _majority(np.where(said, -1, earlier), same, len(distinct))
    pins = np.flatnonzero(said)
    members = np.flatnonzero(held >= 0)
    reviewed = Examples(
        np.vstack([vectors[same[pins]], taught]),
        [without_placeholders(docket.passages[rows[pin]].text) for pin in pins]
        + [text for text, _, _ in gone],
        np.concatenate([told[pins], np.array([part.place(theme) for _, _, theme in gone], dtype=np.int64)]),
    )
    learned = LearnedThemes(seed).fit(
        [_given(theme) for theme in part.themes],
        reviewed=reviewed,
        members=Examples(vectors[members], [texts[row] for row in members], held[members]),
        docket=(vectors, texts),
        encode=encode,
    )
    known = np.zeros(len(distinct), dtype=bool)
    known[same[[int(row) in part.known for row in rows]]] = True
    case = _Open(
        vectors,
        texts,
        np.where(known, -1, docket.message[distinct]),
        held,
        known,
        _chances(learned, vectors, texts, held),
    )
    best = case.chances.argmax(axis=1)
    may_move = len(reviewed.texts) >= _FEWEST
    settled = np.where(_moves(case.chances, held, may_move), best, held)
    fresh = _settle_new(case, settled, best, seed)

    moves = _moves(case.chances[same], earlier, may_move) & ~said
    labels = np.where(earlier >= 0, np.where(moves, best[same], earlier), settled[same])
    labels = np.where(said, told, labels)
    return Placed(
        rows=rows,
        labels=labels,
        scores=_scores(vectors, same, labels, settled, len(part.themes) + fresh),
        texts=texts,
        languages=languages,
        vectors=vectors,
        own=labels[np.searchsorted(rows, distinct)],
        fresh=fresh,
        changed=_changed(labels, earlier, len(part.themes)),
        kept=int(((earlier >= 0) & (labels == earlier) & ~said).sum()),
        moved=int(moves.sum()),
        placed=int(((earlier < 0) & (labels >= 0) & (labels < len(part.themes)) & ~said).sum()),
    )


def _given(theme: PriorTheme) -> GivenTheme:
    """What is said of a theme: an officer's name for it alone, or the terms that the machine found."""
    return GivenTheme(theme.label, "" if theme.by_officer else ", ".join(theme.terms))


def _majority(labels: Labels, same: Labels, count: int) -> Labels:
    """The theme of most rows that a text stands for, -1 where none of them was in one."""
    counted: list[Counter[int]] = [Counter() for _ in range(count)]
    for label, place in zip(labels.tolist(), same.tolist(), strict=True):
        if label >= 0:
            counted[place][label] += 1
    return np.array([max(sorted(own), key=lambda label: own[label], default=-1) for own in counted])


def _chances(
    learned: LearnedThemes, vectors: Vectors, texts: Sequence[str], held: Labels
) -> NDArray[np.float64]:
    """Probabilities (n, k); where the quick ones leave no doubt about an earlier member, those suffice."""
    chances = learned.by_meaning(vectors)
    others = chances.copy()
    inside = np.flatnonzero(held >= 0)
    others[inside, held[inside]] = -1.0
    lead = np.full(len(held), -1.0)
    lead[inside] = chances[inside, held[inside]] - others[inside].max(axis=1)
    doubt = np.flatnonzero(lead < _SURE)
    if len(doubt):
        chances[doubt] = learned.probabilities(vectors[doubt], [texts[row] for row in doubt.tolist()])
    return chances


def _moves(chances: NDArray[np.float64], held: Labels, may_move: bool) -> NDArray[np.bool_]:
    """Where another theme is clearly likelier than the one that a passage was in."""
    own = chances[np.arange(len(held)), np.maximum(held, 0)]
    result: NDArray[np.bool_] = (held >= 0) & may_move & (chances.max(axis=1) - own >= MARGIN)
    return result


def _settle_new(case: _Open, settled: Labels, best: Labels, seed: int) -> int:
    """Put texts that were in no theme into the likeliest one, a new one or none; how many are new."""
    themes = case.chances.shape[1]
    waiting = np.flatnonzero(settled < 0)
    if not len(waiting):
        return 0
    means = np.zeros((themes, case.vectors.shape[1]), dtype=np.float32)
    nearness = np.full(len(settled), 1.0)
    middle, limit = np.full(themes, -1.0), np.full(themes, -1.0)
    for theme in range(themes):
        own = np.flatnonzero(settled == theme)
        if not len(own):
            continue
        means[theme] = case.vectors[own].mean(axis=0)
        centre = unit(means[theme : theme + 1])[0]
        cosines = case.vectors[own] @ centre
        middle[theme] = np.median(cosines)
        limit[theme] = min(np.quantile(cosines, 0.05) - 0.1, _NEAR)
        here = waiting[best[waiting] == theme]
        nearness[here] = case.vectors[here] @ centre
    far = waiting[nearness[waiting] < middle[best[waiting]]]
    new = fresh_themes(
        case.vectors[far], [case.texts[row] for row in far], case.messages[far], means, seed=seed
    )
    fits = nearness[waiting] >= limit[best[waiting]]
    # Who stood in no theme before is not drawn into one by a small change.
    fits &= ~case.known[waiting] | (case.chances[waiting].max(axis=1) >= _LIKELY)
    settled[waiting] = np.where(fits, best[waiting], -1)
    settled[far[new >= 0]] = themes + new[new >= 0]
    return int(new.max(initial=-1)) + 1


def _scores(vectors: Vectors, same: Labels, labels: Labels, settled: Labels, count: int) -> Vectors:
    """Cosine of each row to the mean of its theme, 0.0 in none."""
    centres = np.zeros((count, vectors.shape[1]), dtype=np.float32)
    for theme in range(count):
        # A theme that holds nothing but what officers put there is the mean of that.
        own = vectors[settled == theme] if (settled == theme).any() else vectors[same[labels == theme]]
        if len(own):
            centres[theme] = unit(own.mean(axis=0, keepdims=True))[0]
    scores = np.sum(vectors[same] * centres[np.maximum(labels, 0)], axis=1)
    result: Vectors = np.where(labels >= 0, scores, 0.0).astype(np.float32)
    return result


def _changed(labels: Labels, earlier: Labels, themes: int) -> NDArray[np.bool_]:
    """Themes of which over a third came or went."""
    now = np.bincount(labels[labels >= 0], minlength=themes)[:themes]
    before = np.bincount(earlier[earlier >= 0], minlength=themes)[:themes]
    stayed = np.bincount(labels[(labels >= 0) & (labels == earlier)], minlength=themes)[:themes]
    result: NDArray[np.bool_] = 3 * (now + before - 2 * stayed) > np.maximum(now + before - stayed, 1)
    return result


def _stability(placed: Placed, seed: int, resamples: int, crew: Crew) -> tuple[NDArray[np.float64], float]:
    """Stability of each theme by its place, and the agreement of resamples with the whole."""
    count = int(max(placed.labels.max(initial=-1), placed.own.max(initial=-1))) + 1
    stability = np.zeros(max(count, 1))
    present = np.unique(placed.own[placed.own >= 0])
    compact = np.searchsorted(present, placed.own)
    compact = np.where(placed.own >= 0, compact, -1)
    values, agreement = tried(
        placed.vectors, placed.texts, compact, seed=seed, resamples=resamples, crew=crew
    )
    stability[present] = values
    return stability, agreement
