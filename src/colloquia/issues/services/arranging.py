"""The questions of a version of a paper as a list of changes would leave them; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from colloquia.issues import queries
from colloquia.issues.models import PaperVersion
from colloquia.issues.records import IssueIn, QuestionIn

REWORD, ADD, REMOVE, MOVE = "reword", "add", "remove", "move"


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """What is done to a question. ``question_id`` is blank for one that is added.

    ``issue_id`` is the issue under which it then stands, ``position`` its place there from 1; None leaves it
    where it is, or puts it last. ``texts`` by language; blank where only the place changes.
    """

    kind: str
    question_id: str
    issue_id: str
    texts: Mapping[str, str] = field(default_factory=dict)
    position: int | None = None


@dataclass(slots=True)
class Arranged:
    """A question where it will stand. ``change`` is its place (from 0) in the list of changes, or None."""

    id: str
    issue_id: str
    base: QuestionIn | None
    change: int | None = None
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_reworded(self) -> bool:
        """Whether its text is new."""
        return bool(self.texts)


def arranged(base: PaperVersion, changes: Sequence[QuestionChange]) -> list[tuple[IssueIn, list[Arranged]]]:
    """The issues of a version with their questions as the changes leave them. Four queries."""
    issues = queries.issues_of(base)
    places: dict[str, list[Arranged]] = {issue.id: [] for issue in issues}
    for each in queries.questions_of(base):
        places.setdefault(each.issue_id, []).append(Arranged(each.id, each.issue_id, each))
    known = {each.id: each for rows in places.values() for each in rows}
    for index, change in enumerate(changes):
        row = known.get(change.question_id) if change.kind != ADD else Arranged("", change.issue_id, None)
        if row is None:
            continue
        row.change, row.texts = index, {code: text for code, text in change.texts.items() if text.strip()}
        if change.kind == REMOVE:
            places[row.issue_id].remove(row)
        elif change.kind == ADD or (change.kind == MOVE and change.issue_id in places):
            if row.base is not None:
                places[row.issue_id].remove(row)
            row.issue_id = change.issue_id
            there = places.setdefault(change.issue_id, [])
            there.insert(len(there) if change.position is None else max(change.position - 1, 0), row)
    return [(issue, places[issue.id]) for issue in issues]
