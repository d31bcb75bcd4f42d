"""What the jurisdictions engine hands out: territories, units, groups and resolutions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Territory:
    """A country, area or organisation that the naming profile lists.

    ``code`` is ISO 3166-1 alpha-2, or WIPO ST.3 for organisations. ``kind`` is ``territory``,
    ``regional-organisation``, ``regional-ip-organisation`` or ``intergovernmental-organisation``.
    ``type`` is the profile's own word (``member-state``, ``observer-state``, ``area`` ...).
    ``grade`` says how the row was checked: ``verified``, ``secondary`` or ``recalled``.
    """

    code: str
    alpha3: str
    numeric: str
    kind: str
    type: str
    grade: str
    source: str

    @property
    def m49(self) -> str:
        """The M49 code, which is the ISO numeric code for every territory listed here."""
        return self.numeric


@dataclass(frozen=True, slots=True)
class ProfileName:
    """The name of one territory in one language of the profile."""

    code: str
    name: str
    full_name: str
    sort_key: str
    type: str
    grade: str
    source: str


@dataclass(frozen=True, slots=True)
class DisplayName:
    """A name with the language it is in; ``fell_back`` when that is not the language asked for."""

    text: str
    language: str
    fell_back: bool


@dataclass(frozen=True, slots=True)
class SubnationalUnit:
    """A state, province, canton or emirate; ``code`` is ISO 3166-2 (``CH-VD``)."""

    code: str
    territory: str
    category: str
    name: str
    other_names: tuple[str, ...]
    grade: str
    source: str


@dataclass(frozen=True, slots=True)
class Group:
    """A grouping of territories.

    ``complete`` is false where only memberships that are certain are listed: then the
    absence of a territory says nothing. ``grade`` is ``verified``, ``secondary`` or ``recalled``.
    """

    code: str
    kind: str
    names: Mapping[str, str] = field(hash=False)
    parent: str
    complete: bool
    grade: str
    source: str

    def name(self, language: str = "en") -> str:
        """The name in ``language``, else in English, else the code."""
        return self.names.get(language) or self.names.get("en") or self.code


@dataclass(frozen=True, slots=True)
class Membership:
    """A territory's place in a group; an absent date means "not recorded" or "still"."""

    group: str
    territory: str
    valid_from: date | None
    valid_until: date | None
    grade: str
    source: str

    def holds_on(self, on: date | None) -> bool:
        """Whether it holds on a day; without a day, whether no end is recorded."""
        if on is None:
            return self.valid_until is None
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_until is None or on <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a text in a country field was understood as.

    ``kind`` is ``code``, ``name``, ``unit`` or ``part`` where a territory was found, otherwise
    ``blank``, ``no-answer``, ``ambiguous``, ``code-or-answer``, ``part-of``, ``several``, ``former``,
    ``not-listed``, ``not-one`` or ``unknown``. ``reason`` is a sentence in English; ``candidates``
    are codes for a person to choose from. ``unit`` is an ISO 3166-2 code where the text named one.
    """

    territory: Territory | None
    kind: str
    reason: str
    candidates: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who stands for the names, since when, and where they come from."""

    title: str
    version: str
    source: str
    signed_off_by: str
    signed_off_on: str

    @property
    def is_signed(self) -> bool:
        """Whether somebody has put a name and a date under the profile."""
        return bool(self.signed_off_by and self.signed_off_on)
