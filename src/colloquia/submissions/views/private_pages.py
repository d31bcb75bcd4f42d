"""Pages behind an unguessable address: kept by no cache, found by no search engine, told to no other site."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from colloquia.submissions.models import AnswerDraft

Arguments = ParamSpec("Arguments")
Page = Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]


class NothingBehind(Http404):
    """The address leads to nothing of this reader's. ``template`` says so: the same for wrong, old and
    strangers' addresses.
    """

    def __init__(self, template: str) -> None:
        self.template = template
        super().__init__()


def private(view: Page[Arguments]) -> Page[Arguments]:
    """Mark every answer of a view as private, refusals included."""

    @wraps(view)
    def guarded(
        request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponseBase:
        response: HttpResponseBase
        try:
            response = view(request, *args, **kwargs)
        except NothingBehind as nothing:
            response = render(request, nothing.template, status=404)
        except AnswerDraft.DoesNotExist as gone:
            # Removed by another request while this one waited for its turn.
            raise Http404 from gone
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return never_cache(sensitive_post_parameters()(guarded))
