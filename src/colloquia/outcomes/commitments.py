"""What the ledger commits to of published results, and how it is computed again from what is stored."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from colloquia.engines.ledger import canonical
from colloquia.issues.models import PaperVersion
from colloquia.outcomes.models import (
    Change,
    Outcome,
    OutcomeTerm,
    PriorityAnswer,
    PriorityRound,
    Revision,
    Summary,
)


def digest(content: Any) -> str:
    """SHA-256 of the canonical JSON of some content, in hexadecimal."""
    return hashlib.sha256(canonical(content)).hexdigest()


def of_summary(summary: Summary) -> dict[str, Any]:
    """The content of ``summary.signed``: the run, and a hash of all sentences, each with its citations."""
    sentences = summary.sentences.prefetch_related("citations").order_by("question_id", "position", "pk")
    said = [
        {
            "question": row.question_id,
            "text": row.text,
            "citations": [
                [item.passage_id, item.submission_id, item.start, item.end, item.quote]
                for item in row.citations.all()
            ],
        }
        for row in sentences
    ]
    return {
        "consultation": summary.run.consultation.slug,
        "run": summary.run.number,
        "fingerprint": summary.run.fingerprint,
        "language": summary.language,
        "summary": digest(said),
    }


def of_outcome(outcome: Outcome) -> str:
    """The hash of an outcome with the words that it is about; ``outcomes.published`` lists them by key."""
    row = outcome.suggestion
    return digest(
        {
            "theme": outcome.theme_id,
            "suggestion": row
            and [row.number, row.question_id, row.passage_id, row.start, row.end, row.quote, row.note],
            "term": outcome.term_id,
            "paragraph": outcome.paragraph,
            "reasons": outcome.reasons,
        }
    )


def of_term(term: OutcomeTerm) -> dict[str, Any]:
    """The content of ``outcome-term.stated``: what a term is called, once outcomes with it are public."""
    return {"term": term.code, "labels": digest(term.labels), "needs_paragraph": term.needs_paragraph}


def of_round(row: PriorityRound) -> dict[str, Any]:
    """The content of ``priorities.announced``."""
    return {
        "round": row.pk,
        "issues": row.issue_ids,
        "levels": [level["code"] for level in row.levels],
        "invited": row.invited,
        "shows_states": row.shows_states,
        "opens": row.opens_at.isoformat(),
        "closes": row.closes_at.isoformat(),
        "words": digest([row.titles, row.introductions, row.levels, row.time_zone]),
    }


def of_answers(row: PriorityRound, territory: str, answers: Iterable[PriorityAnswer]) -> dict[str, Any]:
    """The content of ``priorities.answered``: a hash of the levels and remarks of one state."""
    given = {each.issue_id: f"{each.level} {each.remark}".strip() for each in answers}
    return {"round": row.pk, "territory": territory, "answers": digest({"answers": given})}


def of_texts(row: Any) -> str:
    """The hash of a consideration or of one of its versions."""
    return digest({"texts": row.texts, "passages": row.passages})


def of_revision(revision: Revision, result: PaperVersion, changes: Iterable[Change]) -> dict[str, Any]:
    """The content of ``revision.published``: the two versions, and each change with what it cites."""
    return {
        "consultation": revision.consultation.slug,
        "paper": result.paper.slug,
        "base": revision.base.key,
        "version": result.key,
        "changes": [
            {
                "kind": str(row.kind),
                "question": row.question_id,
                "texts": row.texts,
                "reasons": row.reasons,
                "outcomes": sorted(each.pk for each in row.outcomes.all()),
            }
            for row in sorted(changes, key=lambda each: each.question_id)
        ],
    }
