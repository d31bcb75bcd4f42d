"""Finding what an address names, and saying kindly that there is nothing there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

Arguments = ParamSpec("Arguments")


class NothingHere(Http404):
    """There is no such paper, version, issue or question; the message says so and what to do."""


Page = Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]
"""A view; the request comes first."""


def friendly(view: Page[Arguments]) -> Page[Arguments]:
    """A page that says what is not there, and leads on, instead of a bare refusal."""

    @wraps(view)
    def page(request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NothingHere as nothing:
            return render(request, "issues/missing.html", {"message": str(nothing)}, status=404)

    return page


def as_json(view: Page[Arguments]) -> Page[Arguments]:
    """The same as JSON: ``{"ok": false, "error": …, "status": …}``. Anybody may read it from anywhere."""

    @wraps(view)
    def twin(request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponseBase:
        response: HttpResponseBase
        try:
            response = view(request, *args, **kwargs)
        except NothingHere as nothing:
            response = JsonResponse({"ok": False, "error": str(nothing), "status": 404}, status=404)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return twin


def no_paper(slug: str) -> NothingHere:
    """There is no paper at this address."""
    return NothingHere(_("There is no paper “%(slug)s” here.") % {"slug": slug})


def no_version(key: str) -> NothingHere:
    """The paper has no such version."""
    return NothingHere(_("The paper has no version “%(key)s”.") % {"key": key})


def no_issue(issue_id: str) -> NothingHere:
    """There is no such issue."""
    return NothingHere(
        _("There is no issue “%(id)s” here. Ids of issues look like IP-08.") % {"id": issue_id}
    )


def no_question(question_id: str) -> NothingHere:
    """There is no such question."""
    return NothingHere(
        _("There is no question “%(id)s” here. Ids of questions look like IP-08.q2.") % {"id": question_id}
    )
