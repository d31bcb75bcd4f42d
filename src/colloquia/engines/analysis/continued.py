"""Continued themes written down: ids, names, counts and quotes, and what became of the earlier ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.analysis.carrying import Carrying
from colloquia.engines.analysis.themes import Docket, Found, Lineage, fresh_ids, made_theme, quotes_of
from colloquia.engines.prior import Prior, PriorTheme
from colloquia.engines.results import Carried, LostCorrection, PassageTheme, Problem, Theme
from colloquia.engines.themes.naming import Named, name_levels

Vectors = NDArray[np.float32]
Labels = NDArray[np.int64]


@dataclass(slots=True)
class Part:
    """What an earlier run leaves to the themes of one question, None for the docket; rows are of passages.

    ``pinned`` gives the theme that an officer said, "" for none; ``members`` that of the earlier run.
    ``elsewhere`` are (text, language, theme) of reviewed passages that are gone. ``taken`` ids are not
    given again.
    """

    question_id: str | None
    themes: list[PriorTheme] = field(default_factory=list)
    parents: dict[str, PriorTheme] = field(default_factory=dict)
    pinned: dict[int, str] = field(default_factory=dict)
    members: dict[int, str] = field(default_factory=dict)
    known: set[int] = field(default_factory=set)
    elsewhere: list[tuple[str, str, str]] = field(default_factory=list)
    taken: frozenset[str] = frozenset()
    places: dict[str, int] = field(default_factory=dict)

    def place(self, theme: str) -> int:
        """The place of a theme among those that go on, -1 for none of them."""
        return self.places.get(theme, -1)


def prior_part(prior: Prior, carrying: Carrying, question_id: str | None, lineage: Lineage) -> Part:
    """The part of ``prior`` on one question; corrections whose theme is gone are told to ``lineage``."""
    own = [theme for theme in prior.themes if theme.question_id == question_id]
    part = Part(question_id, [theme for theme in own if not theme.is_parent])
    part.parents = {theme.theme_id: theme for theme in own if theme.is_parent}
    part.places = {theme.theme_id: place for place, theme in enumerate(part.themes)}
    part.taken = prior.retired | {theme.theme_id for theme in prior.themes}
    key = question_id or ""
    part.members = carrying.members.get(key, {})
    part.known = carrying.known
    for row, item in carrying.reviewed.items():
        if item.not_opinion or key not in item.themes:
            continue
        theme = item.themes[key]
        if theme and theme not in part.places:
            lineage.lost.append(LostCorrection(item.passage_id, f"the theme {theme} is no longer there"))
        elif not theme or item.questions.get(key, True):
            part.pinned[row] = theme
    part.elsewhere = [
        (item.text, item.language, item.themes[key])
        for item in carrying.elsewhere
        if not item.not_opinion and key in item.themes and (item.themes[key] in {"", *part.places})
    ]
    return part


@dataclass(slots=True)
class Placed:
    """Where the passages ``rows`` went: places of themes, earlier ones first, then ``fresh`` new ones.

    ``texts``, ``languages`` and ``vectors`` are of the texts that stand for them, ``own`` their places.
    ``changed`` says by earlier theme whether over a third of it came or went.
    """

    rows: Labels
    labels: Labels
    scores: Vectors
    texts: list[str]
    languages: list[str]
    vectors: Vectors
    own: Labels
    fresh: int
    changed: NDArray[np.bool_]
    kept: int = 0
    moved: int = 0
    placed: int = 0
    stability: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    agreement: float | None = None

    @classmethod
    def nowhere(cls, themes: int) -> Placed:
        """No passages at all."""
        none = np.zeros(0, dtype=np.int64)
        empty = np.zeros(0, dtype=np.float32)
        changed = np.zeros(themes, dtype=bool)
        return cls(none, none, empty, [], [], empty.reshape(0, 1), none, 0, changed)


def add_placed(found: Found, docket: Docket, part: Part, placed: Placed, bare: Labels) -> None:
    """Add the themes that have passages to ``found``; ``bare`` rows have a place but no vector."""
    lineage = found.lineage
    rows = np.concatenate([placed.rows, bare])
    there = np.array([part.place(part.pinned[int(row)]) for row in bare], dtype=np.int64)
    labels = np.concatenate([placed.labels, there])
    scores = np.concatenate([placed.scores, np.zeros(len(bare), dtype=np.float32)])
    count = len(part.themes) + placed.fresh
    fresh = fresh_ids(part.question_id, part.taken)
    names = name_levels(placed.texts, placed.languages, [(placed.own, count)])[0]
    stability = np.zeros(count)
    stability[: len(placed.stability)] = placed.stability[:count]
    sizes = [len(np.unique(docket.message[rows[labels == place]])) for place in range(count)]
    order = sorted(
        (place for place in range(count) if sizes[place]), key=lambda place: (-sizes[place], place)
    )
    identifiers = {place: theme.theme_id for place, theme in enumerate(part.themes)}
    identifiers |= {place: next(fresh) for place in order if place >= len(part.themes)}
    labelled = _labels(part, placed, names, order)
    made: list[Theme] = []
    for place in order:
        old = part.themes[place] if place < len(part.themes) else None
        terms = names[place][1] or (old.terms if old else ())
        theme = made_theme(
            docket,
            rows[labels == place],
            identifiers[place],
            part.question_id,
            old.parent_id if old and old.parent_id in part.parents else None,
            labelled[place],
            terms,
            float(stability[place]),
            old.theme_id if old else "",
        )
        made.append(theme)
        found.quotes.extend(quotes_of(docket, rows, labels, scores, place, theme, len(found.quotes)))
        (lineage.continued if old else lineage.fresh).append(theme.theme_id)
    found.themes.extend(made)
    held = {theme.parent_id for theme in made}
    for name, parent in part.parents.items():
        if name in held:
            found.themes.append(_parent(docket, rows, labels, part, parent, made, identifiers))
            lineage.continued.append(name)
        else:
            lineage.ended.append(name)
    lineage.ended.extend(theme.theme_id for place, theme in enumerate(part.themes) if not sizes[place])
    found.passage_themes.extend(
        PassageTheme(docket.passages[row].passage_id, identifiers[int(label)], round(float(score), 4))
        for row, label, score in zip(rows, labels, scores, strict=True)
        if label >= 0
    )
    if placed.agreement is not None:
        found.agreements[part.question_id or ""] = placed.agreement
    found.without += int((labels < 0).sum())
    lineage.kept += placed.kept
    lineage.moved += placed.moved
    lineage.placed += placed.placed


def _labels(part: Part, placed: Placed, names: Named, order: Iterable[int]) -> dict[int, str]:
    """The label of each theme: an officer's stays, a machine's is made anew where the theme changed much."""
    result: dict[int, str] = {}
    for place in sorted(order):
        name = names[place][0]
        if place < len(part.themes):
            old = part.themes[place]
            renewed = placed.changed[place] and not old.by_officer and names[place][1]
            result[place] = name if renewed else old.label
        else:
            result[place] = name
    seen: set[str] = set()
    kept_first = sorted(result, key=lambda place: (place >= len(part.themes), place))
    for place in kept_first:
        label, number = result[place], 2
        by_officer = place < len(part.themes) and part.themes[place].by_officer
        while result[place] in seen and not by_officer:
            result[place] = f"{label} ({number})"
            number += 1
        seen.add(result[place])
    return result


def _parent(
    docket: Docket,
    rows: Labels,
    labels: Labels,
    part: Part,
    parent: PriorTheme,
    made: Iterable[Theme],
    identifiers: dict[int, str],
) -> Theme:
    """A parent over the passages of its children, as stable as they are on average."""
    children = {theme.theme_id: theme for theme in made if theme.parent_id == parent.theme_id}
    places = [place for place, name in identifiers.items() if name in children]
    sizes = [int((labels == place).sum()) for place in places]
    stability = float(np.average([children[identifiers[place]].stability for place in places], weights=sizes))
    terms = (
        parent.terms or tuple(dict.fromkeys(term for theme in children.values() for term in theme.terms))[:8]
    )
    return made_theme(
        docket,
        rows[np.isin(labels, places)],
        parent.theme_id,
        part.question_id,
        None,
        parent.label,
        terms,
        stability,
        parent.theme_id,
    )


def end_unasked(prior: Prior, carrying: Carrying, asked: set[str | None], lineage: Lineage) -> None:
    """Themes and corrections on questions that this run does not ask."""
    lineage.ended.extend(theme.theme_id for theme in prior.themes if theme.question_id not in asked)
    for item in carrying.reviewed.values():
        said = {*item.themes, *item.questions} - {""}
        lineage.lost.extend(
            LostCorrection(item.passage_id, f"the question {question} is not in the paper")
            for question in sorted(said - {name for name in asked if name})
        )


def carried(prior: Prior, carrying: Carrying, lineage: Lineage) -> tuple[Carried, list[Problem]]:
    """The record of what was taken over, and a problem for every correction that was not."""
    lost = (*carrying.lost, *lineage.lost)
    names = {item.passage_id for item in lost}
    problems = [
        Problem(
            "correction not carried",
            item.passage_id,
            f"A correction of the run {prior.run} does not hold here: {item.reason}. "
            "Look for what it was about, and correct it there if it is still needed.",
        )
        for item in lost
    ]
    record = Carried(
        run=prior.run,
        corrections=len(prior.reviewed),
        carried=len({item.passage_id for item in prior.reviewed} - names),
        refound=carrying.moved,
        lost=lost,
        continued=tuple(lineage.continued),
        fresh=tuple(lineage.fresh),
        ended=tuple(lineage.ended),
        kept=lineage.kept,
        moved=lineage.moved,
        placed=lineage.placed,
    )
    return record, problems
