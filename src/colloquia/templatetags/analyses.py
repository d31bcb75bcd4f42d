"""Tags for the pages of analyses."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from colloquia.analyses.records import PublishedAnalysis

register = template.Library()


@register.simple_tag
def title_of(analysis: PublishedAnalysis) -> str:
    """The title in the reader's language."""
    return analysis.title(get_language() or "en")
