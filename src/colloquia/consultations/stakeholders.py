"""Which values of the stakeholder field stand for a state, as a first guess that an officer may change."""

from __future__ import annotations

from collections.abc import Iterable

from colloquia.engines.report.options import STATE_WORDS


def guess_states(values: Iterable[str]) -> list[str]:
    """The values that, whatever their case, are exactly a word for a state or its government, sorted."""
    return sorted({value for value in values if " ".join(value.split()).casefold() in STATE_WORDS})
