"""How organisations were counted, for any page of a run."""

from __future__ import annotations

from django import template

from colloquia.consultations.presentation.organisations import Summary, summary
from colloquia.consultations.presentation.visit import Visit

register = template.Library()


@register.simple_tag
def organisations_summary(visit: Visit) -> Summary:
    """The counts behind ``consultations/_organisations_summary.html``."""
    return summary(visit)
