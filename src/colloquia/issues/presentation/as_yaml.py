"""A version of a paper as YAML, in the form that can be imported and analysed again."""

from __future__ import annotations

from typing import Any

from colloquia.issues import queries
from colloquia.issues.models import PaperVersion
from colloquia.issues.presentation.sentences import grade_sentence, not_held
from colloquia.issues.records import Held, IssueIn, QuestionIn, grades


def version_yaml(version: PaperVersion, *, language: str = "") -> str:
    """The version in one language; wordings that are not official carry their grade and source.

    Questions whose wording is not held are named in a comment, so that the file can be read again.
    """
    import yaml

    wanted = language or version.language
    sections = queries.contents(version)
    held = [
        question.wording(wanted)
        for section in sections
        for issue in section.issues
        for question in issue.questions
    ]
    data: dict[str, Any] = {"title": version.titles.get(wanted) or version.title}
    if version.symbol:
        data["symbol"] = version.symbol
    if version.date:
        data["date"] = version.date.isoformat()
    data |= {"language": wanted, "version": version.key}
    entries = queries.glossary([version])
    if entries:
        data["glossary"] = [
            {"term": term, "meaning": one.text} | _graded(one.grade, one.source)
            for term, one in entries[0][1]
        ]
    data["issues"] = [
        _issue(issue, section.title, wanted) for section in sections for issue in section.issues
    ]
    lines = [f"# {grade}: {grade_sentence(grade)}" for grade in grades(held)]
    absent = [
        question.id
        for section in sections
        for issue in section.issues
        for question in issue.questions
        if not question.wordings
    ]
    if absent:
        lines.append(f"# {not_held()} {', '.join(absent)}")
    body = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)
    return "\n".join([*lines, "", body]) if lines else body


def _issue(issue: IssueIn, section: str, language: str) -> dict[str, Any]:
    held = issue.wording(language)
    data: dict[str, Any] = {"id": issue.id}
    if issue.number:
        data["number"] = issue.number
    data["title"] = held.title if held else issue.id
    if section:
        data["section"] = section
    if issue.paragraphs:
        data["paragraphs"] = issue.paragraphs
    if held and held.context:
        data["context"] = held.context
    if held:
        data |= _graded(held.grade, held.source)
    data["questions"] = [
        _question(question, wording, language)
        for question in issue.questions
        if (wording := question.wording(language)) is not None
    ]
    return data


def _question(question: QuestionIn, held: Held, language: str) -> dict[str, Any]:
    data: dict[str, Any] = {"id": question.id}
    if question.number:
        data["number"] = question.number
    if question.paragraphs:
        data["paragraphs"] = question.paragraphs
    data["text"] = held.text
    if held.language != language:
        data["language"] = held.language
    if held.context:
        data["context"] = held.context
    return data | _graded(held.grade, held.source)


def _graded(grade: str, source: str) -> dict[str, Any]:
    return {} if grade == "authentic" else {"grade": grade, "source": source}
