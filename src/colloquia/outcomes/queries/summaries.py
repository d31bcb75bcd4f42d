"""Summaries with their sentences, what keeps one from being published, and what is said with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import QuerySet

from colloquia.consultations.models import Consultation, Draft, Run, RunQuestion
from colloquia.consultations.models.drafts import DraftKind, DraftStatus
from colloquia.consultations.queries import bulk_of
from colloquia.consultations.queries.coverage import coverage_of
from colloquia.consultations.queries.reading import reading_summary
from colloquia.engines.bulk import PassageRow
from colloquia.engines.citing import holds
from colloquia.outcomes.models import Citation, Sentence, Summary, SummaryStatus
from colloquia.submissions.models import CallQuestion


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation and its passage; ``holds`` is whether the quote stands where it is said to."""

    citation: Citation
    passage: PassageRow | None
    holds: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with its citations. ``number`` counts through the summary."""

    sentence: Sentence
    number: int
    citations: tuple[Cited, ...]

    @property
    def can_be_published(self) -> bool:
        """Whether it rests on something, and all of that holds."""
        return bool(self.citations) and all(item.holds for item in self.citations)


@dataclass(frozen=True, slots=True)
class Part:
    """The sentences under one question; at the head ``question`` is None."""

    question: RunQuestion | None
    sentences: tuple[Said, ...]


def summaries_of(consultation: Consultation) -> QuerySet[Summary]:
    """Every summary of a consultation, those of the latest run first."""
    return (
        Summary.objects.filter(run__consultation=consultation)
        .select_related("run__consultation", "reviewed_by", "signed_by")
        .order_by("-run__number", "language")
    )


def signed_summaries(consultation: Consultation) -> list[Summary]:
    """The signed summaries of the run that is shown, else of the latest that has any, by language."""
    return of_one_run(consultation, every_signed(consultation))


def every_signed(consultation: Consultation) -> list[Summary]:
    """The signed summaries of all runs, those of the latest run first. One query."""
    return list(summaries_of(consultation).filter(status=SummaryStatus.SIGNED))


def of_one_run(
    consultation: Consultation, rows: Sequence[Summary], number: int | None = None
) -> list[Summary]:
    """Those of the run of that number; without one, of the run that is shown, else of the latest."""
    if number is not None:
        return [row for row in rows if row.run.number == number]
    shown = [row for row in rows if row.run_id == consultation.shown_run_id]
    return shown or [row for row in rows if row.run_id == rows[0].run_id]


def parts_of(summary: Summary) -> list[Part]:
    """A summary in the order of the paper, each citation looked up in the stored text.

    Three queries, and one read of the run. Questions without a sentence are there too.
    """
    sentences = list(
        summary.sentences.select_related("by").prefetch_related("citations").order_by("position", "pk")
    )
    questions = list(RunQuestion.objects.filter(run=summary.run).order_by("position"))
    names = {item.passage_id for row in sentences for item in row.citations.all()}
    passages = bulk_of(summary.run).passages_by_id(sorted(names)) if names else {}
    places: list[RunQuestion | None] = [None, *questions]
    number, found = 0, []
    for place in places:
        here = [row for row in sentences if row.question_id == (place.question_id if place else "")]
        said = []
        for row in here:
            number += 1
            said.append(Said(row, number, tuple(_cited(item, passages) for item in row.citations.all())))
        found.append(Part(place, tuple(said)))
    return found


def _cited(item: Citation, passages: dict[str, PassageRow]) -> Cited:
    passage = passages.get(item.passage_id)
    return Cited(item, passage, passage is not None and holds(passage.text, item.start, item.end, item.quote))


def without_answers(consultation: Consultation, parts: Sequence[Part]) -> frozenset[str]:
    """The questions under which nothing is written, that no call asks and no passage answers. One query."""
    asked = set(
        CallQuestion.objects.filter(call__consultation=consultation).values_list("question_id", flat=True)
    )
    return frozenset(
        part.question.question_id
        for part in parts
        if part.question
        and not (part.sentences or part.question.passages or part.question.machine_passages)
        and part.question.question_id not in asked
    )


def faults_in(parts: Sequence[Part]) -> list[Said]:
    """The sentences that keep a summary from being published."""
    return [said for part in parts for said in part.sentences if not said.can_be_published]


def drafts_for(summary: Summary) -> list[Draft]:
    """Accepted machine drafts in the summary's language that do not stand in it. Two queries."""
    known = summary.sentences.exclude(draft_id=None).values_list("draft_id", flat=True)
    return list(
        Draft.objects.filter(
            run=summary.run,
            language=summary.language,
            kind=DraftKind.SENTENCE,
            status=DraftStatus.ACCEPTED,
        )
        .exclude(pk__in=list(known))
        .order_by("question_id", "pk")
    )


def said_of(run: Run) -> dict[str, Any]:
    """What is published with a summary: run, corrections, coverage, agreement, machine, what is missing."""
    from colloquia.submissions.models import PublishedSubmission, Submission

    summary = reading_summary(run)
    received = Submission.objects.filter(
        call__consultation=run.consultation, confirmed_at__isnull=False, withdrawn_at=None
    ).count()
    published = PublishedSubmission.objects.filter(call__consultation=run.consultation).count()
    coverage = asdict(coverage_of(run))
    return {
        "run": run.number,
        "fingerprint": run.fingerprint,
        "program": run.program,
        "computed": run.begun_at.isoformat() if run.begun_at else None,
        "run_signed": run.signed_at.isoformat() if run.signed_at else None,
        "corrections": [
            {"number": row.number, "kind": row.kind, "question": row.question_id}
            for row in run.corrections.filter(undone_at=None).order_by("number")
        ],
        "coverage": coverage,
        "agreement": [
            {
                "sample": item.sample.number,
                "question": item.sample.question_id,
                "passages": len(item.sample.passages),
                "alpha": item.measured.alpha.get("value"),
                "percentage": item.measured.percentage.get("value"),
                "machine_alpha": item.measured.machine_alpha.get("value"),
            }
            for item in summary.samples
        ],
        "missing": {
            "not_published": max(received - published, 0),
            "unsupported_languages": sorted(
                item["language"] for item in run.languages if not item.get("supported")
            ),
            "unread": max(int(coverage["received"]) - int(coverage["read"]), 0),
        },
    }
