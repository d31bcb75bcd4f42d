"""Imports as pages show them: tables, progress, columns that can be corrected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colloquia.core.components import Progress
from colloquia.core.tables import Column, Table
from colloquia.core.written import day_and_time_in
from colloquia.submissions.models import Call, ImportItem, ImportState, IntakeImport, ItemState
from colloquia.submissions.services.intake_words import received_by

ROLES = (
    ("person", gettext_lazy("Person")),
    ("organisation", gettext_lazy("Organisation")),
    ("country", gettext_lazy("Country or territory")),
    ("stakeholder", gettext_lazy("Stakeholder group")),
    ("language", gettext_lazy("Language")),
    ("date", gettext_lazy("Date")),
    ("id", gettext_lazy("Id of the row")),
    ("attachment", gettext_lazy("Names of files")),
    ("question", gettext_lazy("Which question the row answers")),
    ("text", gettext_lazy("Answer to no question in particular")),
    ("closed", gettext_lazy("Closed answer, kept and not published")),
    ("ignore", gettext_lazy("Left out")),
)
_STATES = {
    ImportState.LOOKING: "running",
    ImportState.RUNNING: "running",
    ImportState.DONE: "done",
    ImportState.STOPPED: "stopped",
    ImportState.UNUSABLE: "failed",
    ImportState.LOOKED_AT: "waiting",
}


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column of a table, how it was understood, and what it may be."""

    name: str
    heading: str
    value: str
    reason: str
    filled: int
    is_address: bool
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TableChoices:
    """A table with its columns."""

    name: str
    rows: int
    columns: list[ColumnChoice] = field(default_factory=list)


def tables_of(intake: IntakeImport, asked: Iterable[str]) -> list[TableChoices]:
    """The tables of an import, each column with its select."""
    questions = tuple((f"text.{each}", _("Answer to %(question)s") % {"question": each}) for each in asked)
    choices = (*questions, *((value, str(label)) for value, label in ROLES))
    return [
        TableChoices(
            table["name"],
            table["rows"],
            [
                ColumnChoice(
                    f"column-{place}-{number}", column["heading"], value_of(column), column["reason"],
                    column["filled"], column["address"], choices,
                )
                for number, column in enumerate(table["columns"])
                if column["heading"] and (column["filled"] or column["role"] != "ignored")
            ],
        )
        for place, table in enumerate(intake.report.get("tables", ()))
    ]  # fmt: skip


def value_of(column: Mapping[str, Any]) -> str:
    """How a column was understood, as its select names it."""
    role = {"ignored": "ignore", "position": "closed", "channel": "closed"}.get(
        column["role"], column["role"]
    )
    return f"text.{column['question']}" if role == "text" and column["question"] else str(role)


def chosen_maps(intake: IntakeImport, data: Mapping[str, str]) -> list[str]:
    """What an officer says columns are, where it differs from how they were understood or was said before."""
    maps = []
    known = {value for value, _label in ROLES}
    for place, table in enumerate(intake.report.get("tables", ())):
        for number, column in enumerate(table["columns"]):
            value = data.get(f"column-{place}-{number}", "")
            good = value in known or value.startswith("text.")
            if good and (value != value_of(column) or column["sure"] == "mapped"):
                maps.append(f"{value}={column['heading']}")
    return maps


def progress_of(intake: IntakeImport, counts: Mapping[str, int], url: str) -> Progress:
    """How far it is, how fast, and how long it may still take."""
    state: Any = _STATES[ImportState(intake.state)]
    if intake.state in (ImportState.LOOKING, ImportState.UNUSABLE):
        return Progress(
            _("Looking at what was sent in"), state, done=intake.total, url=url if state == "running" else ""
        )
    total = sum(counts.values())
    done = total - counts[ItemState.WAITING]
    rate = intake.report.get("rate") or None
    left = round(counts[ItemState.WAITING] / rate) if rate and intake.state == ImportState.RUNNING else None
    message = str(intake.report.get("halted", ""))
    return Progress(
        _("Taking in"),
        state,
        done=done,
        total=total,
        rate=rate if intake.state == ImportState.RUNNING else None,
        seconds_left=left,
        message=message,
        url=url if state == "running" else "",
    )


