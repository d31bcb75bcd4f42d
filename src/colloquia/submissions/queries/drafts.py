"""Drafts by their private link or their account, and the questions that they answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from colloquia.core import private_links
from colloquia.issues import queries as issues
from colloquia.submissions.models import AnswerDraft, Call, DraftFile


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a call asks it. ``language`` is that of ``text``; both are blank where none is held."""

    id: str
    number: str = ""
    text: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class AskedIssue:
    """The questions of one issue, in the order of the call. ``id`` is that of the issue."""

    id: str
    title: str
    language: str
    questions: tuple[Asked, ...]


def draft_of_token(token: str) -> AnswerDraft | None:
    """The draft of a private link, with its call. One query."""
    return (
        AnswerDraft.objects.select_related("call__consultation")
        .filter(token_digest=private_links.digest(token))
        .first()
    )


def drafts_of(user: Any) -> QuerySet[AnswerDraft]:
    """The drafts of an account that were not sent, latest first. One query."""
    return AnswerDraft.objects.filter(owner=user, submission=None, sent_version=None).select_related(
        "call__consultation"
    )


def question_order(call: Call) -> tuple[str, ...]:
    """The permanent ids of the questions in the order of the call. One query."""
    return tuple(call.questions.order_by("position").values_list("question_id", flat=True))


def files_of_draft(draft: AnswerDraft) -> list[DraftFile]:
    """The files of a draft in their order. One query."""
    return list(draft.files.select_related("attachment").order_by("position", "pk"))


def asked_of(call: Call, language: str) -> list[AskedIssue]:
    """The questions of a call by issue, each in the wording for a language. Five queries at most."""
    order = list(call.questions.order_by("position").values_list("question_id", "question__issue_id"))
    known, issue_of, titles = {}, dict(order), {}
    if call.paper_version is not None:
        for question in issues.questions_of(call.paper_version):
            held = question.wording(language)
            known[question.id] = Asked(
                question.id, question.number, held.text if held else "", held.language if held else ""
            )
            issue_of[question.id] = question.issue_id
        for issue in issues.issues_of(call.paper_version):
            said = issue.wording(language)
            titles[issue.id] = (said.title, said.language) if said else ("", "")
    grouped: dict[str, list[Asked]] = {}
    for identifier, _issue in order:
        grouped.setdefault(issue_of[identifier], []).append(known.get(identifier, Asked(identifier)))
    return [
        AskedIssue(identifier, *titles.get(identifier, ("", "")), tuple(questions))
        for identifier, questions in grouped.items()
    ]
