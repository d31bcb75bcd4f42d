"""Filters of the pages of a run, kept in the address. What an address asks for and no run holds is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from colloquia.consultations.models import ReadMark, Run
from colloquia.consultations.queries import bulk_of
from colloquia.consultations.queries.organisations import organisations_meant
from colloquia.core.filters import LONGEST_SEARCH, Choice, Filter, FilterBar
from colloquia.core.tables import Words
from colloquia.engines.bulk import Filters, ValueRow
from colloquia.engines.jurisdictions import Profile
from colloquia.engines.languages.names import language_name

KEPT = ("order", "run", "member", "part")
NOBODY = "-"
"""No territory has this code: a group and a territory outside of it leave nothing."""
_FEW = 8
Counted = Mapping[str, tuple[list[ValueRow], int, int]]


@dataclass(frozen=True, slots=True)
class Filtering:
    """The bar to show, the filters in force, and what was asked for in vain (label and value)."""

    bar: FilterBar
    filters: Filters
    unknown: tuple[tuple[Words, str], ...] = ()

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The filters in force as they stand in an address."""
        return [(name, value) for name, values in self.bar.chosen.items() for value in values]

    @property
    def in_force(self) -> bool:
        """Whether anything is left out."""
        return bool(self.bar.chosen)


def read(query: QueryDict, run: Run, profile: Profile, language: str, *, officer: bool) -> Filtering:
    """What an address asks for. Choices are those that the run holds."""
    items = _items(run, profile, language, officer=officer)
    bar = FilterBar.read(query, items, keep=KEPT)
    unknown = _unknown(query, items)
    organisations = _organisations(bar, run)
    if organisations is None:
        unknown.append((_("Organisation"), bar.value("organisation")))
        organisations = (NOBODY,)
    filters = Filters(
        stakeholders=bar.values("stakeholder"),
        countries=_countries(bar, profile),
        languages=bar.values("language"),
        channels=bar.values("channel"),
        organisations=organisations,
        without_shared=bool(bar.value("without_shared")),
        search=bar.value("search"),
        not_submissions=_read_ones(run) if bar.value("unread") else (),
    )
    return Filtering(bar, filters, tuple(unknown))


def groups_of(profile: Profile) -> dict[str, tuple[str, ...]]:
    """The members of every group of states, by its code."""
    return {group.code: profile.members(group.code) for group in profile.all_groupings()}


@lru_cache(maxsize=32)
def _docket(run_id: int, _folder: str, profile: Profile) -> Counted:
    """What the whole docket holds; corrections do not change it.

    The folder stands for the run too: in a database that was put back, another one may have its key.
    """
    run = Run.objects.select_related("consultation").get(pk=run_id)
    return bulk_of(run).breakdowns(groups=groups_of(profile))


def docket(run: Run, profile: Profile) -> Counted:
    """Values of every dimension over the whole docket, with their counts; remembered."""
    return _docket(run.pk, run.folder_name, profile)


def _items(run: Run, profile: Profile, language: str, *, officer: bool) -> list[Filter]:
    found = docket(run, profile)
    names = {group.code: group.name(language) for group in profile.all_groupings()}
    territories = sorted(
        (
            Choice(row.value, profile.name(row.value, language), row.submissions)
            for row in found["country"][0]
        ),
        key=lambda choice: str(choice.label),
    )
    order = {code: place for place, code in enumerate(names)}
    groups = sorted(found["group"][0], key=lambda row: order.get(row.value, len(order)))
    items = [
        _listed("stakeholder", _("Stakeholder group"), _plain(found["stakeholder"][0])),
        Filter("territory", _("Established in"), choices=territories, any_label=_("Any territory")),
        Filter(
            "group",
            _("Established in a state of"),
            choices=[Choice(row.value, names.get(row.value, row.value), row.submissions) for row in groups],
            any_label=_("Any group of states"),
        ),
        _listed(
            "language",
            _("Language"),
            [
                Choice(row.value, language_name(row.value, language), row.submissions)
                for row in found["language"][0]
            ],
        ),
        _listed("channel", _("Channel"), _plain(found["channel"][0])),
        Filter("organisation", _("Organisation"), "search", help=_("Its whole name, as it wrote it.")),
        Filter("search", _("Words in the text"), "search"),
        Filter("without_shared", _("Without shared text"), "switch"),
    ]
    if officer:
        items.append(Filter("unread", _("Read by nobody yet"), "switch"))
    return [item for item in items if item.kind in {"search", "switch"} or item.choices]


def _listed(name: str, label: Words, choices: Sequence[Choice]) -> Filter:
    return Filter(name, label, "checkboxes" if len(choices) <= _FEW else "select", choices)


def _plain(rows: Sequence[ValueRow]) -> list[Choice]:
    return [Choice(row.value, row.value, row.submissions) for row in rows]


def _unknown(query: QueryDict, items: Sequence[Filter]) -> list[tuple[Words, str]]:
    """Values that no filter offers, and filters that this run has no values for."""
    found: list[tuple[Words, str]] = []
    offered = {item.name: item for item in items}
    for name, label in _CHOSEN.items():
        item = offered.get(name)
        values = {choice.value for choice in item.choices} if item else set()
        found += [
            (label, value[:LONGEST_SEARCH]) for value in query.getlist(name) if value and value not in values
        ]
    return found


_CHOSEN: dict[str, Any] = {
    "stakeholder": _("Stakeholder group"),
    "territory": _("Established in"),
    "group": _("Established in a state of"),
    "language": _("Language"),
    "channel": _("Channel"),
}


def _countries(bar: FilterBar, profile: Profile) -> tuple[str, ...]:
    chosen, group = bar.values("territory"), bar.value("group")
    if not group:
        return chosen
    members = profile.members(group)
    return tuple(code for code in chosen if code in members) or (NOBODY,) if chosen else members


def _organisations(bar: FilterBar, run: Run) -> tuple[str, ...] | None:
    """The keys of the organisations asked for; None where the run has none of that name."""
    asked = bar.value("organisation")
    return (organisations_meant(run, asked) or None) if asked else ()


def _read_ones(run: Run) -> tuple[str, ...]:
    marks = ReadMark.objects.filter(consultation=run.consultation_id, passage_id="", withdrawn_at=None)
    return tuple(sorted(set(marks.values_list("submission_id", flat=True))))
