"""Pieces of the room's templates that need more than an include."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from colloquia.consultations.models import Consultation
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries.stages import stages_of

register = template.Library()
_ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def optional(context: template.Context, name: str, **more: Any) -> SafeString:
    """Another template, where this installation has it."""
    try:
        found = get_template(name)
    except TemplateDoesNotExist:
        return SafeString("")
    flat: dict[str, Any] = {str(key): value for key, value in context.flatten().items()}
    return SafeString(found.render(flat | more, context.get("request")))


@register.simple_tag
def title_of(consultation: Consultation) -> str:
    """The title of a consultation in the language of the page."""
    return consultation.title(get_language() or "en")


@register.inclusion_tag("components/stages.html", takes_context=True)
def stages(context: template.Context, slug: str, here: str = "") -> dict[str, Any]:
    """The stages of a consultation as links, for whoever looks; ``here`` is the name of the present one."""
    return {
        "stages": [
            {"title": stage.title, "url": reverse(route, args=[slug]), "current": stage.name == here}
            for stage, route in stages_of(context["user"], slug)
        ]
    }


@register.simple_tag
def to(visit: Visit, name: str, *arguments: str, keep: bool = False, **query: str | int) -> str:
    """An address of the consultation at the run that is looked at."""
    return visit.url(name, *arguments, keep=keep, **query)


@register.simple_tag
def linked_data(data: dict[str, Any]) -> SafeString:
    """A description for programs, which no browser runs; nothing in it can end its element."""
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 -- escaped above
