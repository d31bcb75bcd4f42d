"""The ways to what is public, and the answers where there is nothing, or nothing any more."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colloquia.submissions.models import Call, PublishedPart, PublishedSubmission
from colloquia.submissions.queries.published import (
    NeverPublic,
    TakenBack,
    public_call,
    published_submission,
)

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer", bound=HttpResponseBase)
View = Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]
TDM_HEADER = "tdm-reservation"


def call_of(slug: str) -> Call:
    """A call that was announced. Raises Http404."""
    try:
        return public_call(slug)
    except NeverPublic as error:
        raise Http404(_("There is no such call here.")) from error


def one_of(
    request: HttpRequest, identifier: str, *, as_json: bool = False
) -> PublishedSubmission | HttpResponse:
    """A public submission, or the answer 410 where it is not public any more. Raises Http404."""
    try:
        return published_submission(identifier)
    except TakenBack as gone:
        return taken_back(request, gone, as_json=as_json)
    except NeverPublic as error:
        raise Http404(_("There is no such submission here.")) from error


def taken_back(request: HttpRequest, gone: TakenBack, *, as_json: bool) -> HttpResponse:
    """That something was public here and is not any more: a plain sentence, and no content."""
    sentence = _("This submission is not public any more. Its address stays, so that links to it say so.")
    if as_json:
        return JsonResponse({"ok": False, "error": sentence, "errors": [], "status": 410}, status=410)
    context = {
        "identifier": gone.identifier,
        "sentence": sentence,
        "list_url": reverse("submissions", args=[gone.call.consultation.slug]),
    }
    return render(request, "submissions/published_taken_back.html", context, status=410)


def part_of(row: PublishedSubmission, position: int) -> PublishedPart:
    """A public part by its place. Raises Http404."""
    found = row.parts.filter(position=position).select_related("text_version", "attachment").first()
    if found is None:
        raise Http404(_("This submission has no such part."))
    return found


def reserve(response: Answer, reserved: bool) -> Answer:
    """Tell programs that text and data mining is reserved, in the words of the TDM Reservation Protocol."""
    if reserved:
        response[TDM_HEADER] = "1"
    return response


def twin(view: View[Arguments]) -> View[Arguments]:
    """A page as JSON: refusals come as JSON too, and say nothing of what was asked for."""

    @wraps(view)
    def answered(
        request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            sentence = _("There is nothing public at this address.")
            return JsonResponse({"ok": False, "error": sentence, "errors": [], "status": 404}, status=404)

    return require_safe(answered)
