"""The five counts at the head of a question's page: a number with its day, or which kind of nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colloquia.core.registry import Absence, QuestionCount, registered_question_sections

KINDS = {
    "answers": gettext_lazy("Answers"),
    "law": gettext_lazy("Law"),
    "interventions": gettext_lazy("Interventions"),
    "evidence": gettext_lazy("Evidence"),
    "options": gettext_lazy("Options"),
}


@dataclass(frozen=True, slots=True)
class ShownCount:
    """A count as the page shows it: a number, or the words of its absence."""

    kind: str
    label: str
    number: int | None
    words: str
    on: date | None
    url: str
    absence: str


def counts_of(request: Any, question_id: str) -> list[ShownCount]:
    """The five counts in their order, from whichever rooms keep them."""
    given: dict[str, list[QuestionCount]] = {}
    for section in registered_question_sections():
        for count in section.counts(request, question_id) if section.counts else ():
            given.setdefault(count.kind, []).append(count)
    return list(_shown(given))


def _shown(given: dict[str, list[QuestionCount]]) -> Iterable[ShownCount]:
    for kind, label in KINDS.items():
        for count in given.get(kind) or [QuestionCount(kind, absence=Absence.NOT_KEPT)]:  # type: ignore[arg-type]  # a key of KINDS is a CountKind
            has = bool(count.number)
            absence = "" if has else (count.absence or Absence.NONE_RECEIVED)
            yield ShownCount(
                kind=kind,
                label=count.label or str(label),
                number=count.number if has else None,
                words="" if has else absence_words(Absence(absence), count.on),
                on=count.on if has else None,
                url=count.url,
                absence=str(absence),
            )


def absence_words(absence: Absence, on: date | None) -> str:
    """Which kind of nothing, with its day where one is known."""
    day = {"day": formats.date_format(on, "j F Y")} if on else {}
    match absence:
        case Absence.NONE_RECEIVED:
            return _("none received by %(day)s") % day if on else _("none received")
        case Absence.SEARCHED:
            return _("searched on %(day)s, none found") % day if on else _("searched, none found")
        case Absence.STATED_NONE:
            return _("stated on %(day)s that there is none") % day if on else _("stated that there is none")
        case Absence.NOT_APPLICABLE:
            return _("not applicable")
        case Absence.NOT_YET_OPEN:
            return _("not open before %(day)s") % day if on else _("not yet open")
        case Absence.NOT_SHOWN:
            return _("not shown at present")
        case Absence.NOT_KEPT:
            return _("not kept on this site yet")
