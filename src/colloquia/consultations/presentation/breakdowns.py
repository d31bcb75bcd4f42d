"""Who answered: submissions by stakeholder group, territory, group of states, language, channel, position."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colloquia.consultations.filters import docket, groups_of
from colloquia.consultations.presentation import remembered
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.presentation.words import DIMENSIONS, PARAMETERS
from colloquia.consultations.stakeholders import stakeholder_label
from colloquia.core.tables import Column, Table, Words
from colloquia.core.written import with_thousands
from colloquia.engines.bulk import ValueRow

SHOWN = 12
"""Rows of a breakdown on the page; the files have all of them."""
_NAMES: dict[str, Words] = {
    "stakeholder": gettext_lazy("By stakeholder group"),
    "country": gettext_lazy("By territory in which the sender is established"),
    "group": gettext_lazy("By group of states in which the sender is established"),
    "language": gettext_lazy("By language"),
    "channel": gettext_lazy("By channel"),
    "position": gettext_lazy("By position, where the sender declared one"),
}


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One dimension: rows with value, label, submissions, messages, share and url; base and missing part."""

    dimension: str
    title: Words
    rows: list[dict[str, Any]]
    base: int
    missing: int

    @property
    def name(self) -> str:
        """The name of its table."""
        return f"by-{self.dimension}"

    def table(self, *, whole: bool = False) -> Table:
        """The breakdown as a table; on a page only its first rows, the missing part always."""
        rows = list(self.rows) if whole else self.rows[:SHOWN]
        if self.missing:
            share = self.missing / self.base if self.base else None
            label = (
                _("In none of these groups, or territory not stated")
                if self.dimension == "group"
                else _("Not stated")
            )
            rows.append({"label": label, "submissions": self.missing, "share": share})
        told = any(row["messages"] is not None for row in self.rows)
        columns = (
            Column("label", DIMENSIONS[self.dimension], link="url"),
            Column("value", _("Value"), "identifier", shown=False),
            Column("submissions", _("Submissions"), "number", bar="share"),
            Column("messages", _("Distinct messages"), "number", shown=told),
        )
        return Table(self.name, self.title, columns, rows, base=self.sentence, total=len(self.rows))

    @property
    def sentence(self) -> str:
        """The base, and the part that is missing, in words."""
        values = {"base": with_thousands(self.base), "missing": with_thousands(self.missing)}
        hidden = any(row["messages"] is None for row in self.rows)
        more = _("Distinct messages are not told of this part.") if hidden else ""
        return f"{self._counted(values)} {more}".strip()

    def _counted(self, values: dict[str, str]) -> str:
        if self.dimension == "group":
            text = _(
                "Of %(base)s submissions; %(missing)s are in none of these. Groups overlap: do not add up."
            )
            return text % values
        return _("Of %(base)s submissions; %(missing)s did not state it.") % values


def breakdowns(visit: Visit, *, question: str | None = None, theme: str = "") -> list[Breakdown]:
    """Every dimension that anybody stated, of the docket (``question`` None), a question or a theme."""
    if question is None and not theme and not visit.filtering.in_force:
        counted = docket(visit.run, visit.profile)
    else:
        groups = tuple(groups_of(visit.profile).items())
        counted = remembered.breakdowns(visit.held, question, theme, visit.filters, groups)
    return [_breakdown(visit, name, *counted[name]) for name in DIMENSIONS if counted[name][0]]


def _breakdown(visit: Visit, name: str, rows: list[ValueRow], base: int, missing: int) -> Breakdown:
    found = []
    for row in rows:
        parameter = PARAMETERS.get(name, "")
        found.append(
            {
                "value": row.value,
                "label": _label(visit, name, row.value),
                "submissions": row.submissions,
                "messages": row.messages if visit.tells_messages else None,
                "share": row.submissions / base if base else None,
                "url": _narrower(visit, parameter, row.value) if parameter else "",
            }
        )
    return Breakdown(name, _NAMES[name], found, base, missing)


def _narrower(visit: Visit, parameter: str, value: str) -> str:
    """The whole address of this page with one more filter, instead of another value of the same one."""
    query = visit.request.GET.copy()
    for gone in ("page", "table", "format"):
        query.pop(gone, None)
    query[parameter] = value
    return f"{visit.request.path}?{query.urlencode()}"


def _label(visit: Visit, name: str, value: str) -> str:
    if name == "country":
        return visit.territory(value)
    if name == "language":
        return visit.tongue(value)
    if name == "group":
        names = {group.code: group.name(visit.language) for group in visit.profile.all_groupings()}
        return names.get(value, value)
    if name == "stakeholder":
        return stakeholder_label(value)
    return value
