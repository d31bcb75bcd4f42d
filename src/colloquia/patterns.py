"""The pattern library: every shared piece of a page, in its states, left to right and right to left."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from colloquia.pattern_samples import PATTERNS, Pattern

SAMPLES = (("en", "ltr"), ("ar", "rtl"))


@require_safe
def patterns(request: HttpRequest) -> HttpResponse:
    """Each piece, rendered by the very line that is shown as its use."""
    shown = [
        {
            "pattern": pattern,
            "sides": [
                {
                    "language": language,
                    "direction": direction,
                    "name": _("%(piece)s, left to right") % {"piece": pattern.title}
                    if direction == "ltr"
                    else _("%(piece)s, right to left") % {"piece": pattern.title},
                    "html": rendered(pattern, language, request),
                }
                for language, direction in SAMPLES
            ],
        }
        for pattern in PATTERNS
    ]
    response = render(request, "patterns/index.html", {"shown": shown})
    response["X-Robots-Tag"] = "noindex"
    return response


def rendered(pattern: Pattern, language: str, request: HttpRequest) -> SafeString:
    """The samples of a piece in a language, one below the other."""
    template = engines["django"].from_string(f"{{% load i18n components %}}{pattern.use}")
    with override(language):
        return SafeString(
            "".join(str(template.render(context, request)) for context in pattern.samples(language))
        )


def every_sample(language: str, request: HttpRequest) -> dict[str, Any]:
    """Each piece by its name, rendered in a language."""
    return {pattern.name: rendered(pattern, language, request) for pattern in PATTERNS}
