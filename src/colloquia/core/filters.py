"""Filters of a list, kept in its address: what may be chosen, what is chosen, and how to undo each choice."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlencode

from django.http import QueryDict

from colloquia.core.tables import Words
from colloquia.core.written import day_and_time

LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that may be chosen; ``count`` says how many rows have it."""

    value: str
    label: Words
    count: int | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter. ``name`` is its parameter in the address.

    ``select`` takes one of ``choices``, ``checkboxes`` any of them, ``search`` words, ``date`` a day,
    ``switch`` yes or nothing. ``any_label`` stands for no choice in a ``select``.
    """

    name: str
    label: Words
    kind: Literal["select", "checkboxes", "search", "date", "switch"] = "select"
    choices: Sequence[Choice] = ()
    any_label: Words = ""
    help: Words = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice in force, and the address without it."""

    label: Words
    value: Words
    url: str
    language: str = ""

    @property
    def sentence(self) -> str:
        """Label and value in one line, as they stand on the chip."""
        return f"{self.label}: {self.value}" if self.label else str(self.value)


@dataclass(frozen=True, slots=True)
class Field:
    """A filter as the form shows it: each choice with whether it is chosen, and the value typed."""

    filter: Filter
    choices: list[tuple[Choice, bool]]
    value: str


@dataclass(frozen=True, slots=True)
class FilterBar:
    """Filters with what is chosen. Values that no filter offers are left out, never shown or obeyed.

    ``kept`` are parameters of the address that are no filters, such as the order of the list; the language
    too, for those whose browser keeps no cookie.
    """

    filters: tuple[Filter, ...]
    chosen: dict[str, tuple[str, ...]]
    kept: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, query: QueryDict, filters: Sequence[Filter], *, keep: Iterable[str] = ()) -> FilterBar:
        """What the address asks for."""
        chosen = {item.name: _valid(item, query.getlist(item.name)) for item in filters}
        asked = {name: str(query.get(name, "")) for name in (*keep, "lang")}
        kept = {name: value for name, value in asked.items() if 0 < len(value) <= LONGEST_SEARCH}
        return cls(tuple(filters), {name: values for name, values in chosen.items() if values}, kept)

    def value(self, name: str) -> str:
        """The one value chosen, or ""."""
        return self.chosen.get(name, ("",))[0]

    def values(self, name: str) -> tuple[str, ...]:
        """All values chosen."""
        return self.chosen.get(name, ())

    def url(self, *, without: tuple[str, str] | None = None, nothing: bool = False) -> str:
        """The query string of this choice; ``without`` one (name, value), or with ``nothing`` chosen."""
        pairs = [] if nothing else [(name, value) for name, values in self.chosen.items() for value in values]
        return "?" + urlencode([*(pair for pair in pairs if pair != without), *self.kept.items()])

    @property
    def cleared(self) -> str:
        """The address with no filter chosen."""
        return self.url(nothing=True)

    @property
    def fields(self) -> list[Field]:
        """The filters as the form shows them."""
        return [
            Field(
                item,
                [(choice, choice.value in self.values(item.name)) for choice in item.choices],
                self.value(item.name),
            )
            for item in self.filters
        ]

    @property
    def chips(self) -> list[Chip]:
        """The choices in force, in the order of the filters."""
        return [
            _chip(item, value, self.url(without=(item.name, value)))
            for item in self.filters
            for value in self.values(item.name)
        ]


def _valid(item: Filter, given: list[str]) -> tuple[str, ...]:
    match item.kind:
        case "select":
            offered = {choice.value for choice in item.choices}
            return tuple(value for value in given[-1:] if value and value in offered)
        case "checkboxes":
            return tuple(choice.value for choice in item.choices if choice.value in given)
        case "search":
            words = " ".join(given[-1].replace("\x00", " ").split())[:LONGEST_SEARCH] if given else ""
            return (words,) if words else ()
        case "date":
            return tuple(value for value in given[-1:] if _day(value))
        case "switch":
            return ("1",) if "1" in given else ()


def _chip(item: Filter, value: str, url: str) -> Chip:
    if item.kind == "switch":
        return Chip("", item.label, url)
    if item.kind == "date" and (day := _day(value)):
        return Chip(item.label, day_and_time(day), url)
    found = next((choice for choice in item.choices if choice.value == value), None)
    return Chip(item.label, found.label, url, found.language) if found else Chip(item.label, value, url)


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
