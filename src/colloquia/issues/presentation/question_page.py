"""What stands on the page of a question, gathered once for the page and for its twin in JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from colloquia.core.registry import registered_question_sections
from colloquia.issues import queries
from colloquia.issues.models import Question
from colloquia.issues.records import Descent, Held, IssueIn, QuestionIn, Reported, in_language


@dataclass(frozen=True, slots=True)
class RenderedSection:
    """A section that a room added. ``anchor`` can stand in an address."""

    anchor: str
    title: str
    body: SafeString


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """The question in the version asked for, everywhere else it stands, and its history."""

    question: Question
    here: QuestionIn | None
    everywhere: list[QuestionIn]
    held: Held | None
    issue: IssueIn | None
    issue_everywhere: list[IssueIn]
    descents: list[Descent]
    changes: list[Reported]
    discussions: list[Reported]
    in_latest: bool
    siblings: tuple[str, str]

    @property
    def issue_numbers(self) -> dict[int, str]:
        """The number of the issue by version (primary key)."""
        return {each.version.pk: each.number for each in self.issue_everywhere}

    @property
    def languages(self) -> list[str]:
        """Languages in which the wording of this version is held."""
        return self.here.languages if self.here else []


def question_page(question: Question, *, version_key: str = "", language: str = "") -> QuestionPage:
    """Gather a question's page. ``version_key`` of a version without the question is as good as none."""
    everywhere = queries.question_in_versions(question.pk)
    standing = [each for each in everywhere if not each.is_withdrawn]
    here = next((each for each in standing if each.version.key == version_key), None)
    here = here or (standing[-1] if standing else None)
    issue, issues = None, list[IssueIn]()
    siblings = ("", "")
    latest = False
    if here:
        issues = queries.issue_in_versions(here.issue_id)
        issue = next((each for each in issues if each.version.pk == here.version.pk), None)
        ids = [each.id for each in issue.questions] if issue else []
        place = ids.index(question.pk) if question.pk in ids else -1
        siblings = (
            ids[place - 1] if place > 0 else "",
            ids[place + 1] if 0 <= place < len(ids) - 1 else "",
        )
        last = queries.paper(question.issue.paper.slug)
        final = queries.latest(last) if last else None
        latest = bool(final and any(each.version.pk == final.pk for each in standing))
    exact = in_language(here.wordings, language) if here and language else None
    issue_id = here.issue_id if here else question.issue_id
    return QuestionPage(
        question=question,
        here=here,
        everywhere=everywhere,
        held=exact or (here.wording() if here else None),
        issue=issue,
        issue_everywhere=issues,
        descents=queries.descents([question.pk, issue_id]),
        changes=queries.recorded_changes(issue_id=issue_id),
        discussions=queries.discussions(issue_id=issue_id),
        in_latest=latest,
        siblings=siblings,
    )


def sections(request: Any, question_id: str, place: str) -> list[RenderedSection]:
    """The sections of one place that have something to say, in their order."""
    shown = []
    for section in registered_question_sections():
        if section.place == place:
            body = section.render(request, question_id)
            if body:
                # A room renders its section with Django's templates, which have escaped it.
                anchor = section.name.replace(".", "-").replace("_", "-")
                shown.append(RenderedSection(anchor, str(section.title), SafeString(body)))
    return shown
