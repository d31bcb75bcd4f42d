"""The kinds of nothing, kept apart: none received is not none found, and neither is not applicable."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colloquia.core.written import day_and_time

Kind = Literal[
    "none_received",
    "none_found",
    "stated_none",
    "not_applicable",
    "not_searched",
    "not_asked",
    "not_published",
    "not_recorded",
    "withheld",
    "unsupported_language",
    "unreadable",
    "waiting",
    "filtered",
    "none_yet",
]

_WORDS: dict[Kind, str | Promise] = {
    "none_received": gettext_lazy("None received."),
    "none_found": gettext_lazy("Searched, none found."),
    "stated_none": gettext_lazy("Stated that there is none."),
    "not_applicable": gettext_lazy("Not applicable."),
    "not_searched": gettext_lazy("Not searched yet."),
    "not_asked": gettext_lazy("Not asked."),
    "not_published": gettext_lazy("Not published yet."),
    "not_recorded": gettext_lazy("Not recorded."),
    "withheld": gettext_lazy("Withheld; it counts in totals only."),
    "unsupported_language": gettext_lazy("In a language that the analysis does not support."),
    "unreadable": gettext_lazy("No text could be read."),
    "waiting": gettext_lazy("Waiting for a person to read it."),
    "filtered": gettext_lazy("Nothing matches these filters."),
    "none_yet": gettext_lazy("There is nothing here yet."),
}


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why there is nothing, since when, and what a reader may do about it.

    ``on`` is the day of the search, of the statement or of the last look; ``url`` and ``action`` lead on.
    """

    kind: Kind
    on: datetime.date | None = None
    url: str = ""
    action: str | Promise = ""

    def __str__(self) -> str:
        if self.on is None:
            return str(_WORDS[self.kind])
        day = day_and_time(self.on)
        match self.kind:
            case "none_received":
                return _("None received by %(day)s.") % {"day": day}
            case "none_found":
                return _("Searched on %(day)s, none found.") % {"day": day}
            case "stated_none":
                return _("Stated on %(day)s that there is none.") % {"day": day}
            case _:
                return _("%(sentence)s (%(day)s)") % {"sentence": _WORDS[self.kind], "day": day}


def every_kind() -> tuple[Kind, ...]:
    """All kinds, in the order in which they are documented."""
    return tuple(_WORDS)
