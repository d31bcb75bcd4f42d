"""The passages on which considerations rest, each with the address that leads, or what stands for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colloquia.consultations.models import Consultation
from colloquia.consultations.presentation.visit import Visit
from colloquia.outcomes.presentation.readable import readable_of
from colloquia.outcomes.queries.considerations import Shown, cited_run


@dataclass(frozen=True, slots=True)
class Rested:
    """A passage by its id. ``url`` is blank where it leads nowhere; ``instead`` stands for the id."""

    name: str
    url: str = ""
    instead: str = ""


def rested_on(request: HttpRequest, consultation: Consultation, shown: Sequence[Shown]) -> dict[str, Rested]:
    """Every passage of these considerations by its id, as this reader may have it."""
    names = list(dict.fromkeys(name for each in shown for name in each.passages))
    run = cited_run(consultation) if names else None
    if run is None:
        return {name: Rested(name) for name in names}
    run.consultation = consultation
    readable = readable_of(Visit(request, run, get_language() or "en"))
    readable.look_up(names)
    return {
        # The id of a passage begins with that of its submission.
        name: Rested(name, instead=_("a passage that is public no more"))
        if name.rpartition(".p")[0] in readable.gone
        else Rested(name, readable.passage(name))
        for name in names
    }
