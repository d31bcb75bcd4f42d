"""Closed questions: answers by choice, with the blank ones."""

from __future__ import annotations

from django.utils.translation import gettext as _

from colloquia.consultations.presentation.visit import Visit
from colloquia.core.tables import Column, Table
from colloquia.core.written import with_thousands


def closed_tables(visit: Visit) -> list[Table]:
    """One table for each closed question, over the whole docket: nothing with filters in force."""
    if visit.filtering.in_force:
        return []
    return [_table(visit, place, item) for place, item in enumerate(visit.run.closed, start=1)]


def _table(visit: Visit, place: int, item: dict[str, object]) -> Table:
    base, missing = int(str(item["base"])), int(str(item["missing"]))
    given = item["rows"] if isinstance(item["rows"], list) else []
    rows = [
        {
            "label": row["label"],
            "submissions": row["submissions"],
            "messages": row["distinct_messages"] if visit.tells_messages else None,
            "share": row["submissions"] / base if base else None,
        }
        for row in given
    ]
    if missing:
        rows.append(
            {"label": _("No answer"), "submissions": missing, "share": missing / base if base else None}
        )
    told = any(row["messages"] is not None for row in rows if "messages" in row)
    columns = (
        Column("label", _("Answer")),
        Column("submissions", _("Submissions"), "number", bar="share"),
        Column("messages", _("Distinct messages"), "number", shown=told),
    )
    sentence = _("Of %(base)s submissions; %(missing)s gave no answer.") % {
        "base": with_thousands(base),
        "missing": with_thousands(missing),
    }
    return Table(f"closed-{place}", str(item["column"]), columns, rows, base=sentence)
