"""Pages of an analysis that is not shown at present, since a submission in it was taken out of the public.

The page of the consultation stays; pages and files of the run answer 404 with the same sentence.
"""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colloquia.consultations.models import Consultation
from colloquia.consultations.presentation.as_json import answer, listed_json
from colloquia.consultations.presentation.hidden import sentence
from colloquia.core.components import Link

_OF_THE_RUN = {"run", "table"}
"""What an address asks for that only a run has."""


def hidden_page(request: HttpRequest, consultation: Consultation) -> HttpResponseBase:
    """The page of the consultation with the sentence, or 404 with it at the address of a page of its run."""
    stays = _stays(request, "consultation")
    title = consultation.title(get_language() or "en")
    home = Link(title, reverse("consultation", args=[consultation.slug]))
    context = {
        "title": title,
        "note": consultation.note(get_language() or "en"),
        "consultation": consultation,
        "sentence": sentence(),
        "stays": stays,
        "trail": (
            Link(_("Consultations"), reverse("consultations")),
            *((Link(title),) if stays else (home, Link(_("Analysis")))),
        ),
    }
    response = render(request, "consultations/hidden.html", context, status=200 if stays else 404)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def hidden_twin(request: HttpRequest, consultation: Consultation) -> HttpResponseBase:
    """The same as JSON."""
    said = sentence()
    if _stays(request, "consultation_json"):
        response = answer({"consultation": listed_json(consultation), "run": None, "said": said})
    else:
        response = JsonResponse({"ok": False, "error": said, "errors": [said], "status": 404}, status=404)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _stays(request: HttpRequest, route: str) -> bool:
    match = request.resolver_match
    return match is not None and match.url_name == route and not _OF_THE_RUN & set(request.GET)
