"""What happens around every page: the security policy, the language, the second factor of staff."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext

from colloquia.accounts import second_factor
from colloquia.accounts.choices import remember_choices
from colloquia.accounts.rules import is_officer
from colloquia.accounts.services.sessions import note_seen
from colloquia.consultations.queries import FilesMissing
from colloquia.waiting_room import ARRIVED

logger = logging.getLogger("colloquia.runs")
GetResponse = Callable[[HttpRequest], HttpResponse]


class ArrivalMiddleware:
    """Notes when the request arrived, before anything else: at a deadline that moment counts.

    ``waiting_room`` notes it earlier still, before the request waits for a thread that is free.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.arrived_at = request.META.get(ARRIVED) or timezone.now()  # type: ignore[attr-defined]
        return self.get_response(request)


class ContentSecurityPolicyMiddleware:
    """Sends ``settings.CONTENT_SECURITY_POLICY``, unless a view has set a stricter policy of its own."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.policy = "; ".join(f"{name} {value}" for name, value in settings.CONTENT_SECURITY_POLICY.items())

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response


class LanguageMiddleware:
    """Chooses the language: ``?lang=`` in the address, then the cookie, then what the browser asks for.

    ``?lang=`` needs neither script nor session and can be passed on as a link; it is remembered in a
    cookie. A registered language whose interface is not complete is shown in English, and
    ``request.wanted_language`` names it, so that the page can say so.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        registered = dict(settings.LANGUAGES)
        asked = request.GET.get("lang", "")
        cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if asked not in registered:
            asked = ""
        wanted = asked or (cookie if cookie in registered else translation.get_language_from_request(request))
        shown = wanted if wanted in settings.COMPLETE_LANGUAGES else "en"
        request.wanted_language = wanted  # type: ignore[attr-defined]
        request.LANGUAGE_CODE = shown
        with translation.override(shown):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", shown)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        if asked and asked != cookie:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                asked,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
                samesite="Lax",
            )
        return response


class NullCharacterMiddleware:
    """Refuses addresses and forms with the null character, which nobody types and PostgreSQL cannot hold."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            raise Http404
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """Django calls this once it knows the view; the form was read for its token by then."""
        if request.method != "POST":
            return
        try:
            sent = request.POST.lists()
        except UnreadablePostError:
            # The visitor went away meanwhile; whoever reads the form next meets the same and says so.
            return
        if any("\x00" in text for name, values in sent for text in (name, *values)):
            raise BadRequest("A field of the form holds a null character.")


class RunFilesMiddleware:
    """Says that the files of a run are missing, and to officers where they belong, instead of failing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django calls this with what a view raised."""
        if not isinstance(exception, FilesMissing):
            return None
        logger.error("Run %s: %s", exception.run, exception)
        if request.path.endswith(".json"):
            error = gettext("The results of this run cannot be read at the moment.")
            body = {"ok": False, "error": error, "errors": [error], "status": 503}
            return JsonResponse(body, status=503)
        context = {"run": exception.run, "officer": is_officer(request.user)}
        return render(request, "consultations/unreadable.html", context, status=503)


class SecondFactorMiddleware:
    """Leads staff who have not shown a second factor in this session to the page where they do."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Django calls this once it knows whose page was asked for."""
        match = request.resolver_match
        if match is None or not settings.SECOND_FACTOR_REQUIRED:
            return None
        return second_factor.asks(request, match.view_name)


class SessionMiddleware:
    """Notes by the hour that a session is in use, and brings along what its person chose."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            note_seen(session=request.session)
        response = self.get_response(request)
        if getattr(request, "has_just_signed_in", False) and request.user.is_authenticated:
            remember_choices(response, request.user)
        return response
