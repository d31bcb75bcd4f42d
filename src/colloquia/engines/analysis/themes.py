"""Themes of every question and of the whole docket, with their quotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count as count_from

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.meaning.centring import centred, unit
from colloquia.engines.meaning.crew import Crew
from colloquia.engines.personal_data.placeholders import has_placeholder
from colloquia.engines.quotes import cut_quote
from colloquia.engines.records import Passage
from colloquia.engines.results import LostCorrection, PassageTheme, Quote, Theme
from colloquia.engines.themes.discover import Discovery, discover
from colloquia.engines.themes.naming import Named, name_levels

Vectors = NDArray[np.float32]
QUOTES = 3
_REDACTED = 3.0
"""More than any two passages differ in how well they fit."""


@dataclass(slots=True)
class Docket:
    """What theme discovery needs of the docket; all arrays are by passage row.

    ``sender`` and ``message`` number the submission and its distinct message; ``copied`` is
    true where the passage repeats another's letter; ``vectors`` are zero where not embedded.
    """

    passages: Sequence[Passage]
    vectors: Vectors
    sender: NDArray[np.int64]
    message: NDArray[np.int64]
    copied: NDArray[np.bool_]

    @property
    def embedded(self) -> NDArray[np.bool_]:
        """True where a passage has a vector."""
        present: NDArray[np.bool_] = np.any(self.vectors != 0, axis=1)
        return present


@dataclass(slots=True)
class Lineage:
    """What became of the themes of an earlier run, and of who was in them; see ``results.Carried``."""

    continued: list[str] = field(default_factory=list)
    fresh: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    lost: list[LostCorrection] = field(default_factory=list)
    kept: int = 0
    moved: int = 0
    placed: int = 0


@dataclass(slots=True)
class Found:
    """Themes, assignments and quotes so far; ``agreements`` by question id ("" for the docket)."""

    themes: list[Theme] = field(default_factory=list)
    passage_themes: list[PassageTheme] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    agreements: dict[str, float] = field(default_factory=dict)
    without: int = 0
    lineage: Lineage = field(default_factory=Lineage)


def add_themes(
    found: Found,
    docket: Docket,
    rows: NDArray[np.int64],
    question_id: str | None,
    *,
    count: int | None,
    seed: int,
    resamples: int,
    crew: Crew,
    taken: frozenset[str] = frozenset(),
) -> None:
    """Find the themes of the passages ``rows``, embedded ones all, and add them to ``found``.

    No theme gets an id that is ``taken``.
    """
    if not len(rows):
        return
    distinct, same = stand_ins(docket, rows)
    languages = [docket.passages[row].language for row in distinct]
    texts = [docket.passages[row].text for row in distinct]
    vectors = centred(docket.vectors[distinct], languages)
    discovery = discover(vectors, texts, count=count, seed=seed, resamples=resamples, crew=crew)
    above = np.where(discovery.labels >= 0, discovery.parents[discovery.labels], -1)
    names, parent_names = name_levels(
        texts, languages, [(discovery.labels, discovery.count), (above, discovery.parent_count)]
    )
    labels, scores = discovery.labels[same], discovery.scores[same]
    central = centrality(vectors, discovery.labels, discovery.count)[same]
    order, identifiers = _number(docket, rows, labels, discovery, question_id, taken)
    parents = _parents(docket, rows, labels, discovery, parent_names, question_id, taken)
    for theme in order:
        own = rows[labels == theme]
        label, terms = names[theme]
        parent = parents.get(int(discovery.parents[theme]))
        found.themes.append(
            made_theme(
                docket,
                own,
                identifiers[theme],
                question_id,
                parent.theme_id if parent else None,
                label,
                terms,
                float(discovery.stability[theme]),
            )
        )
        found.quotes.extend(
            quotes_of(docket, rows, labels, central, theme, found.themes[-1], len(found.quotes))
        )
    found.themes.extend(parents[key] for key in sorted(parents))
    found.passage_themes.extend(
        PassageTheme(docket.passages[row].passage_id, identifiers[int(label)], round(float(score), 4))
        for row, label, score in zip(rows, labels, scores, strict=True)
        if label >= 0
    )
    found.agreements[question_id or ""] = discovery.agreement
    found.without += int((labels < 0).sum())


def stand_ins(docket: Docket, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The rows that themes are found in, and for each of ``rows`` the place of its stand-in there.

    A text that is repeated, and the body of a letter beyond its representative, would
    otherwise make themes out of the number of its senders.
    """
    place: dict[str, int] = {}
    chosen: list[int] = []
    for row in rows:
        text = docket.passages[row].text
        if not docket.copied[row] and text not in place:
            place[text] = len(chosen)
            chosen.append(int(row))
    if not chosen:
        chosen = [int(rows[0])]
        place[docket.passages[rows[0]].text] = 0
    held = np.array(chosen)
    missing = [int(row) for row in rows if docket.passages[row].text not in place]
    nearest: dict[int, int] = {}
    for start in range(0, len(missing), 4096):
        part = missing[start : start + 4096]
        best = np.argmax(docket.vectors[part] @ docket.vectors[held].T, axis=1)
        nearest.update(zip(part, best.tolist(), strict=True))
    same = [place.get(docket.passages[row].text, nearest.get(int(row), 0)) for row in rows]
    return held, np.array(same)


