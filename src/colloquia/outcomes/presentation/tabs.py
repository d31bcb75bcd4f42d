"""The pages of the last stage of a consultation, for whoever looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Case, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from colloquia.accounts.rules import is_officer
from colloquia.consultations.models import Consultation
from colloquia.core.components import Tab
from colloquia.core.tables import Words
from colloquia.outcomes.queries.outcomes import published_run
from colloquia.outcomes.queries.public import Part, are_public
from colloquia.outcomes.queries.revisions import revisions_of
from colloquia.outcomes.queries.summaries import signed_summaries

Page = tuple[str, Words, str, Callable[[Consultation], bool]]
"""The route for the public, words, the route for officers, and whether there is something public."""

PAGES: list[Page] = [
    ("summary", _("Summary"), "summary_edit", lambda row: bool(signed_summaries(row))),
    ("outcomes", _("Outcomes"), "outcomes_edit", lambda row: published_run(row) is not None),
    (
        "revision",
        _("Revised paper"),
        "revisions_edit",
        lambda row: revisions_of(row).filter(published_at__isnull=False).exists(),
    ),
    (
        "priorities",
        _("Priorities"),
        "priorities",
        lambda row: row.priority_rounds.filter(published_at__isnull=False).exists(),
    ),
    (
        "considerations",
        _("Considerations"),
        "considerations",
        lambda row: row.considerations.filter(published_version__isnull=False).exists(),
    ),
]


def tabs(user: Any, consultation: Consultation, current: str) -> list[Tab]:
    """The pages that this person has; what is not public leads an officer to where it is written."""
    found = []
    for public, label, office, is_public in PAGES:
        if is_officer(user):
            name = public if current == public and is_public(consultation) else office
        elif is_public(consultation):
            name = public
        else:
            continue
        found.append(Tab(label, reverse(name, args=[consultation.slug]), current in (public, office)))
    return found


def stage_route(user: Any) -> Case:
    """The page of the stage: outcomes where they are public, else what there is; blank for nothing."""
    names: tuple[Part, ...] = ("outcomes", "summary", "revision")
    public = [When(are_public(name), then=Value(name)) for name in names]
    return Case(*public, default=Value("summary_edit" if is_officer(user) else ""))
