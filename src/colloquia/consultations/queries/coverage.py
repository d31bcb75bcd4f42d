"""How much of a consultation people have read, for the funnel and before anything is signed."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from colloquia.consultations.models import Consultation, ReadMark, Run, Translation
from colloquia.consultations.queries.remembered import Remembered
from colloquia.consultations.queries.state import bulk_of
from colloquia.engines.bulk.docket import Answering, PartRead, ReadCounts, count_read
from colloquia.engines.bulk.readers import ReadersBulk

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FEW = 500


@dataclass(frozen=True, slots=True)
class Coverage:
    """What people have read of a run's submissions by now.

    ``read`` are whole submissions that a person marked, ``read_by_two`` those that more than one did.
    ``same_text`` were not read, but their very words were, in another submission. ``messages_read`` of
    ``messages`` have at least one submission that was read. ``unsupported`` passages are in languages that
    the machine does not compare: ``unsupported_translated`` have a translation, of the others
    ``unsupported_read`` were read (alone or with their submission), and the rest wait, as
    ``documents_waiting`` of ``documents`` without whole text do.
    """

    received: int
    read: int
    read_by_two: int
    same_text: int = 0
    messages: int = 0
    messages_read: int = 0
    unsupported: int = 0
    unsupported_read: int = 0
    unsupported_translated: int = 0
    documents: int = 0
    documents_waiting: int = 0
    questions: tuple[PartRead, ...] = ()
    languages: tuple[PartRead, ...] = ()
    stakeholders: tuple[PartRead, ...] = ()

    @property
    def share(self) -> float:
        """Read of received, 0 where nothing was received."""
        return self.read / self.received if self.received else 0.0

    @property
    def text_read(self) -> int:
        """Submissions whose words were read, in them or in another that has the very same text."""
        return self.read + self.same_text

    @property
    def unsupported_waiting(self) -> int:
        """Passages in unsupported languages that nobody read or translated."""
        return self.unsupported - self.unsupported_read - self.unsupported_translated


class _Readership:
    """Who read what, as numbers by submission; brought up to date by the marks that changed since.

    ``readers`` (n,) is by row of the run. A new array is made at every change: who holds one may keep it.
    """

    def __init__(self, run: Run) -> None:
        import numpy as np

        self._consultation = run.consultation_id
        self._place = readers_bulk(run).docket().place
        self._lock = threading.Lock()
        self.sequence = -1
        self.readers: NDArray[np.int32] = np.zeros(len(self._place), dtype=np.int32)
        self.passages: frozenset[str] = frozenset()

    def up_to(self, sequence: int) -> tuple[NDArray[np.int32], frozenset[str]]:
        with self._lock:
            if self.sequence < sequence:
                self._update(sequence)
            return self.readers, self.passages

    def _update(self, sequence: int) -> None:
        live = ReadMark.objects.filter(consultation=self._consultation, withdrawn_at=None).order_by()
        whole = live.filter(passage_id="").values("submission_id").annotate(readers=Count("pk"))
        single = live.exclude(passage_id="").values_list("passage_id", flat=True)
        readers = self.readers.copy()
        if self.sequence < 0:
            counted = dict(whole.values_list("submission_id", "readers"))
            self.passages = frozenset(single)
        else:
            since = ReadMark.objects.filter(consultation=self._consultation, sequence__gt=self.sequence)
            changed = list(since.order_by().values_list("submission_id", "passage_id").distinct())
            names = sorted({submission for submission, passage in changed if not passage})
            counted = dict.fromkeys(names, 0)
            for start in range(0, len(names), _FEW):
                part = whole.filter(submission_id__in=names[start : start + _FEW])
                counted |= dict(part.values_list("submission_id", "readers"))
            if any(passage for _, passage in changed):
                self.passages = frozenset(single)
        for name, number in counted.items():
            if name in self._place:
                readers[self._place[name]] = number
        self.readers, self.sequence = readers, sequence


_readerships: Remembered[_Readership] = Remembered(8)
_answering: Remembered[Answering] = Remembered(8)
_counts: Remembered[ReadCounts] = Remembered(16)


def readers_bulk(run: Run) -> ReadersBulk:
    """The bulk of a run as it is in effect, for those who read it."""
    bulk = bulk_of(run)
    return ReadersBulk(bulk.folder, bulk.overlay)


def unsupported_languages(run: Run) -> tuple[str, ...]:
    """Codes of the languages that stand in the run and that its encoder does not know, sorted."""
    return tuple(sorted(item["language"] for item in run.languages if not item.get("supported")))


def readers_of(run: Run) -> tuple[NDArray[np.int32], frozenset[str], int]:
    """How many people read each submission (n,), the passages and documents marked alone, and as of when.

    Counted up to the consultation's ``reading_sequence``, which is the last value. One query where
    nothing changed since this process last looked.
    """
    consultation = Consultation.objects.filter(pk=run.consultation_id)
    sequence = consultation.values_list("reading_sequence", flat=True).get()
    readership = _readerships.get((run.pk, run.folder), lambda: _Readership(run))
    return *readership.up_to(sequence), sequence


def coverage_of(run: Run) -> Coverage:
    """What was read of a run by now. One query, one more with passages in unsupported languages, and up to
    three where marks changed since this process last looked.
    """
    readers, single, sequence = readers_of(run)
    version = (run.pk, run.folder, run.version)
    counts = _counts.get((*version, sequence), lambda: _count(run, version, readers))
    bulk = readers_bulk(run)
    waiting = bulk.waiting_passages(unsupported_languages(run))
    translated = translated_passages(run) if waiting else frozenset()
    read = sum(
        item.passage_id not in translated and bool(item.passage_id in single or readers[item.row])
        for item in waiting
    )
    documents = bulk.waiting_documents()
    return Coverage(
        counts.received,
        counts.read,
        counts.read_by_two,
        counts.same_text,
        counts.messages,
        counts.messages_read,
        unsupported=len(waiting),
        unsupported_read=read,
        unsupported_translated=sum(item.passage_id in translated for item in waiting),
        documents=len(documents),
        documents_waiting=sum(item.document_id not in single and not readers[item.row] for item in documents),
        questions=counts.questions,
        languages=counts.languages,
        stakeholders=counts.stakeholders,
    )


def _count(run: Run, version: Hashable, readers: NDArray[np.int32]) -> ReadCounts:
    bulk = readers_bulk(run)
    return count_read(bulk.docket(), _answering.get(version, bulk.answering), readers)


def translated_passages(run: Run) -> frozenset[str]:
    """Ids of the passages of the consultation that have a translation. One query."""
    rows = Translation.objects.filter(consultation=run.consultation_id, replaced_at=None)
    return frozenset(rows.values_list("passage_id", flat=True))
