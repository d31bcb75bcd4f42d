"""Whether a model may be asked for drafts, for pages that offer it."""

from __future__ import annotations

from django import template

from colloquia.consultations.endpoint import Endpoint

register = template.Library()


@register.simple_tag
def drafting_is_on() -> bool:
    """Whether the operator set up a model for drafting. No connection is made to find out."""
    return Endpoint.from_settings("drafting") is not None
