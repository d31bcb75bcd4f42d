"""Filters of the list of public submissions, kept in its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from colloquia.core.filters import Choice, Filter, FilterBar
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
    bar = FilterBar.read(query, _items(call, profile, language), keep=("order",))
    wanted = Wanted(
        stakeholder=bar.value("stakeholder"),
        kind=bar.value("kind"),
        territories=_territories(bar, profile),
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
    territories = sorted(
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
    items = [
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
        Filter("territory", _("Established in"), choices=territories),
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
        Filter("late", _("Received after the deadline"), "switch"),
    ]
    if not values["is_late"]:
        items.pop()
    return [item for item in items if item.kind in {"search", "switch"} or item.choices]


def _territories(bar: FilterBar, profile: Profile) -> tuple[str, ...]:
    chosen, group = bar.values("territory"), bar.value("group")
    if not group:
        return chosen
    members = profile.members(group)
    if chosen:
        return tuple(code for code in chosen if code in members) or (NOBODY,)
    return members