def items_table(call: Call, items: Iterable[ImportItem], total: int) -> Table:
    """Every item with what would be made of it, or what became of it."""
    return Table(
        "items",
        _("What was found"),
        (
            Column("position", _("Number"), "number"),
            Column("where", _("Where")),
            Column("state", _("What becomes of it"), note="identifier"),
            Column("identifier", _("Id"), "identifier", shown=False),
            Column("sender", _("Sender")),
            Column("received", _("Received"), note="received_by"),
            Column("received_by", _("Time taken from"), shown=False),
            Column("language", _("Language"), "identifier"),
            Column("answers", _("Answers"), "number"),
            Column("files", _("Files"), "number"),
            Column("same", _("May be the same as"), shown=False),
            Column("problems", _("To be known"), note="same"),
        ),
        (_item_row(call, item) for item in items),
        empty=_("Nothing was found yet."),
        total=total,
    )


def problems_table(intake: IntakeImport, items: Iterable[ImportItem]) -> Table:
    """Every problem of an import: of the whole first, then of each item."""
    return Table(
        "problems",
        _("Problems"),
        (
            Column("where", _("Where")),
            Column("message", _("What, and the remedy")),
            Column("serious", _("Kept it from being taken in")),
            Column("identifier", _("Id"), "identifier"),
        ),
        _problem_rows(intake, items),
        empty=_("Nothing is to be known."),
    )


def imports_table(call: Call, rows: Iterable[Any], total: int) -> Table:
    """The imports into a call."""
    return Table(
        "imports",
        _("Imports"),
        (
            Column("name", _("What was given"), link="url"),
            Column("state", _("State")),
            Column("begun", _("Begun")),
            Column("by", _("By")),
            Column("taken", _("Taken in"), "number"),
            Column("there", _("Taken in before"), "number"),
            Column("refused", _("Not taken in"), "number"),
            Column("waiting", _("Waiting"), "number"),
        ),
        (
            {
                "name": _("Entered by hand") if row.kind == "entry" else row.name,
                "url": address_of(row, call),
                "state": row.get_state_display(),
                "begun": _when(call, row.begun_at),
                "by": str(row.begun_by or "colloquia"),
                **{state: getattr(row, f"count_{state}") for state in ItemState.values},
            }
            for row in rows
        ),
        empty=_("Nothing was imported yet."),
        total=total,
    )


def address_of(intake: IntakeImport, call: Call) -> str:
    """The page of an import, or of an entry."""
    name = "intake_entry" if intake.kind == "entry" else "intake_import"
    return reverse(name, args=[call.consultation.slug, intake.pk])


def _when(call: Call, moment: datetime) -> str:
    return str(day_and_time_in(moment, call.zone))


def _item_row(call: Call, item: ImportItem) -> dict[str, Any]:
    summary = item.summary
    content = summary.get("content", {})
    received = datetime.fromisoformat(summary["received_at"]) if summary else None
    return {
        "position": item.position,
        "where": item.where,
        "state": item.get_state_display(),
        "identifier": (item.submission.identifier if item.submission else summary.get("expected")) or None,
        "sender": content.get("organisation") or content.get("name") or summary.get("email") or None,
        "received": _when(call, received) if received else None,
        "received_by": received_by(summary.get("received_by", "")) if summary else None,
        "language": (content.get("language") or _("not known")) if content else None,
        "answers": len(content["answers"]) if content else None,
        "files": len(summary["files"]) if summary else None,
        "same": _alike(summary.get("same_as", ())),
        "problems": " · ".join(_problem(item, each) for each in item.problems) or None,
    }


def _problem(item: ImportItem, problem: Mapping[str, Any]) -> str:
    """What is to be known, with its place where that is not the whole item."""
    where, message = str(problem["where"]), str(problem["message"])
    if where == item.where:
        return message
    return _("%(where)s: %(message)s") % {"where": where.removeprefix(f"{item.where}, "), "message": message}


def _alike(pairs: Iterable[list[str]]) -> str | None:
    listed = "; ".join(_same(each) for each in pairs)
    return _("May be the same as %(ids)s") % {"ids": listed} if listed else None


def _same(pair: list[str]) -> str:
    why = {
        "key": _("%(id)s (it was made of this)"),
        "file": _("%(id)s (the same file)"),
        "email": _("%(id)s (the same address)"),
        "name": _("%(id)s (the same name)"),
    }
    return why.get(pair[1], "%(id)s") % {"id": pair[0]}


def _problem_rows(intake: IntakeImport, items: Iterable[ImportItem]) -> Iterator[dict[str, Any]]:
    for each in intake.report.get("troubles", ()):
        yield {
            "where": each["where"],
            "message": each["message"],
            "serious": _yes(each["serious"]),
            "identifier": None,
        }
    for item in items:
        for each in item.problems:
            yield {
                "where": each["where"],
                "message": each["message"],
                "serious": _yes(each["serious"]),
                "identifier": item.submission.identifier if item.submission else None,
            }


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")
