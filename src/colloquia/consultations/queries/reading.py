"""Batches with how far each is read, what waits for a person, and what the method page says of reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from colloquia.consultations.models import (
    Batch,
    BatchItem,
    Consultation,
    ReadingLanguages,
    ReadMark,
    Run,
    Sample,
)
from colloquia.consultations.queries.coverage import (
    Coverage,
    coverage_of,
    readers_bulk,
    readers_of,
    translated_passages,
    unsupported_languages,
)
from colloquia.consultations.queries.double_coding import Measured, measured

State = Literal["waiting", "read", "translated"]


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """A batch, and how many of its submissions its reader has marked as read."""

    batch: Batch
    read: int
    total: int

    @property
    def is_done(self) -> bool:
        """Whether its reader has read it all."""
        return self.read >= self.total


@dataclass(frozen=True, slots=True)
class Item:
    """A submission in a batch, and whether the batch's reader has marked it."""

    position: int
    submission_id: str
    is_read: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A passage in an unsupported language, or a document without whole text, and what became of it.

    ``identifier`` is that of the passage or the document. ``problem`` says why a document could not be read.
    """

    kind: Literal["passage", "document"]
    identifier: str
    submission_id: str
    language: str
    state: State
    name: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class SampleSummary:
    """A closed sample with its agreement."""

    sample: Sample
    measured: Measured


@dataclass(frozen=True, slots=True)
class ReadingSummary:
    """What the method page says of reading: coverage, and the agreement on each closed sample."""

    coverage: Coverage
    samples: tuple[SampleSummary, ...]


def open_batches_of(person: Any, consultation: Consultation | None = None) -> QuerySet[Batch]:
    """A person's batches that are not withdrawn, those due first in front."""
    rows = Batch.objects.filter(reader=person, withdrawn_at=None)
    rows = rows.select_related("consultation", "reader", "made_by")
    if consultation is not None:
        rows = rows.filter(consultation=consultation)
    return rows.order_by(F("due_on").asc(nulls_last=True), "number")


def batches_of(consultation: Consultation) -> QuerySet[Batch]:
    """Every batch of a consultation, latest first."""
    return (
        Batch.objects.filter(consultation=consultation)
        .select_related("reader", "made_by")
        .order_by("-number")
    )


def with_progress(batches: Iterable[Batch]) -> list[BatchProgress]:
    """The same with how far each is read. One query."""
    listed = list(batches)
    rows = _marked(BatchItem.objects.filter(batch__in=listed)).order_by().values("batch")
    counted = {
        row["batch"]: (row["read"], row["total"])
        for row in rows.annotate(total=Count("pk"), read=Count("pk", filter=Q(is_read=True)))
    }
    return [BatchProgress(batch, *counted.get(batch.pk, (0, 0))) for batch in listed]


def items_of(batch: Batch) -> list[Item]:
    """The submissions of a batch, in order. One query."""
    rows = _marked(batch.items.order_by("position"))
    return [Item(*row) for row in rows.values_list("position", "submission_id", "is_read")]


def _marked(items: QuerySet[BatchItem]) -> Any:
    """The same, each with ``is_read``."""
    marks = ReadMark.objects.filter(
        consultation=OuterRef("batch__consultation"),
        submission_id=OuterRef("submission_id"),
        passage_id="",
        reader=OuterRef("batch__reader"),
        withdrawn_at=None,
    )
    return items.annotate(is_read=Exists(marks))


def marks_on(run: Run, submission_id: str) -> list[ReadMark]:
    """The marks on a submission and on single passages of it, oldest first, with who set them. One query."""
    rows = ReadMark.objects.filter(
        consultation=run.consultation_id, submission_id=submission_id, withdrawn_at=None
    )
    return list(rows.select_related("reader").order_by("at", "pk"))


def own_marks(person: Any, run: Run, identifiers: Sequence[str]) -> set[str]:
    """Which of these passages (or documents) a person has marked. One query."""
    rows = ReadMark.objects.filter(
        consultation=run.consultation_id, passage_id__in=identifiers, reader=person, withdrawn_at=None
    )
    return set(rows.values_list("passage_id", flat=True))


def waiting_of(run: Run) -> list[Waiting]:
    """Passages in unsupported languages by language, then documents without whole text, as they stand."""
    bulk = readers_bulk(run)
    readers, single, _sequence = readers_of(run)
    passages = bulk.waiting_passages(unsupported_languages(run))
    translated = translated_passages(run) if passages else frozenset()

    def state(identifier: str, row: int) -> State:
        if identifier in translated:
            return "translated"
        return "read" if identifier in single or readers[row] else "waiting"

    found = [
        Waiting(
            "passage", item.passage_id, item.submission_id, item.language, state(item.passage_id, item.row)
        )
        for item in sorted(passages, key=lambda one: one.language)
    ]
    return found + [
        Waiting(
            "document",
            item.document_id,
            item.submission_id,
            item.language,
            state(item.document_id, item.row),
            item.name,
            item.problem,
        )
        for item in bulk.waiting_documents()
    ]


def readers_by_language() -> dict[str, list[str]]:
    """Names of the officers who say that they read a language, by its code. One query."""
    found: dict[str, list[str]] = defaultdict(list)
    rows = ReadingLanguages.objects.filter(reader__is_officer=True, reader__is_active=True)
    for row in rows.select_related("reader").order_by("reader__name", "reader__email"):
        for code in row.codes:
            found[code].append(str(row.reader))
    return dict(found)


def reading_summary(run: Run) -> ReadingSummary:
    """For the method page: those of ``coverage_of``, one query for the samples and one for their coders."""
    closed = Sample.objects.filter(run=run, closed_at__isnull=False).order_by("number")
    found = [(sample, measured(sample)) for sample in closed.prefetch_related("coders")]
    return ReadingSummary(
        coverage_of(run), tuple(SampleSummary(sample, result) for sample, result in found if result)
    )
