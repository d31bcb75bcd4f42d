"""Submissions beside distinct messages: of questions and of themes, with their bases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from colloquia.consultations.models import RunQuestion, ThemeInEffect
from colloquia.consultations.presentation import remembered
from colloquia.consultations.presentation.visit import Visit
from colloquia.engines.bulk import Size
from colloquia.issues.queries import Asked, asked_in

FEW = 3
FEW_SHARE = 0.01
"""A theme has few voices with at most so many submissions, or less than this share of its base."""
ORDERS = ("submissions", "messages", "organisations", "states", "stability", "passages", "name", "received")


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted. ``messages`` is None where this reader is not told (see ``Visit.messages``)."""

    submissions: int
    messages: int | None
    organisations: int
    states: int
    passages: int


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question as it stands in this look at the run, in the reader's language where the paper has it.

    ``language`` is that of the text, "" where it is not known.
    """

    question_id: str
    text: str
    language: str
    issue_id: str
    issue_title: str
    grade: str
    url: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme, or a group of themes (``level`` 0 with ``is_group``), with its counts in this look."""

    theme: ThemeInEffect
    url: str
    counts: Counts
    is_group: bool
    inner: bool
    is_few: bool

    @property
    def badges(self) -> list[str]:
        """What a reader is told beside the label."""
        found = ["raised_by_state"] if self.counts.states else []
        if self.is_few:
            found.append("few_voices")
        if self.theme.label_by_officer or self.theme.made_by_officer:
            found.append("corrected")
        return found


def shown(visit: Visit, size: Size, of: int) -> Counts:
    """A size, a part of ``of`` submissions, as this reader may know it."""
    told = visit.messages(size.submissions, size.messages, of=of)
    return Counts(size.submissions, told, size.organisations, size.states, size.passages)


def question_rows(visit: Visit) -> list[QuestionRow]:
    """Every question of the run, in the order of the paper. Three queries; with filters one to the bulk."""
    rows = list(RunQuestion.objects.filter(run=visit.run))
    sizes = remembered.by_question(visit.held, visit.filters) if visit.filtering.in_force else None
    asked = asked_in({row.question_id: row.text for row in rows}, visit.language)
    return [_question(visit, row, asked[row.question_id], sizes) for row in rows]


def question_row(visit: Visit, row: RunQuestion) -> QuestionRow:
    """One question. Two queries, and one to the bulk with filters."""
    sizes = remembered.by_question(visit.held, visit.filters) if visit.filtering.in_force else None
    asked = asked_in({row.question_id: row.text}, visit.language)
    return _question(visit, row, asked[row.question_id], sizes)


def _question(visit: Visit, row: RunQuestion, asked: Asked, sizes: Mapping[str, Size] | None) -> QuestionRow:
    size = _stored(row) if sizes is None else sizes.get(row.question_id, Size())
    return QuestionRow(
        row.question_id,
        asked.text,
        asked.language,
        row.issue_id,
        row.issue_title,
        asked.grade or row.grade,
        visit.url("consultation_question", row.question_id, keep=True),
        shown(visit, size, visit.base),
    )


def _stored(row: RunQuestion | ThemeInEffect) -> Size:
    return Size(row.submissions, row.messages, row.organisations, row.states, row.passages)


def theme_rows(visit: Visit, question: str, base: int, order: str = "submissions") -> list[ThemeRow]:
    """The themes in effect of a question ("" for the docket), those of a group below it, in an order.

    ``base`` is the number of submissions of which theirs are a part.
    """
    live = [row for row in visit.themes_of(question).values() if row.is_live]
    sizes = remembered.by_theme(visit.held, question, visit.filters) if visit.filtering.in_force else None
    few = max(FEW, FEW_SHARE * base)
    groups = {row.theme_id for row in live if row.is_parent}
    made = {}
    for row in live:
        size = _stored(row) if sizes is None else sizes.get(row.theme_id, Size())
        made[row.theme_id] = ThemeRow(
            row,
            visit.url("consultation_theme", row.theme_id, keep=True),
            # Of a group and all but one of its themes the difference would tell of single senders.
            shown(visit, size, size.submissions + 1 if row.is_parent else base),
            is_group=row.is_parent,
            inner=row.parent_id in groups,
            is_few=not row.is_parent and 0 < size.submissions <= few,
        )
    return _nested(made.values(), groups, order)


def _nested(rows: Iterable[ThemeRow], groups: set[str], order: str) -> list[ThemeRow]:
    inside: dict[str, list[ThemeRow]] = {name: [] for name in ("", *groups)}
    for row in rows:
        inside[row.theme.parent_id if row.inner else ""].append(row)
    found: list[ThemeRow] = []
    for row in ordered(inside[""], order):
        found.append(row)
        if row.is_group:
            found += ordered(inside[row.theme.theme_id], order)
    return found


def ordered(rows: Iterable[ThemeRow], order: str) -> list[ThemeRow]:
    """Rows in an order that the reader chose; what is equal stands as the machine found it."""
    if order == "name":
        return sorted(rows, key=lambda row: row.theme.label.casefold())
    if order == "received":
        return sorted(rows, key=lambda row: row.theme.position)
    if order == "stability":
        return sorted(rows, key=lambda row: (-(row.theme.stability or 0.0), row.theme.position))
    name = order if order in ORDERS else "submissions"
    return sorted(rows, key=lambda row: (-(getattr(row.counts, name) or 0), row.theme.position))
