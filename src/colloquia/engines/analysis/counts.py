"""Breakdowns: how many submissions, and how many distinct messages, by each dimension, with their bases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.jurisdictions import Profile
from colloquia.engines.languages.names import language_name
from colloquia.engines.records import Submission
from colloquia.engines.results import Breakdown, ClosedAnswers, Count, Problem

Values = list[tuple[str, ...]]
DIMENSIONS = ("country", "group", "stakeholder", "language", "channel", "position")


@dataclass(frozen=True, slots=True)
class Dimensions:
    """For each dimension the values of every submission (several only for groups of states)."""

    values: dict[str, Values]
    labels: dict[str, dict[str, str]]


def dimensions(submissions: Sequence[Submission], profile: Profile) -> tuple[Dimensions, list[Problem]]:
    """Values of all dimensions; ``country`` of each submission becomes its code where one is known.

    Groups of states follow the country in which the sender is established; they are not the
    view of the group.
    """
    problems: list[Problem] = []
    form = "code" if _all_codes(submission.country for submission in submissions) else "any"
    unknown: dict[str, list[str]] = defaultdict(list)
    for submission in submissions:
        given = submission.country.strip()
        found = profile.resolve(given, form=form) if given else None
        if found:
            submission.country = found.code
        elif given:
            unknown[given].append(submission.source_id)
    for given, sources in sorted(unknown.items()):
        reason = profile.explain(given, form=form).reason
        problems.append(
            Problem(
                "unknown country",
                f"{sources[0]} and {len(sources) - 1} more" if len(sources) > 1 else sources[0],
                f"{given!r} was kept as given: {reason}",
            )
        )
    values: dict[str, Values] = {
        "country": [(item.country.strip(),) if item.country.strip() else () for item in submissions],
        "group": [tuple(group.code for group in profile.groups(item.country, None)) for item in submissions],
        "stakeholder": _folded(item.stakeholder for item in submissions),
        "language": [(item.language,) if item.language else () for item in submissions],
        "channel": _folded(item.channel for item in submissions),
        "position": _folded(item.position for item in submissions),
    }
    labels: dict[str, dict[str, str]] = {
        "country": {code: profile.name(code) for (code,) in filter(None, values["country"])},
        "group": {group.code: group.name("en") for group in profile.all_groupings()},
        "language": {code: language_name(code) for (code,) in filter(None, values["language"])},
    }
    return Dimensions(values, labels), problems


def _all_codes(countries: Iterable[str]) -> bool:
    """Whether every country of the column looks like a code, so that NA is Namibia."""
    given = {country.strip() for country in countries} - {""}
    return bool(given) and all(len(text) in {2, 3} and text.isascii() and text.isupper() for text in given)


def _folded(texts: Iterable[str]) -> Values:
    """Values that differ only in case or white space are one, shown as first written."""
    shown: dict[str, str] = {}
    return [
        (shown.setdefault(" ".join(text.split()).casefold(), " ".join(text.split())),) if text.strip() else ()
        for text in texts
    ]


@dataclass(frozen=True, slots=True)
class Counter:
    """Counts sets of submissions; ``message`` numbers the distinct message of each."""

    dimensions: Dimensions
    message: NDArray[np.int64]

    def breakdowns(
        self, senders: NDArray[np.int64], question_id: str | None = None, theme_id: str | None = None
    ) -> list[Breakdown]:
        """One breakdown by each dimension that any submission of the docket states."""
        return [
            self._breakdown(name, senders, question_id, theme_id)
            for name in DIMENSIONS
            if any(self.dimensions.values[name])
        ]

    def _breakdown(
        self, name: str, senders: NDArray[np.int64], question_id: str | None, theme_id: str | None
    ) -> Breakdown:
        values = self.dimensions.values[name]
        labels = self.dimensions.labels.get(name, {})
        found: dict[str, list[int]] = defaultdict(list)
        missing = 0
        for sender in senders:
            if not values[sender]:
                missing += 1
            for value in values[sender]:
                found[value].append(int(sender))
        rows = sorted(
            (
                Count(value, labels.get(value, value), len(members), len(set(self.message[members].tolist())))
                for value, members in found.items()
            ),
            key=lambda row: (-row.submissions, row.label),
        )
        return Breakdown(name, question_id, theme_id, tuple(rows), len(senders), missing, name == "group")


def closed_answers(submissions: Sequence[Submission], message: NDArray[np.int64]) -> list[ClosedAnswers]:
    """Every closed question with its choices, over all submissions; blanks are the missing part."""
    columns = dict.fromkeys(column for submission in submissions for column in submission.closed)
    result = []
    for column in columns:
        found: dict[str, list[int]] = defaultdict(list)
        for number, submission in enumerate(submissions):
            if value := submission.closed.get(column, "").strip():
                found[value].append(number)
        rows = sorted(
            (
                Count(value, value, len(members), len(set(message[members].tolist())))
                for value, members in found.items()
            ),
            key=lambda row: (-row.submissions, row.label),
        )
        answered = sum(row.submissions for row in rows)
        result.append(ClosedAnswers(column, tuple(rows), len(submissions), len(submissions) - answered))
    return result
