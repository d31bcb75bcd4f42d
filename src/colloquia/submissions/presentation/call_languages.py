"""The language in which somebody reads the texts of a call, which may be none that the interface has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation.trans_real import parse_accept_lang_header

from colloquia.engines.languages.names import language_name
from colloquia.submissions.models import Call

PARAMETER = "text"
COOKIE = "text_language"
_CODE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,2}")
_SCRIPTS = {
    **dict.fromkeys(("zh-cn", "zh-sg"), "zh-hans"),
    **dict.fromkeys(("zh-tw", "zh-hk", "zh-mo"), "zh-hant"),
}
"""Chinese as browsers ask for it, by place, and as texts are marked, by script."""


@dataclass(frozen=True, slots=True)
class TextLink:
    """A language of the call's texts, called by its own name, and the page with the texts in it."""

    language: str
    name: str
    url: str
    is_current: bool


def text_languages(call: Call) -> tuple[str, ...]:
    """The languages in which it has a title or an introduction, in its own order."""
    held = [
        code for texts in (call.titles, call.introductions) for code, text in texts.items() if text.strip()
    ]
    return tuple(dict.fromkeys([*(code for code in call.languages if code in held), *held]))


def text_language(request: HttpRequest, call: Call) -> str:
    """The language to show the texts in; that of the interface where the call has none that was asked for.

    ``?text=`` decides, then what was chosen so before, then the language chosen for the site, then what the
    browser asks for.
    """
    held = text_languages(call)
    for asked in _wishes(request):
        if found := _among(asked, held):
            return found
    return get_language() or "en"


def text_links(request: HttpRequest, call: Call) -> tuple[TextLink, ...]:
    """The page in each language of its texts; none where there is only one."""
    held, now = text_languages(call), text_language(request, call)
    if len(held) < 2:
        return ()
    site = request.GET.get("lang", "")
    kept = [("lang", site)] if site in dict(settings.LANGUAGES) else []
    return tuple(
        TextLink(code, _own_name(code), f"?{urlencode([*kept, (PARAMETER, code)])}", code == now)
        for code in held
    )


def remember(request: HttpRequest, response: HttpResponse, call: Call) -> None:
    """Keep the language that was chosen with ``?text=``, until the reader chooses another for the site."""
    chosen = _among(request.GET.get(PARAMETER, "").lower(), text_languages(call))
    value = f"{chosen}.{_interface(request)}"
    if chosen and request.COOKIES.get(COOKIE) != value:
        response.set_cookie(
            COOKIE,
            value,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _wishes(request: HttpRequest) -> Iterable[str]:
    yield request.GET.get(PARAMETER, "").lower()
    chosen, _dot, interface = request.COOKIES.get(COOKIE, "").partition(".")
    if interface == _interface(request):
        yield chosen
    registered = dict(settings.LANGUAGES)
    named = (request.GET.get("lang", ""), request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))
    if any(each in registered for each in named):
        yield _interface(request)
    else:
        yield from (
            code for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", ""))
        )


def _interface(request: HttpRequest) -> str:
    return str(getattr(request, "wanted_language", None) or get_language() or "en")


def _among(asked: str, held: tuple[str, ...]) -> str:
    """The language held that is the one asked for, else one of the same name; blank for none."""
    if not _CODE.fullmatch(asked):
        return ""
    exact = _SCRIPTS.get(asked, asked)
    if exact in held:
        return exact
    main = asked.partition("-")[0]
    return next((code for code in held if code.partition("-")[0] == main), "")


def _own_name(code: str) -> str:
    name = language_name(code, code)
    return name[:1].upper() + name[1:]
