"""The draft as it will be sealed, with what colleagues said beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from colloquia.core.queries import territory_name
from colloquia.engines.languages.names import language_name
from colloquia.submissions.models import Clearance, ClearanceRemark, Publication, RespondentKind
from colloquia.submissions.presentation.clearance_fields import FIELD_LABELS
from colloquia.submissions.queries.clearance import DraftState
from colloquia.submissions.queries.drafts import Asked, AskedIssue
from colloquia.submissions.records import AnswerIn, FileIn


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """An answer under its question, with the comments on it that are not settled."""

    question: Asked
    answer: AnswerIn
    remarks: tuple[ClearanceRemark, ...]


@dataclass(frozen=True, slots=True)
class FileShown:
    """A file of the draft. ``place`` counts from 1."""

    place: int
    file: FileIn


@dataclass(frozen=True, slots=True)
class ApprovalShown:
    """An approval; ``is_outdated`` once the draft is another one than what was approved."""

    remark: ClearanceRemark
    is_outdated: bool


@dataclass(frozen=True, slots=True)
class DraftShown:
    """Everything that would be sealed, and what was said on it."""

    sha256: str
    respondent: tuple[tuple[str, str], ...]
    parties: tuple[str, ...]
    answers: tuple[AnswerShown, ...]
    unanswered: int
    files: tuple[FileShown, ...]
    on_the_whole: tuple[ClearanceRemark, ...]
    approvals: tuple[ApprovalShown, ...]
    settled: tuple[ClearanceRemark, ...]


def draft_shown(
    state: DraftState, asked: Iterable[AskedIssue], remarks: list[ClearanceRemark], language: str
) -> DraftShown:
    """The page of a draft in clearance."""
    questions = [question for issue in asked for question in issue.questions]
    known = {question.id: question for question in questions}
    comments = [row for row in remarks if row.text and row.settled_at is None]
    written = state.content.written_answers
    answered = {answer.question for answer in written}
    return DraftShown(
        sha256=state.sha256,
        respondent=tuple(_respondent(state, language)),
        parties=tuple(
            f"{each.name or _territory(each.territory, language)}" for each in state.content.parties
        ),
        answers=tuple(
            AnswerShown(
                known.get(answer.question, Asked(answer.question)),
                answer,
                tuple(row for row in comments if row.question_id == answer.question and answer.question),
            )
            for answer in written
        ),
        unanswered=sum(1 for question in questions if question.id not in answered),
        files=tuple(FileShown(place, file) for place, file in enumerate(state.files, start=1)),
        on_the_whole=tuple(row for row in comments if row.question_id not in answered or not row.question_id),
        approvals=tuple(
            ApprovalShown(row, row.content_sha256 != state.sha256) for row in remarks if row.approves
        ),
        settled=tuple(row for row in remarks if row.settled_at is not None),
    )


def question_choices(asked: Iterable[AskedIssue]) -> list[tuple[str, str]]:
    """The questions on which a colleague may comment."""
    return [
        (question.id, f"{question.id} {_shortened(question.text)}".strip())
        for issue in asked
        for question in issue.questions
    ]


def links_shown(links: Iterable[Clearance], addresses: dict[int, str]) -> list[tuple[Clearance, str]]:
    """Links with their addresses; blank where it was ended, or can no longer be derived."""
    return [(row, "" if row.ended_at else addresses.get(row.pk, "")) for row in links]


def _respondent(state: DraftState, language: str) -> Iterable[tuple[str, str]]:
    content = state.content
    values = {
        "kind": _label(RespondentKind, content.kind),
        "name": content.name,
        "organisation": content.organisation,
        "on_behalf_of": content.on_behalf_of,
        "territory": _territory(content.territory, language),
        "stakeholder": content.stakeholder,
        "language": language_name(content.language, language) if content.language else "",
        "publication": _label(Publication, content.publication),
    }
    return [(str(FIELD_LABELS[name]), value) for name, value in values.items() if value]


def _label(choices: type[RespondentKind | Publication], value: str) -> str:
    return str(choices(value).label) if value in choices.values else value


def _territory(code: str, language: str) -> str:
    return territory_name(code, language) if code else ""


def _shortened(text: str) -> str:
    return text if len(text) <= 90 else f"{text[:88].rstrip()}…"
