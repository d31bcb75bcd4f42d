"""Which stages of a consultation a person sees, in one query: it is asked on every page of it."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Exists, Q, Value, When

from colloquia.consultations.models import Consultation
from colloquia.core.registry import Stage, registered_stages


def stages_of(user: Any, slug: str) -> list[tuple[Stage, str]]:
    """The stages that a person sees, in order, each with the name of the route of its page.

    One query, besides those by which the rules look up the roles of a person.
    """
    stages = registered_stages()
    rows = Consultation.objects.filter(slug=slug)
    found = rows.values_list(*(stage.route(user) for stage in stages)).first() or ()
    return [(stage, route) for stage, route in zip(stages, found, strict=False) if route]


def route_where(route: str, condition: Q | Exists) -> Case:
    """The name of a route for consultations that meet a condition, blank for all others."""
    return Case(When(condition, then=Value(route)), default=Value(""))
