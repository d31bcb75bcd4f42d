"""Counts that several pages ask for, remembered under the overlay and the filters they were made with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from colloquia.engines.bulk import Bulk, Filters, Size, ValueRow

_KEPT = 256
Counted = Mapping[str, tuple[list[ValueRow], int, int]]
Groups = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A run's bulk, equal to every other one of the same folder and overlay."""

    folder: Path
    version: str
    bulk: Bulk = field(compare=False)


def held(bulk: Bulk) -> Held:
    """The bulk as a key."""
    return Held(bulk.folder, bulk.overlay.version, bulk)


@lru_cache(maxsize=_KEPT)
def total(key: Held, filters: Filters) -> Size:
    """All submissions that the filters let through."""
    return key.bulk.total(filters)


@lru_cache(maxsize=_KEPT)
def by_question(key: Held, filters: Filters) -> Mapping[str, Size]:
    """Sizes by question."""
    return key.bulk.by_question(filters)


@lru_cache(maxsize=_KEPT)
def by_theme(key: Held, question: str, filters: Filters) -> Mapping[str, Size]:
    """Sizes of the themes of a question, or of the docket."""
    return key.bulk.by_theme(question, filters)


@lru_cache(maxsize=_KEPT)
def breakdowns(key: Held, question: str | None, theme: str, filters: Filters, groups: Groups) -> Counted:
    """Every dimension at once; see ``Bulk.breakdowns``."""
    return key.bulk.breakdowns(groups=dict(groups), question=question, theme=theme, filters=filters)


@lru_cache(maxsize=_KEPT)
def across(key: Held, question: str) -> Mapping[str, list[ValueRow]]:
    """Stakeholder groups of each theme of a question."""
    return key.bulk.across(question, "stakeholder")
