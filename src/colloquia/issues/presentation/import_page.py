"""An import as its page shows it: each part of the file, what it would become, and why."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from colloquia.engines.papers.records import DraftIssue, DraftQuestion, from_data
from colloquia.issues import queries
from colloquia.issues.models import PaperImport
from colloquia.issues.planning import Plan


@dataclass(frozen=True, slots=True)
class ShownPart:
    """One issue or question of the file."""

    place: str
    text: str
    number: str
    paragraphs: str
    where: str
    id: str
    how: str
    how_words: str
    chosen: str
    label: str
    questions: list[ShownPart] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ImportPage:
    """The file's parts, remarks and the ids that may be chosen."""

    parts: list[ShownPart]
    remarks: list[tuple[str, str]]
    known: list[tuple[str, str]]
    withdrawn: list[tuple[str, str]]


def import_page(record: PaperImport, plan: Plan | None) -> ImportPage:
    """Make it ready. Four queries beside those of the plan."""
    draft = from_data(record.draft)
    remarks = [(remark.where, remark.message) for remark in draft.remarks if not remark.serious]
    if plan is None:
        return ImportPage([], remarks, [], [])
    labels = queries.question_labels([each for each in plan.known if ".q" in each])
    labels |= queries.issue_titles([each for each in plan.known if ".q" not in each])
    parts = []
    for issue in draft.issues:
        part = _part(issue, issue.title, issue.number, plan, record, labels)
        part.questions.extend(
            _part(question, question.text, question.number, plan, record, labels)
            for question in issue.questions
        )
        parts.append(part)
    known = sorted((each, labels.get(each, "")) for each in plan.known)
    withdrawn = [(each, labels.get(each, "")) for each in plan.withdrawn]
    return ImportPage(parts, remarks, known, withdrawn)


def _part(
    part: DraftIssue | DraftQuestion,
    text: str,
    number: str,
    plan: Plan,
    record: PaperImport,
    labels: dict[str, str],
) -> ShownPart:
    found = plan.matches[part.place]
    identifier = plan.ids.get(part.place, "")
    label = labels.get(identifier, "")
    return ShownPart(
        place=part.place,
        text=text,
        number=number,
        paragraphs=part.paragraphs,
        where=part.where,
        id=identifier,
        how=found.how if identifier else "skip",
        how_words=how_words(found.how, found.score) if identifier else _("left out"),
        chosen=record.choices.get(part.place, ""),
        label=label if label != identifier else "",
    )


def how_words(how: str, score: float) -> str:
    """How an id was found, in words."""
    return {
        "given": _("The file gives this id."),
        "chosen": _("Chosen by an officer."),
        "number": _("Proposed by its number; check it."),
        "similar": _("Proposed by likeness of wording (%(score).2f of 1); check it.") % {"score": score},
        "new": _("New."),
    }[how]
