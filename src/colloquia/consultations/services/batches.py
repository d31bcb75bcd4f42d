"""Batches of submissions for readers: chosen, dealt out evenly, withdrawn, and given to somebody else."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.accounts.rules import works_on_analyses
from colloquia.consultations.models import Batch, BatchItem, Consultation, ReadMark, Run
from colloquia.consultations.queries.coverage import readers_bulk, readers_of
from colloquia.consultations.services.reading import ReadingRefused, locked
from colloquia.core import audit
from colloquia.engines.agreement import draw_sample
from colloquia.engines.bulk.readers import Wish

LARGEST = 200
"""Submissions in a batch at most: each batch is written in one short transaction."""
_FEW = 200
Order = Literal["lot", "received"]


@dataclass(frozen=True, slots=True)
class Draw:
    """How submissions are chosen and dealt out.

    ``each`` is how many a reader gets at most, None for as many as there are; ``size`` how many stand in a
    batch at most. ``unread`` leaves out what anybody has read, ``unassigned`` what stands in
    anybody's open batch. ``order`` is by receipt or by lot, a hash of ``seed`` and the id.
    """

    wish: Wish
    each: int | None = None
    size: int = 100
    order: Order = "lot"
    seed: int = 0
    unread: bool = True
    unassigned: bool = True


@dataclass(frozen=True, slots=True)
class Made:
    """Batches made, submissions in them, those ``left`` over, and those that met another officer's batch."""

    batches: tuple[Batch, ...]
    submissions: int
    left: int
    met: int


def make_batches(
    *,
    run: Run,
    draw: Draw,
    readers: Sequence[Any],
    by: Any,
    due_on: datetime.date | None = None,
    title: str = "",
) -> Made:
    """Deal submissions out to readers in turn, each batch in a transaction of its own.

    Stopped half-way, the batches made until then stand whole, and the same request makes the rest. No
    submission comes twice into one reader's open batches, also where two officers make batches at once.
    Raises ReadingRefused where a reader is neither officer nor analyst, a number is out of range, or nothing
    is left to read.
    """
    _check(readers, draw)
    consultation = run.consultation
    names = _names(run, draw)
    held = defaultdict(set) if draw.unassigned else _held_by(consultation, readers)
    dealt, left = _deal(names, [reader.pk for reader in readers], held, draw.each)
    made: list[Batch] = []
    given = met = 0
    for reader in readers:
        own = dealt[reader.pk]
        for start in range(0, len(own), draw.size):
            part = own[start : start + draw.size]
            batch, count = _make(consultation, part, reader, by, due_on, title, draw)
            given, met = given + count, met + len(part) - count
            made += [batch] if batch else []
    if not made:
        raise ReadingRefused(
            _("No submission is left that fits. Choose other filters, or take in what was read or assigned.")
        )
    return Made(tuple(made), given, left, met)


@transaction.atomic
def withdraw_batch(*, batch: Batch, by: Any) -> Batch:
    """Take a batch back from its reader; marks stay. Withdrawn already, nothing happens."""
    row = Batch.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=batch.pk)
    if row.withdrawn_at is None:
        _withdraw(row, by)
    return row


@transaction.atomic
def reassign_batch(*, batch: Batch, to: Any, by: Any) -> Batch:
    """Give what is unread of a batch to another reader, as a new batch; the old one is withdrawn.

    What the new reader has read, or has in an open batch, is not given again. Raises ReadingRefused
    where nothing is left to give, the batch is withdrawn, or the reader is the same, or neither officer nor
    analyst.
    """
    consultation = locked(batch.consultation_id)
    row = (
        Batch.objects.select_for_update(of=("self",))
        .select_related("consultation", "reader")
        .get(pk=batch.pk)
    )
    if row.withdrawn_at is not None:
        raise ReadingRefused(_("This batch is withdrawn. Make a new batch."))
    if to.pk == row.reader_id or not works_on_analyses(to):
        raise ReadingRefused(_("Choose another officer or analyst."))
    names = list(row.items.values_list("submission_id", flat=True))
    read = ReadMark.objects.filter(
        consultation=consultation,
        submission_id__in=names,
        passage_id="",
        reader__in=[row.reader_id, to.pk],
        withdrawn_at=None,
    )
    done = set(read.values_list("submission_id", flat=True)) | _taken(consultation, names, to.pk)
    rest = [name for name in names if name not in done]
    if not rest:
        raise ReadingRefused(
            _("Nothing is left to give: all was read, or stands in an open batch of the new reader.")
        )
    _withdraw(row, by)
    chosen = {**row.chosen, "from_batch": row.number}
    return _write(consultation, rest, to, by, row.due_on, row.title, chosen)


def _check(readers: Sequence[Any], draw: Draw) -> None:
    if not readers or not all(works_on_analyses(reader) for reader in readers):
        raise ReadingRefused(_("Choose at least one reader; readers are officers and analysts."))
    if not 1 <= draw.size <= LARGEST or (draw.each is not None and draw.each < 1):
        raise ReadingRefused(
            _("A batch holds between 1 and %(n)s submissions, and a reader gets at least one.")
            % {"n": LARGEST}
        )


