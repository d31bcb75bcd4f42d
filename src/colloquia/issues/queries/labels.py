"""Questions for other rooms: short labels, and a whole paper as an analysis wants it."""

from __future__ import annotations

from collections.abc import Iterable

from colloquia.engines.paper import Number, NumberedPaper
from colloquia.engines.records import Question as QuestionRecord
from colloquia.issues.models import IssuePlacement, PaperVersion, QuestionPlacement
from colloquia.issues.queries.contents import _issues, _questions, issues_of, questions_of
from colloquia.issues.records import QuestionIn

LABEL_CHARACTERS = 90


def question_labels(ids: Iterable[str], *, language: str = "") -> dict[str, str]:
    """Each id with its text in the reader's language, cut to 90 characters; the id where none is held.

    The latest version that holds a wording counts. Ids that do not exist are left out. Two queries.
    """
    rows = (
        QuestionPlacement.objects.filter(question__in=list(ids))
        .select_related("question", "version__paper")
        .order_by("is_withdrawn", "-version__position", "pk")
    )
    labels: dict[str, str] = {}
    for each in _questions(rows):
        held = each.wording(language)
        if held and labels.get(each.id, each.id) == each.id:
            labels[each.id] = _cut(held.text)
        labels.setdefault(each.id, each.id)
    return labels


def _cut(text: str) -> str:
    """A text of at most 90 characters, cut between words where its script has spaces."""
    if len(text) <= LABEL_CHARACTERS:
        return text
    short = text[: LABEL_CHARACTERS - 1]
    words = short if text[len(short)].isspace() else short.rpartition(" ")[0]
    return f"{(words if len(words) > LABEL_CHARACTERS // 2 else short).rstrip()}…"


def issue_titles(ids: Iterable[str]) -> dict[str, str]:
    """Each issue's title in the reader's language, in the latest version that has it. Two queries."""
    rows = (
        IssuePlacement.objects.filter(issue__in=list(ids))
        .select_related("section", "version__paper")
        .order_by("is_withdrawn", "-version__position", "pk")
    )
    titles: dict[str, str] = {}
    for each in _issues(rows):
        titles.setdefault(each.id, each.title)
    return titles


def paper_as_records(version: PaperVersion, *, language: str = "") -> NumberedPaper:
    """A version as the engines read it, in one language (the version's own unless given).

    ``evidence`` is the grade. A question whose wording this version does not hold comes with that of
    the nearest other version; one that no version holds is left out. ``numbers`` are those of every
    version, so that a respondent's “Issue 7 of the draft” is understood. At most seven queries.
    """
    wanted = language or version.language
    issues = {each.id: each for each in issues_of(version)}
    here = questions_of(version)
    others = _elsewhere([each.id for each in here if not each.wordings], version)
    questions = []
    for each in here:
        held = each.wording(wanted) or (others[each.id].wording(wanted) if each.id in others else None)
        if held is None:
            continue
        above = issues.get(each.issue_id)
        heading = above.wording(wanted) if above else None
        questions.append(
            QuestionRecord(
                id=each.id,
                text=held.text,
                issue_id=each.issue_id,
                issue_title=heading.title if heading else each.issue_id,
                context=held.context or (heading.context if heading else ""),
                evidence=held.grade,
            )
        )
    return NumberedPaper(
        title=version.titles.get(wanted) or version.title,
        questions=tuple(questions),
        language=wanted,
        symbol=version.symbol,
        numbers=_numbers(version),
    )


def _elsewhere(ids: list[str], version: PaperVersion) -> dict[str, QuestionIn]:
    """Questions in the version nearest to this one that holds a wording of them."""
    if not ids:
        return {}
    rows = (
        QuestionPlacement.objects.filter(question__in=ids)
        .exclude(version=version)
        .select_related("question", "version__paper")
    )
    found = [each for each in _questions(rows) if each.wordings]
    found.sort(key=lambda each: abs(each.version.position - version.position), reverse=True)
    return {each.id: each for each in found}


def _numbers(version: PaperVersion) -> tuple[Number, ...]:
    """What every version of the paper called its issues and questions; a draft is called ``draft``."""
    numbers = []
    for model, target in ((IssuePlacement, "issue_id"), (QuestionPlacement, "question_id")):
        rows = (
            model._default_manager.filter(version__paper=version.paper_id, is_withdrawn=False)
            .exclude(number="")
            .order_by("version__position", "position")
            .values_list(target, "number", "version__status", "version__key")
        )
        numbers += [
            Number(label, number, "draft" if status == "draft" else key)
            for label, number, status, key in rows
        ]
    return tuple(numbers)
