"""The naming profile: one place that says what a territory is called and which one a text means."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from colloquia.engines.jurisdictions.folding import clean, fold
from colloquia.engines.jurisdictions.loading import ProfileData, read_profile
from colloquia.engines.jurisdictions.matching import Matcher
from colloquia.engines.jurisdictions.records import (
    DisplayName,
    Group,
    Membership,
    ProfileName,
    Resolution,
    SignOff,
    SubnationalUnit,
    Territory,
)


class Profile:
    """Names, order, types, groups and matching, all from one folder. Get one with ``load_profile``.

    No method raises on an unknown code, name or language.
    """

    def __init__(self, data: ProfileData) -> None:
        """Index the data that ``read_profile`` gave."""
        self._data = data
        self._matcher = Matcher(data)
        self._explain = lru_cache(maxsize=8192)(self._matcher.explain)
        self._memberships: dict[str, list[Membership]] = {}
        for membership in data.memberships:
            self._memberships.setdefault(membership.territory, []).append(membership)

    @property
    def sign_off(self) -> SignOff:
        """Who stands for the names; blank where nobody has signed yet."""
        return self._data.sign_off

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages that have a table of names, in the order in which they stand in for one another."""
        return self._data.fallback

    def resolve(self, text: str, *, form: str = "any") -> Territory | None:
        """The territory that a country field means, or None; see ``explain``."""
        return self.explain(text, form=form).territory

    def explain(self, text: str, *, form: str = "any") -> Resolution:
        """The territory that a country field means, or the reason why none was taken.

        Reads ISO 3166-1 codes, ISO 3166-2 codes, WIPO ST.3 codes of organisations, names in the
        six languages of the UN and many others, and a place with its country ("Lyon, France").
        It never guesses: a spelling that is not known, or that may mean two territories, gives None.

        Args:
            text: the field as it was given.
            form: ``any``; ``code`` when the whole column holds codes (then ``NA`` is Namibia and
                not "not available"); ``name`` when it holds names.
        """
        return self._explain(text if isinstance(text, str) else "", form)

    def suggest(self, text: str, *, limit: int = 3) -> tuple[Territory, ...]:
        """Territories whose names are spelt alike, for a person to choose from; never applied alone."""
        from difflib import get_close_matches

        keys = self._matcher.keys
        close = get_close_matches(fold(clean(text[:80])), keys, n=limit * 4, cutoff=0.8)
        codes = dict.fromkeys(keys[key] for key in close)
        return tuple(self._data.territories[code] for code in codes)[:limit]

    def territory(self, code: str) -> Territory | None:
        """The territory with this code, exactly."""
        return self._data.territories.get(code)

    def territories(self, language: str = "en") -> tuple[Territory, ...]:
        """All of them, in the order of the profile for ``language``; unnamed ones last, by code."""
        names = self._data.names.get(self._language(language), {})
        rows = self._data.territories.values()
        ordered = sorted(rows, key=lambda row: (*_order(names.get(row.code)), row.code))
        return tuple(ordered)

    def entry(self, code: str, language: str) -> ProfileName | None:
        """The profile's own row for a territory in exactly this language."""
        return self._data.names.get(self._language(language), {}).get(code)

    def name(self, code: str, language: str = "en") -> str:
        """The name to show; see ``display`` for the language it is in. The code, if there is none."""
        return self.display(code, language).text

    def display(self, code: str, language: str = "en") -> DisplayName:
        """The name in ``language``, or in the first language of the profile that has one.

        Codes of sub-national units give their name in their own language; an unknown code
        gives itself, with a blank language.
        """
        wanted = self._language(language)
        for candidate in dict.fromkeys([wanted, *self._data.fallback]):
            row = self._data.names.get(candidate, {}).get(code)
            if row:
                return DisplayName(row.name, candidate, candidate != wanted)
        unit = self._data.units.get(code)
        return DisplayName(unit.name if unit else code, "", True)

    def subnational(self, text: str, *, within: str = "") -> SubnationalUnit | None:
        """The unit that a field for states, provinces or cantons means, or None.

        Args:
            text: an ISO 3166-2 code with or without the territory's part, or a name.
            within: code of the territory; without it a name shared by two units gives None.
        """
        found = self._matcher.units(text, within)
        return self._data.units[next(iter(found))] if len(found) == 1 else None

    def units(self, territory: str) -> tuple[SubnationalUnit, ...]:
        """The packaged units of a territory, by code; empty where none are packaged."""
        rows = self._data.units.values()
        return tuple(sorted((row for row in rows if row.territory == territory), key=lambda row: row.code))

    def all_groupings(self) -> tuple[Group, ...]:
        """Every group, in the order of the tables; the operator's own last."""
        return tuple(self._data.groups.values())

    def groups(self, code: str, on: date | None = None) -> tuple[Group, ...]:
        """The groups that a territory belongs to on a day; without a day, those with no end recorded."""
        held = {row.group for row in self._memberships.get(code, ()) if row.holds_on(on)}
        return tuple(group for group in self._data.groups.values() if group.code in held)

    def memberships(self, code: str) -> tuple[Membership, ...]:
        """All memberships of a territory, past ones too, with their dates, grade and source."""
        return tuple(self._memberships.get(code, ()))

    def members(self, group: str, on: date | None = None) -> tuple[str, ...]:
        """Codes of the territories in a group on a day, sorted."""
        rows = self._data.memberships
        return tuple(sorted({row.territory for row in rows if row.group == group and row.holds_on(on)}))

    def _language(self, language: str) -> str:
        wanted = language.lower().replace("_", "-")
        return wanted if wanted in self._data.names else wanted.split("-")[0]


def _order(row: ProfileName | None) -> tuple[bool, str]:
    return (row is None, row.sort_key if row else "")


def load_profile(folder: Path | None = None) -> Profile:
    """The naming profile in ``folder``, or the packaged one.

    The packaged one is read once. A folder is read at each call.

    Raises:
        ProfileError: with every problem found in the folder: file, row, field and remedy.
    """
    return _packaged() if folder is None else Profile(read_profile(folder))


@lru_cache(maxsize=1)
def _packaged() -> Profile:
    return Profile(read_profile(None))