def _names(run: Run, draw: Draw) -> list[str]:
    """Ids that may be given out, in the order in which they are."""
    import numpy as np

    bulk = readers_bulk(run)
    place = bulk.docket().place
    readers, _single, _sequence = readers_of(run)
    out = readers > 0 if draw.unread else np.zeros(len(readers), dtype=bool)
    if draw.unassigned:
        open_items = BatchItem.objects.filter(
            batch__consultation=run.consultation_id, batch__withdrawn_at=None
        )
        rows = [place.get(name, -1) for name in open_items.order_by().values_list("submission_id", flat=True)]
        out = out.copy()
        out[[row for row in rows if row >= 0]] = True
    names = bulk.to_read(draw.wish, np.flatnonzero(out).astype(np.int32))
    return names if draw.order == "received" else list(draw_sample(names, size=len(names), seed=draw.seed))


def _held_by(consultation: Consultation, readers: Sequence[Any]) -> defaultdict[int, set[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    items = BatchItem.objects.filter(
        batch__consultation=consultation, batch__withdrawn_at=None, batch__reader__in=list(readers)
    )
    for reader, name in items.order_by().values_list("batch__reader", "submission_id"):
        found[reader].add(name)
    return found


def _deal(
    names: Sequence[str], readers: Sequence[int], held: defaultdict[int, set[str]], each: int | None
) -> tuple[dict[int, list[str]], int]:
    """One to each reader in turn: to who has fewest of those who do not have it. And how many are left."""
    dealt: dict[int, list[str]] = {reader: [] for reader in readers}
    left = 0
    for name in names:
        free = [
            reader
            for reader in readers
            if name not in held[reader] and (each is None or len(dealt[reader]) < each)
        ]
        if free:
            dealt[min(free, key=lambda reader: len(dealt[reader]))].append(name)
        else:
            left += 1
    return dealt, left


@transaction.atomic
def _make(
    consultation: Consultation,
    names: Sequence[str],
    reader: Any,
    by: Any,
    due_on: datetime.date | None,
    title: str,
    draw: Draw,
) -> tuple[Batch | None, int]:
    """A batch of those names that no other batch took meanwhile; None where there are none."""
    consultation = locked(consultation.pk)
    taken = _taken(consultation, names, None if draw.unassigned else reader.pk)
    rest = [name for name in names if name not in taken]
    if not rest:
        return None, 0
    return _write(consultation, rest, reader, by, due_on, title, _said(draw)), len(rest)


def _taken(consultation: Consultation, names: Sequence[str], reader: int | None) -> set[str]:
    """Which of these stand in an open batch, of one reader or of anybody.

    In two steps: joined, the database may look every name up in every open batch.
    """
    pairs: set[tuple[int, str]] = set()
    for start in range(0, len(names), _FEW):
        items = BatchItem.objects.filter(submission_id__in=names[start : start + _FEW]).order_by()
        pairs.update(items.values_list("batch", "submission_id"))
    batches = Batch.objects.filter(
        pk__in={batch for batch, _name in pairs}, consultation=consultation, withdrawn_at=None
    )
    if reader is not None:
        batches = batches.filter(reader=reader)
    held = set(batches.order_by().values_list("pk", flat=True))
    return {name for batch, name in pairs if batch in held}


def _write(
    consultation: Consultation,
    names: Sequence[str],
    reader: Any,
    by: Any,
    due_on: datetime.date | None,
    title: str,
    chosen: dict[str, Any],
) -> Batch:
    last = Batch.objects.filter(consultation=consultation).aggregate(last=Max("number"))["last"] or 0
    batch = Batch.objects.create(
        consultation=consultation,
        number=last + 1,
        title=title.strip(),
        reader=reader,
        due_on=due_on,
        chosen=chosen,
        made_by=by,
    )
    BatchItem.objects.bulk_create(
        [
            BatchItem(batch=batch, submission_id=name, position=place)
            for place, name in enumerate(names, start=1)
        ]
    )
    audit.record(
        batch,
        "consultations.make_batch",
        by=by,
        before={},
        after={"reader": str(reader), "count": len(names)},
    )
    return batch


def _withdraw(row: Batch, by: Any) -> None:
    before = audit.snapshot(row)
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])
    audit.record(row, "consultations.withdraw_batch", by=by, before=before)


def _said(draw: Draw) -> dict[str, Any]:
    """How a batch was chosen, as it is kept: what is not the default."""
    wish = draw.wish
    filters = {name: value for name, value in asdict(wish.filters).items() if value}
    found = {
        "filters": filters,
        "question": wish.question,
        "in_languages": list(wish.in_languages),
        "unreadable": wish.unreadable,
        "one_of_each": wish.one_of_each,
        "unread": draw.unread,
        "unassigned": draw.unassigned,
        "order": draw.order,
        "seed": draw.seed if draw.order == "lot" else None,
    }
    return {name: value for name, value in found.items() if value not in ("", None, False, [], {})}