def _number(
    docket: Docket,
    rows: NDArray[np.int64],
    labels: NDArray[np.int64],
    discovery: Discovery,
    question: str | None,
    taken: frozenset[str],
) -> tuple[list[int], dict[int, str]]:
    """Themes by the number of senders, most first, and their ids."""
    sizes = [len(np.unique(docket.message[rows[labels == theme]])) for theme in range(discovery.count)]
    order = sorted(
        (theme for theme in range(discovery.count) if sizes[theme]), key=lambda theme: (-sizes[theme], theme)
    )
    return order, dict(zip(order, fresh_ids(question, taken), strict=False))


def fresh_ids(question: str | None, taken: frozenset[str], kind: str = "t") -> Iterator[str]:
    """``IP-08.q2.t3``, or ``T3`` over the whole docket, after the highest number that is ``taken``.

    ``kind`` is ``t`` for themes and ``g`` for parents.
    """
    prefix = f"{question}.{kind}" if question else kind.upper()
    numbers = (name.removeprefix(prefix) for name in taken if name.startswith(prefix))
    first = max((int(number) for number in numbers if number.isdecimal()), default=0) + 1
    return (f"{prefix}{number}" for number in count_from(first))


def _parents(
    docket: Docket,
    rows: NDArray[np.int64],
    labels: NDArray[np.int64],
    discovery: Discovery,
    names: Named,
    question_id: str | None,
    taken: frozenset[str],
) -> dict[int, Theme]:
    """Parent themes by their number in the discovery, over their children's passages."""
    found: dict[int, Theme] = {}
    identifiers = fresh_ids(question_id, taken, "g")
    for parent in range(discovery.parent_count):
        children = np.flatnonzero(discovery.parents == parent)
        own = rows[np.isin(labels, children)]
        sizes = np.array([(labels == child).sum() for child in children])
        # No resample is cut at this height; what its children keep, the parent keeps at least on average.
        stability = float(np.average(discovery.stability[children], weights=np.maximum(sizes, 1)))
        found[parent] = made_theme(
            docket, own, next(identifiers), question_id, None, *names[parent], stability
        )
    return found


def made_theme(
    docket: Docket,
    own: NDArray[np.int64],
    identifier: str,
    question_id: str | None,
    parent_id: str | None,
    label: str,
    terms: tuple[str, ...],
    stability: float,
    continues: str = "",
) -> Theme:
    """A theme over the passages ``own``, with its counts."""
    return Theme(
        identifier,
        question_id,
        parent_id,
        label,
        terms,
        len(np.unique(docket.sender[own])),
        len(np.unique(docket.message[own])),
        round(stability, 3),
        continues,
    )


def centrality(vectors: Vectors, labels: NDArray[np.int64], count: int) -> NDArray[np.float32]:
    """Cosine of each passage itself, not of its steadied vector, to the mean of its theme."""
    central = np.zeros(len(vectors), dtype=np.float32)
    for theme in range(count):
        own = labels == theme
        if own.any():
            central[own] = vectors[own] @ unit(vectors[own].mean(axis=0, keepdims=True))[0]
    return central


def quotes_of(
    docket: Docket,
    rows: NDArray[np.int64],
    labels: NDArray[np.int64],
    central: NDArray[np.float32],
    theme: int,
    named: Theme,
    first: int,
) -> list[Quote]:
    """The most central passages, each of another message, languages in turn."""
    own = np.flatnonzero(labels == theme)
    fitness = {int(place): _fit_to_quote(docket, int(rows[place]), float(central[place])) for place in own}
    ranked = sorted(fitness, key=lambda place: (-fitness[place], place))
    chosen: list[int] = []
    messages: set[int] = set()
    languages: set[str] = set()
    for fresh in (True, False):
        for place in ranked[:200]:
            row = int(rows[place])
            passage = docket.passages[row]
            if len(chosen) >= QUOTES or int(docket.message[row]) in messages:
                continue
            if fresh and passage.language in languages:
                continue
            chosen.append(row)
            messages.add(int(docket.message[row]))
            languages.add(passage.language)
    quotes = []
    for number, row in enumerate(chosen, start=first + 1):
        passage = docket.passages[row]
        start, end = cut_quote(passage.text, named.terms, passage.language)
        quotes.append(
            Quote(
                f"Q{number:05d}",
                named.theme_id,
                named.question_id,
                passage.passage_id,
                start,
                end,
                passage.text[start:end],
            )
        )
    return quotes


def _fit_to_quote(docket: Docket, row: int, score: float) -> float:
    """Central, and long enough to say something; a letter that others sent too is no voice of its own.

    A passage in which something was redacted comes after all others.
    """
    text = docket.passages[row].text
    fit = float(score) - (0.15 if len(text) < 40 else 0.0) - (0.1 if docket.copied[row] else 0.0)
    return fit - (_REDACTED if has_placeholder(text) else 0.0)
