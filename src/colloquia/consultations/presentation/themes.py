"""The table of themes as a page shows it, with the orders that a reader may choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from colloquia.consultations.presentation.counts import ThemeRow
from colloquia.consultations.presentation.tables import base_sentence
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.presentation.words import stability

HEADS: tuple[tuple[str, str | Promise], ...] = (
    ("name", _("Theme")),
    ("submissions", _("Submissions")),
    ("messages", _("Distinct messages")),
    ("organisations", _("Organisations")),
    ("states", _("States")),
    ("stability", _("Stability")),
    ("passages", _("Passages")),
)


@dataclass(frozen=True, slots=True)
class Head:
    """A head of a column: the address that orders by it, and whether it does now."""

    name: str
    label: str | Promise
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A theme in the table. ``share`` is its part of the base, for a bar."""

    row: ThemeRow
    stability: str
    share: float | None


@dataclass(frozen=True, slots=True)
class ThemeList:
    """The table: heads, lines, base, and the address of the order in which themes were found."""

    heads: list[Head]
    lines: list[Line]
    base: int
    sentence: str
    received_url: str
    order: str
    hides_messages: bool
    files: list[tuple[str, str]]


def theme_list(visit: Visit, rows: Sequence[ThemeRow], base: int, order: str) -> ThemeList:
    """Rows in their order, made ready for the page."""
    return ThemeList(
        [Head(name, label, ordered_by(visit, name, "themes"), name == order) for name, label in HEADS],
        [
            Line(
                row,
                "" if row.is_group else stability(row.theme.stability),
                row.counts.submissions / base if base else None,
            )
            for row in rows
        ],
        base,
        base_sentence(visit, base),
        ordered_by(visit, "received", "themes"),
        order,
        any(row.counts.messages is None for row in rows),
        files(visit, "themes"),
    )


def files(visit: Visit, table: str) -> list[tuple[str, str]]:
    """Addresses of a table as files, with the filters of the page."""
    query = visit.request.GET.copy()
    query.pop("page", None)
    query["table"] = table
    found = []
    for name in ("csv", "xlsx", "json"):
        query["format"] = name
        found.append((name.upper(), f"?{query.urlencode()}"))
    return found


def ordered_by(visit: Visit, name: str, anchor: str) -> str:
    """This page in another order, from its first page on."""
    query = visit.request.GET.copy()
    for gone in ("page", "table", "format"):
        query.pop(gone, None)
    query["order"] = name
    return f"?{query.urlencode()}#{anchor}"
