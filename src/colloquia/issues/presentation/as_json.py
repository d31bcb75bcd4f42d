"""The room's records as JSON: the same facts as on the pages, with the grade of every wording."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from colloquia.issues.models import Paper, PaperVersion
from colloquia.issues.presentation.comparison import ComparedItem
from colloquia.issues.presentation.counts import ShownCount
from colloquia.issues.presentation.question_page import QuestionPage
from colloquia.issues.presentation.sentences import about_wording, grade_sentence, not_held
from colloquia.issues.records import Descent, Held, IssueIn, QuestionIn, Reported


def address(name: str, *arguments: str) -> str:
    """A permanent address with the site's name in it."""
    return f"{settings.PUBLIC_URL}{reverse(name, args=arguments)}"


def paper_json(paper: Paper, versions: list[PaperVersion]) -> dict[str, Any]:
    """A paper with its versions."""
    return {
        "slug": paper.slug,
        "url": address("paper", paper.slug),
        "titles": paper.titles,
        "versions": [version_json(version, paper) for version in versions],
        "related": paper.related,
    }


def version_json(version: PaperVersion, paper: Paper) -> dict[str, Any]:
    """A version: what it is, and whether its official text is held."""
    return {
        "paper": paper.slug,
        "key": version.key,
        "url": address("paper_version", paper.slug, version.key),
        "symbol": version.symbol or None,
        "titles": version.titles,
        "status": version.status,
        "date": version.date and version.date.isoformat(),
        "published": version.published and version.published.isoformat(),
        "language": version.language,
        "is_official_text": version.is_authentic,
        "imported_file_sha256": version.source_sha256 or None,
        "sources": version.sources,
        "facts": version.facts,
    }


def wording_json(held: Held) -> dict[str, Any]:
    """A wording with its grade; ``is_official_text`` is true for imported texts alone."""
    return {
        "text": held.text or held.title,
        "language": held.language,
        "grade": held.grade,
        "is_official_text": held.is_official,
        "about": " ".join(about_wording(held)),
        "source": held.source or None,
        "context": held.context or None,
        "is_our_translation": held.is_translation,
        "translation_is_out_of_date": held.is_stale,
        "source_describes_version": held.described_in.key if held.described_in else None,
    }


def question_in_json(each: QuestionIn) -> dict[str, Any]:
    """A question where a version has it."""
    return {
        "id": each.id,
        "url": address("question", each.id),
        "version": each.version.key,
        "issue": each.issue_id,
        "number": each.number or None,
        "paragraphs": each.paragraphs or None,
        "symbol": each.version.symbol or None,
        "wordings": [wording_json(held) for held in each.wordings],
        "wording_is_held": bool(each.wordings),
        "remark": None if each.wordings else not_held(),
    }


def issue_in_json(each: IssueIn, *, questions: bool = True) -> dict[str, Any]:
    """An issue where a version has it."""
    data: dict[str, Any] = {
        "id": each.id,
        "url": address("issue", each.id),
        "version": each.version.key,
        "number": each.number or None,
        "paragraphs": each.paragraphs or None,
        "section": each.section.titles if each.section else None,
        "titles": [wording_json(held) for held in each.wordings],
    }
    if questions:
        data["questions"] = [question_in_json(question) for question in each.questions]
    return data


def descent_json(descent: Descent) -> dict[str, Any]:
    """A line of descent."""
    return {
        "kind": descent.kind,
        "from_version": descent.from_version.key,
        "to_version": descent.to_version.key,
        "from": list(descent.from_ids),
        "to": list(descent.to_ids),
        "sources": list(descent.sources),
    }


def reported_json(reported: Reported) -> dict[str, Any]:
    """What a secondary source reports."""
    return {
        "text": reported.text,
        "language": reported.language,
        "on": reported.on.isoformat() if reported.on else None,
        "note": reported.note or None,
        "issues": list(reported.issue_ids),
        "sources": list(reported.sources),
    }


def compared_json(item: ComparedItem) -> dict[str, Any]:
    """What became of an issue or a question, with the difference in words where one may be shown."""
    wording = item.change.wording
    return {
        "id": item.change.id,
        "kinds": list(item.change.kinds),
        "number_before": item.before.number or None if item.before else None,
        "number_after": item.after.number or None if item.after else None,
        "related": list(item.change.related),
        "wording": wording
        and {
            "state": wording.state,
            "sentence": item.wording_words,
            "grade": wording.grade or None,
            "language": wording.language or None,
            "difference": [{"kind": piece.kind, "text": piece.text} for piece in wording.pieces],
        },
    }


def question_json(page: QuestionPage, counts: list[ShownCount]) -> dict[str, Any]:
    """The page of a question."""
    return {
        "ok": True,
        "id": page.question.pk,
        "url": address("question", page.question.pk),
        "paper": page.question.issue.paper.slug,
        "issue": page.here.issue_id if page.here else page.question.issue_id,
        "tags": page.question.tags,
        "in_latest_version": page.in_latest,
        "grade": page.held.grade if page.held else None,
        "grade_meaning": grade_sentence(page.held.grade) if page.held else not_held(),
        "text": page.held.text if page.held else None,
        "language": page.held.language if page.held else None,
        "version": page.here.version.key if page.here else None,
        "versions": [question_in_json(each) | {"withdrawn": each.is_withdrawn} for each in page.everywhere],
        "counts": [
            {
                "kind": count.kind,
                "number": count.number,
                "absence": count.absence or None,
                "words": count.words or None,
                "on": count.on.isoformat() if count.on else None,
                "url": count.url or None,
            }
            for count in counts
        ],
        "history": {
            "descent": [descent_json(each) for each in page.descents],
            "reported_changes": [reported_json(each) for each in page.changes],
            "taken_up": [reported_json(each) for each in page.discussions],
        },
    }
