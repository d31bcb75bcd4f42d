"""Values of the stakeholder field: those that stand for a state, and the kinds of respondents of a call."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy, pgettext_lazy

from colloquia.core.tables import Words
from colloquia.engines.report.options import STATE_WORDS

STATE = "State"
KINDS: dict[str, Words] = {
    STATE: pgettext_lazy("kind of respondent", "State"),
    "Intellectual property office": gettext_lazy("Intellectual property office"),
    "Intergovernmental organisation": gettext_lazy("Intergovernmental organisation"),
    "Organisation or company": gettext_lazy("Organisation or company"),
    "Person, in a private capacity": gettext_lazy("Person, in a private capacity"),
}
"""How an analysis counts who answered a call, where the call has no stakeholder groups of its own."""


def stakeholder_label(value: str) -> str:
    """A stakeholder group as a page shows it: kinds in its language, others as they were given."""
    return str(KINDS.get(value, value))


def guess_states(values: Iterable[str]) -> list[str]:
    """The values that, whatever their case, are exactly a word for a state or its government, sorted."""
    return sorted({value for value in values if " ".join(value.split()).casefold() in STATE_WORDS})
