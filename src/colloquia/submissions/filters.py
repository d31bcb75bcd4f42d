"""Filters of the list of public submissions, kept in its address.

A value that no public submission has is shown and obeyed all the same: an address that was kept leads to an
empty list, never to the whole one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from colloquia.core.filters import LONGEST_SEARCH, Choice, Filter, FilterBar
from colloquia.core.tables import Words
from colloquia.engines.jurisdictions import Profile
from colloquia.engines.languages.names import language_name
from colloquia.submissions.models import Call, Channel, RespondentKind
from colloquia.submissions.queries.published import Wanted, state_of, values_of

ORDERS = {"received": ("received_on", "identifier"), "latest": ("-received_on", "-identifier")}
NOBODY = "-"
"""No territory has this code: a group and a territory outside of it leave nothing."""
_FEW = 8
_FIELDS = ("stakeholder", "kind", "territory", "language", "channel", "is_late")
Values = Mapping[str, list[tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class Filtering:
    """The bar to show and what it narrows the list to."""

    bar: FilterBar
    wanted: Wanted

    @property
    def in_force(self) -> bool:
        """Whether anything is left out."""
        return bool(self.bar.chosen)

    @property
    def order(self) -> str:
        """The order asked for, or that of receipt."""
        asked = self.bar.kept.get("order", "")
        return asked if asked in ORDERS else "received"


def read(query: QueryDict, call: Call, profile: Profile, language: str) -> Filtering:
    """What an address asks for. Choices are those of the public submissions. Three queries."""
    names, given = _names(profile, language), query.copy()
    items = [_with_asked(item, given, names) for item in _items(call, profile, language)]
    offered = [item for item in items if item.kind == "search" or item.choices]
    bar = FilterBar.read(given, offered, keep=("order",))
    wanted = Wanted(
        stakeholder=bar.value("stakeholder"),
        kind=bar.value("kind"),
        territories=territories(profile, bar.values("territory"), bar.value("group")),
        language=bar.value("language"),
        question=bar.value("question"),
        channel=bar.value("channel"),
        late=bool(bar.value("late")),
        search=bar.value("search"),
    )
    return Filtering(bar, wanted)


@lru_cache(maxsize=32)
def _values(call_id: int, _state: str) -> Values:
    """The values of every field; remembered until anything public of the call changes."""
    return {name: values_of(call_id, name) for name in _FIELDS}


def _items(call: Call, profile: Profile, language: str) -> list[Filter]:
    values = _values(call.pk, state_of(call))
    kinds, channels = dict(RespondentKind.choices), dict(Channel.choices)
    present = {code for code, _count in values["territory"]}
    places = sorted(
        (
            Choice(code, profile.name(code, language), count, profile.display(code, language).language)
            for code, count in values["territory"]
        ),
        key=lambda choice: str(choice.label),
    )
    groups = [
        Choice(group.code, group.name(language))
        for group in profile.all_groupings()
        if present & set(profile.members(group.code))
    ]
    questions = call.questions.order_by("position").values_list("question_id", flat=True)
    late = tuple(Choice("1", "", count) for _value, count in values["is_late"])
    return [
        Filter("search", _("Words in the text"), "search"),
        Filter("question", _("Answers the question"), choices=[Choice(each, each) for each in questions]),
        Filter(
            "stakeholder",
            _("Stakeholder group"),
            choices=[Choice(value, value, count) for value, count in values["stakeholder"]],
        ),
        Filter(
            "kind",
            _("Kind of respondent"),
            choices=[Choice(value, kinds.get(value, value), count) for value, count in values["kind"]],
        ),
        Filter("territory", _("Established in"), choices=places),
        Filter("group", _("Established in a state of"), choices=groups),
        Filter(
            "language",
            _("Language"),
            choices=[Choice(code, language_name(code, language), n) for code, n in values["language"]],
        ),
        Filter(
            "channel",
            _("Channel"),
            choices=[Choice(value, channels.get(value, value), n) for value, n in values["channel"]],
        ),
        Filter("late", _("Received after the deadline"), "switch", choices=late),
    ]


def _names(profile: Profile, language: str) -> dict[str, Callable[[str], Words]]:
    """What a value of a filter is called; the value itself where it means nothing."""
    groups = {group.code: group.name(language) for group in profile.all_groupings()}
    kinds, channels = dict(RespondentKind.choices), dict(Channel.choices)
    return {
        "kind": lambda value: kinds.get(value, value),
        "territory": lambda value: profile.name(value, language),
        "group": lambda value: groups.get(value, value),
        "language": lambda value: language_name(value, language),
        "channel": lambda value: channels.get(value, value),
    }


def _with_asked(item: Filter, query: QueryDict, names: Mapping[str, Callable[[str], Words]]) -> Filter:
    """With the value that is asked for, where nothing public has it. What means nothing is not repeated in
    words, so that no link can put sentences on the page; what no field could send is settled in ``query``.
    """
    asked = str(query.get(item.name, ""))
    offered = {choice.value for choice in item.choices}
    if item.kind == "switch" and "1" in query.getlist(item.name):
        return replace(item, choices=(Choice("1", item.label),))
    if item.kind != "select" or not asked or asked in offered:
        return item
    if len(asked) > LONGEST_SEARCH or not asked.isprintable():
        asked = query[item.name] = NOBODY
    name = names[item.name](asked) if item.name in names else asked
    label = _("a value that does not occur here") if name == asked else name
    return replace(item, choices=(*item.choices, Choice(asked, label, 0)))


def territories(profile: Profile, chosen: tuple[str, ...], group: str) -> tuple[str, ...]:
    """The territories that a list is narrowed to, by themselves, by a group or by both; empty for all."""
    if not group:
        return chosen
    members = profile.members(group)
    found = tuple(code for code in chosen if code in members) if chosen else members
    return found or (NOBODY,)
