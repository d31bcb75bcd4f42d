"""What every template may use."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils import translation
from django.utils.translation import gettext as _

from colloquia import __version__

# Shown to readers whose language is not yet complete, hence in that language and not translated.
FALLBACK_NOTICES = {
    "es": "Esta página aún no está disponible en español; se muestra en inglés.",
    "fr": "Cette page n’est pas encore disponible en français ; elle est affichée en anglais.",
    "ru": "Эта страница пока недоступна на русском языке; она показана на английском.",
    "zh-hans": "本页尚无中文版本，现以英文显示。",
}
SWITCH = (("en", "English"), ("ar", "العربية"))
_NAME = re.compile(r"[a-z][a-z_]{0,29}")
_LONGEST_VALUE = 200
"""That of a search: a longer one is not read."""
_MOST_PARAMETERS = 20
_NOT_OF_THE_PAGE = frozenset({"lang", "table", "format"})


def kept_parameters(query: QueryDict) -> list[tuple[str, str]]:
    """What the links to other languages keep of the address: its filters, and nothing that could fill a page.

    A parameter with an odd name or a long value is left out, as are all after the first few.
    """
    pairs = [
        (name, value)
        for name, values in query.lists()
        for value in values
        if name not in _NOT_OF_THE_PAGE and _NAME.fullmatch(name) and len(value) <= _LONGEST_VALUE
    ]
    return pairs[:_MOST_PARAMETERS]


def site(request: HttpRequest) -> dict[str, Any]:
    """Name, neutrality line, language and direction of the page, and the links to its other languages."""
    code = translation.get_language() or "en"
    wanted = getattr(request, "wanted_language", code)
    kept = kept_parameters(request.GET)
    switch = [
        {
            "code": language,
            "name": name,
            "url": f"?{urlencode([*kept, ('lang', language)])}",
            "current": language == code,
        }
        for language, name in SWITCH
    ]
    return {
        "site_name": settings.SITE_NAME,
        "site_version": __version__,
        "neutrality_line": settings.NEUTRALITY_LINE
        or _(
            "An informal exchange of views. It is not a negotiation and is without prejudice to any position."
        ),
        "page_address": f"{settings.PUBLIC_URL}{request.path}",
        "language_code": code,
        "registration_open": settings.REGISTRATION_OPEN,
        "language_direction": "rtl" if translation.get_language_bidi() else "ltr",
        "language_switch": switch,
        "fallback_language": wanted if wanted in FALLBACK_NOTICES else "",
        "fallback_notice": FALLBACK_NOTICES.get(wanted, ""),
    }
