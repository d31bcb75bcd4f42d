"""Small pieces of the pages of calls."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from colloquia.core.table_html import written_html
from colloquia.core.written import showable
from colloquia.submissions.models import Call, in_language

register = template.Library()


@register.simple_tag
def call_title(call: Call) -> SafeString:
    """The title of a call in the reader's language, else in another one, marked as such."""
    title, language = in_language(call.titles, get_language() or "en")
    marks = SafeString(written_html(language))
    return format_html("<bdi{}>{}</bdi>", marks, showable(title or call.consultation.slug))
