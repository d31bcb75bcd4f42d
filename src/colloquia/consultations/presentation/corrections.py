"""The history of corrections as people see it: officers who, why, and before beside after; others less."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from colloquia.consultations.models import Correction
from colloquia.consultations.presentation.acts import labels_in, sentence
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries import as_act
from colloquia.core.models import AuditEntry
from colloquia.core.tables import Column, Table

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Change:
    """Of one theme or passage: how it stood before the act and after it."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """One correction. ``what``, ``note`` and ``changes`` are for officers, who see more than its kind."""

    row: Correction
    kind: str
    who: str
    what: str
    note: str
    undone_by: str
    changes: list[Change]
    more: int
    undo_url: str
    again_url: str


def lines(visit: Visit, rows: Iterable[Correction]) -> list[Line]:
    """Corrections as this reader may see them. One query for what the audit says of them."""
    listed = list(rows)
    changed = _changes(listed) if visit.officer else {}
    label = labels_in(visit.state) if visit.officer else str
    return [_line(visit, row, changed.get(row.pk, []), label) for row in listed]


def _line(visit: Visit, row: Correction, changed: list[Change], label: Any) -> Line:
    secretariat = _("The secretariat")
    officer, open_ = visit.officer, visit.officer and not visit.run.is_signed
    query = f"?run={visit.run.number}"
    undone = row.undone_at is not None
    return Line(
        row,
        row.get_kind_display(),
        str(row.by) if officer else secretariat,
        sentence(as_act(row), label) if officer else "",
        row.note if officer else "",
        (str(row.undone_by) if officer else secretariat) if undone else "",
        changed[:SHOWN],
        max(len(changed) - SHOWN, 0),
        reverse("consultation_correction_undo", args=[visit.slug, row.number]) + query
        if open_ and not undone
        else "",
        reverse("consultation_correction_again", args=[visit.slug, row.number]) + query
        if open_ and undone
        else "",
    )


def _changes(rows: Sequence[Correction]) -> dict[int, list[Change]]:
    entries = AuditEntry.objects.filter(
        object_type=Correction._meta.label_lower, object_id__in=[str(row.pk) for row in rows]
    ).exclude(verb="consultations.undo")
    return {
        int(entry.object_id): [
            Change(name, _in_words(before), _in_words(after))
            for name, (before, after) in entry.changes.items()
            if name != "run"
        ]
        for entry in entries
    }


def _in_words(value: Any) -> str:
    """What an entry of the audit says of a theme or passage at one moment."""
    if not isinstance(value, dict):
        return _("not there")
    if "themes" in value:
        places = [f"{place}: {theme or _('no theme')}" for place, theme in value["themes"].items()]
        return ", ".join(places) or _("nowhere")
    said = [f"“{value.get('label', '')}”"]
    if value.get("group"):
        said.append(_("in %(group)s") % {"group": value["group"]})
    if value.get("merged into"):
        said.append(_("merged into %(theme)s") % {"theme": value["merged into"]})
    return ", ".join(said)


def history_table(visit: Visit, rows: Iterable[Correction]) -> Table:
    """The history as a file."""
    columns = [
        Column("number", _("Number"), "number"),
        Column("kind", _("Kind")),
        Column("question_id", _("Question"), "identifier"),
        Column("at", _("When"), "date"),
        Column("by", _("By")),
        Column("undone_at", _("Undone"), "date"),
        Column("undone_by", _("Undone by")),
    ]
    if visit.officer:
        columns += [Column("what", _("What")), Column("note", _("Reason")), Column("changes", _("Changes"))]
    listed = [
        {
            "number": line.row.number,
            "kind": line.kind,
            "question_id": line.row.question_id or None,
            "at": line.row.at,
            "by": line.who,
            "undone_at": line.row.undone_at,
            "undone_by": line.undone_by or None,
            "what": line.what,
            "note": line.note or None,
            "changes": "; ".join(f"{item.name}: {item.before} → {item.after}" for item in line.changes),
        }
        for line in lines(visit, rows)
    ]
    return Table("corrections", _("Corrections"), tuple(columns), listed)


def correction_json(visit: Visit, line: Line) -> dict[str, Any]:
    """A correction as JSON: for the public its number, kind, question and times."""
    row = line.row
    found: dict[str, Any] = {
        "number": row.number,
        "kind": row.kind,
        "question_id": row.question_id or None,
        "at": row.at,
        "by": "secretariat",
        "undone_at": row.undone_at,
    }
    if visit.officer:
        found |= {
            "by": line.who,
            "undone_by": line.undone_by or None,
            "note": row.note,
            "what": line.what,
            "values": row.values,
            "changes": [
                {"name": item.name, "before": item.before, "after": item.after} for item in line.changes
            ],
        }
    return found
