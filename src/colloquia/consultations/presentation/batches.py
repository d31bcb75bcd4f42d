"""Batches of submissions as pages, tables and JSON show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.consultations.models import Batch
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries.reading import BatchProgress, Item
from colloquia.core.components import Coverage, Fact
from colloquia.core.nothing import Nothing
from colloquia.core.tables import Column, Table
from colloquia.core.written import with_thousands
from colloquia.engines.bulk import SubmissionRow


def batch_url(visit: Visit, number: int) -> str:
    """The address of a batch."""
    return visit.url("consultation_reading_batch", str(number))


def item_url(visit: Visit, number: int, position: int, *, part: int = 0) -> str:
    """The address of a submission of a batch, or of one part of it."""
    return visit.url("consultation_reading_item", str(number), str(position), part=part or "")


def name_of(batch: Batch) -> str:
    """What a batch is called."""
    if batch.title:
        return _("Batch %(number)s: %(title)s") % {"number": batch.number, "title": batch.title}
    return _("Batch %(number)s") % {"number": batch.number}


def state_of(row: BatchProgress) -> str:
    """Where a batch stands, in a word or two."""
    if row.batch.withdrawn_at:
        return _("withdrawn")
    if row.is_done:
        return _("all read")
    if row.batch.due_on and row.batch.due_on < timezone.localdate():
        return _("overdue")
    return _("open")


def bar(items: Sequence[Item]) -> Coverage:
    """How much of a batch its reader has read."""
    read = sum(item.is_read for item in items)
    return Coverage(
        _("%(read)s of %(total)s submissions of this batch were read by its reader.")
        % {"read": with_thousands(read), "total": with_thousands(len(items))},
        done=read,
        total=len(items),
    )


def table(visit: Visit, rows: Iterable[BatchProgress], name: str, *, mine: bool = False) -> Table:
    """Batches with how far each is read."""
    columns = (
        Column("title", _("Batch"), link="url"),
        Column("number", _("Number"), "number", shown=False),
        Column("reader", _("Reader"), shown=not mine),
        Column("read", _("Read"), "number"),
        Column("total", _("Submissions"), "number"),
        Column("share", _("Share read"), "share", bar="share"),
        Column("due", _("Due"), "date"),
        Column("state", _("State")),
        Column("made_by", _("Made by")),
        Column("made_at", _("Made"), "date", shown=False),
    )
    listed = [
        {
            "title": name_of(row.batch),
            "url": batch_url(visit, row.batch.number),
            "number": row.batch.number,
            "reader": str(row.batch.reader),
            "read": row.read,
            "total": row.total,
            "share": row.read / row.total if row.total else None,
            "due": row.batch.due_on,
            "state": state_of(row),
            "made_by": str(row.batch.made_by),
            "made_at": row.batch.made_at,
        }
        for row in rows
    ]
    caption = _("My batches") if mine else _("Batches")
    empty = _("No batch is assigned to you.") if mine else _("No batch has been made yet.")
    return Table(name, caption, columns, listed, empty=empty)


def items_table(visit: Visit, batch: Batch, items: Sequence[Item]) -> Table:
    """The submissions of a batch, in the order of reading."""
    columns = (
        Column("position", _("Position"), "number", link="url"),
        Column("submission_id", _("Submission"), "identifier", link="url"),
        Column("read", _("Read by its reader")),
    )
    rows = [
        {
            "position": item.position,
            "submission_id": item.submission_id,
            "url": item_url(visit, batch.number, item.position),
            "read": item.is_read,
        }
        for item in items
    ]
    return Table("batch", _("Submissions of this batch"), columns, rows)


def facts(visit: Visit, batch: Batch) -> list[Fact]:
    """Whose batch it is, and how it was chosen."""
    due = (
        Fact(_("Due"), moment=batch.due_on)
        if batch.due_on
        else Fact(_("Due"), nothing=Nothing("not_recorded"))
    )
    found = [Fact(_("Reader"), str(batch.reader)), due, Fact(_("Made by"), str(batch.made_by))]
    found.append(Fact(_("Made"), moment=batch.made_at))
    if batch.withdrawn_at:
        found.append(Fact(_("Withdrawn"), moment=batch.withdrawn_at))
    found.append(Fact(_("Chosen"), "; ".join(chosen(visit, batch)) or _("all submissions")))
    return found


def chosen(visit: Visit, batch: Batch) -> list[str]:
    """How the submissions of a batch were chosen, a sentence each."""
    said: dict[str, Any] = batch.chosen
    filters = said.get("filters", {})
    found = []
    if said.get("from_batch"):
        found.append(_("what was unread in batch %(number)s") % {"number": said["from_batch"]})
    if said.get("question"):
        found.append(_("answers to %(question)s") % {"question": said["question"]})
    for name, label in (
        ("stakeholders", _("stakeholder group")),
        ("countries", _("established in")),
        ("languages", _("language")),
        ("channels", _("channel")),
        ("organisations", _("organisation")),
    ):
        if filters.get(name):
            values = ", ".join(_value(visit, name, value) for value in filters[name])
            found.append(_("%(label)s: %(values)s") % {"label": label, "values": values})
    if filters.get("search"):
        found.append(_("with the words “%(words)s”") % {"words": filters["search"]})
    flags = {
        "in_languages": _("with a passage in an unsupported language"),
        "unreadable": _("with a document that could not be read whole"),
        "one_of_each": _("one of each shared text, and what each added"),
        "unread": _("read by nobody until then"),
        "unassigned": _("in no open batch until then"),
    }
    found += [words for name, words in flags.items() if said.get(name)]
    if filters.get("without_shared"):
        found.append(_("with passages that do not only repeat a shared text"))
    if said.get("order") == "lot":
        found.append(_("drawn by lot with the seed %(seed)s") % {"seed": said.get("seed") or 0})
    elif said.get("order") == "received":
        found.append(_("in order of receipt"))
    return found


def _value(visit: Visit, name: str, value: str) -> str:
    if name == "countries":
        return visit.territory(value)
    return visit.tongue(value) if name == "languages" else value


def submission_facts(visit: Visit, row: SubmissionRow) -> list[Fact]:
    """What a reader should know of a submission before its text."""
    found = [
        Fact(_("Language"), visit.tongue(row.language))
        if row.language
        else Fact(_("Language"), nothing=Nothing("not_recorded"))
    ]
    if row.position:
        found.append(Fact(_("Position as declared"), row.position))
    if row.date:
        found.append(Fact(_("Date"), row.date))
    return found


def as_json(row: BatchProgress) -> dict[str, Any]:
    """A batch with its progress."""
    batch = row.batch
    return {
        "number": batch.number,
        "title": batch.title or None,
        "reader": str(batch.reader),
        "read": row.read,
        "submissions": row.total,
        "due_on": batch.due_on.isoformat() if batch.due_on else None,
        "withdrawn_at": batch.withdrawn_at.isoformat() if batch.withdrawn_at else None,
        "chosen": batch.chosen,
    }
