"""Which permanent id belongs to each issue and question of a draft: known, proposed, or none yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from colloquia.engines.papers.records import DraftIssue, DraftPaper, DraftQuestion

NEW = "new"
SKIP = "skip"
LIKE = 0.5
"""Least likeness (cosine of the encoder) for a proposal; below it the question counts as new."""
TITLE_LIKE = 0.75


@dataclass(frozen=True, slots=True)
class Known:
    """An issue or question that has an id. ``numbers`` by version; ``here``: stands in the same version.

    ``texts`` are its wordings, or its titles, in any language.
    """

    id: str
    issue_id: str = ""
    numbers: Mapping[str, str] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    here: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """What is proposed for one place: an id or ``new``, how it was found, and how alike the words are.

    ``how`` is ``given`` (in the file), ``chosen`` (by the officer), ``number``, ``similar`` or ``new``.
    Those that are ``given``, ``chosen`` or ``new`` need no second look; the others are proposals.
    """

    place: str
    id: str
    how: str
    score: float = 0.0


Likeness = Mapping[str, Sequence[tuple[str, float]]]
"""For each place of the draft the ids of the most alike, best first."""


def match(
    draft: DraftPaper,
    *,
    issues: Sequence[Known],
    questions: Sequence[Known],
    version: str,
    likeness: Likeness,
    choices: Mapping[str, str],
) -> dict[str, Match]:
    """Match every place of a draft. No id is proposed twice; what the officer chose comes first."""
    found: dict[str, Match] = {}
    by_id = {known.id: known for known in issues}
    _settle(draft.issues, choices, found)
    _by_number(draft.issues, [known for known in issues if known.here], version, found)
    _by_likeness(draft.issues, set(by_id), likeness, TITLE_LIKE, found)
    _by_earlier_number(draft.issues, issues, likeness, found)
    for issue in draft.issues:
        found.setdefault(issue.place, Match(issue.place, NEW, NEW))
    everything = [question for issue in draft.issues for question in issue.questions]
    _settle(everything, choices, found)
    for issue in draft.issues:
        above = found[issue.place].id
        under = {known.id for known in questions if known.issue_id == above}
        _by_likeness(issue.questions, under, likeness, LIKE, found)
    _by_likeness(everything, {known.id for known in questions}, likeness, TITLE_LIKE, found)
    for question in everything:
        found.setdefault(question.place, Match(question.place, NEW, NEW))
    return found


def taken_twice(matches: Mapping[str, Match]) -> list[tuple[str, list[str]]]:
    """Ids that stand at more than one place, with the places."""
    places: dict[str, list[str]] = {}
    for each in matches.values():
        if each.id not in {NEW, SKIP}:
            places.setdefault(each.id, []).append(each.place)
    return [(identifier, where) for identifier, where in places.items() if len(where) > 1]


def _settle(
    parts: Sequence[DraftIssue | DraftQuestion], choices: Mapping[str, str], found: dict[str, Match]
) -> None:
    for part in parts:
        chosen = choices.get(part.place, "")
        if chosen:
            found[part.place] = Match(part.place, chosen, "chosen")
        elif part.id:
            found[part.place] = Match(part.place, part.id, "given")


def _free(found: Mapping[str, Match]) -> set[str]:
    return {each.id for each in found.values()}


def _by_number(
    parts: Sequence[DraftIssue], known: Sequence[Known], version: str, found: dict[str, Match]
) -> None:
    numbers = {each.numbers.get(version, ""): each.id for each in known}
    for part in parts:
        identifier = numbers.get(part.number, "") if part.number else ""
        if part.place not in found and identifier and identifier not in _free(found):
            found[part.place] = Match(part.place, identifier, "number")


def _by_earlier_number(
    parts: Sequence[DraftIssue], known: Sequence[Known], likeness: Likeness, found: dict[str, Match]
) -> None:
    """The number that an earlier version gave, where the words at least do not speak against it."""
    for part in parts:
        alike = dict(likeness.get(part.place, ()))
        for each in known:
            if part.place in found or not part.number or each.id in _free(found):
                continue
            if part.number in each.numbers.values() and alike.get(each.id, 0.0) >= LIKE:
                found[part.place] = Match(part.place, each.id, "number", alike[each.id])


def _by_likeness(
    parts: Sequence[DraftIssue | DraftQuestion],
    among: set[str],
    likeness: Likeness,
    least: float,
    found: dict[str, Match],
) -> None:
    """The most alike pairs first; each place and each id once."""
    pairs = sorted(
        (-score, part.place, identifier)
        for part in parts
        if part.place not in found
        for identifier, score in likeness.get(part.place, ())
        if score >= least and identifier in among
    )
    taken = _free(found)
    for score, place, identifier in pairs:
        if place not in found and identifier not in taken:
            found[place] = Match(place, identifier, "similar", round(-score, 3))
            taken.add(identifier)
