"""Words that several pages share: who sent something, how stable a theme is, which run this is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.stakeholders import guess_states, stakeholder_label
from colloquia.core.tables import Words

DIMENSIONS: dict[str, Words] = {
    "stakeholder": gettext_lazy("Stakeholder group"),
    "country": gettext_lazy("Established in"),
    "group": gettext_lazy("Established in a state of"),
    "language": gettext_lazy("Language"),
    "channel": gettext_lazy("Channel"),
    "position": gettext_lazy("Position as declared by the sender"),
}
PARAMETERS = {
    "stakeholder": "stakeholder",
    "country": "territory",
    "group": "group",
    "language": "language",
    "channel": "channel",
}
"""The filter that narrows a page to a value of a dimension."""
KINDS: dict[str, Words] = {
    "exact": gettext_lazy("The same text"),
    "edited": gettext_lazy("Edited text"),
    "similar": gettext_lazy("Similar messages"),
}
PROBLEMS: dict[str, Words] = {
    "contradiction": gettext_lazy("contradiction"),
    "empty file": gettext_lazy("empty file"),
    "file": gettext_lazy("file"),
    "input": gettext_lazy("input"),
    "map": gettext_lazy("description of the columns"),
    "paper": gettext_lazy("paper"),
    "partly read file": gettext_lazy("partly read file"),
    "table": gettext_lazy("table"),
    "unknown country": gettext_lazy("unknown country"),
    "unreadable file": gettext_lazy("unreadable file"),
    "unsupported language": gettext_lazy("unsupported language"),
}
"""What an analysis could not do, by the kind it records."""
GRADES = frozenset({"recalled", "secondary", "verified", "authentic"})
_INDIVIDUALS = ("individual", "citizen", "member of the public", "private person", "person,")


def problem_kind(kind: str) -> str:
    """The name of a kind of problem; one that is not known here stays as it was recorded."""
    return str(PROBLEMS.get(kind, kind))


class Sent(Protocol):
    """Anything that says who sent it."""

    @property
    def organisation(self) -> str: ...
    @property
    def country(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent something, as this reader may know it. ``about`` is stakeholder group and territory."""

    name: str
    about: str
    is_named: bool

    @property
    def line(self) -> str:
        """Both in one line."""
        return f"{self.name} · {self.about}" if self.about else self.name


def sender(visit: Visit, row: Sent) -> Sender:
    """The organisation; for want of one the state, that it was an individual, or not stated.

    Officers see the person.
    """
    person, stakeholder = getattr(row, "person", ""), getattr(row, "stakeholder", "")
    territory = visit.territory(row.country)
    about = " · ".join(part for part in (stakeholder_label(stakeholder), territory) if part)
    if row.organisation:
        name = f"{row.organisation} ({person})" if visit.officer and person else row.organisation
        return Sender(name, about, is_named=True)
    if visit.officer and person:
        return Sender(person, about, is_named=True)
    if territory and guess_states([stakeholder]):
        return Sender(territory, stakeholder_label(stakeholder), is_named=True)
    if person or stakeholder.casefold().startswith(_INDIVIDUALS):
        return Sender(_("An individual"), about, is_named=False)
    return Sender(_("Sender not stated"), about, is_named=False)


def stability(value: float | None) -> str:
    """A theme's stability in the words of the report; "" where officers changed what is in it."""
    if value is None:
        return ""
    if value >= 0.75:
        return _("stable")
    if value >= 0.5:
        return _("fairly stable")
    return _("varies") if value >= 0.25 else _("unstable")
