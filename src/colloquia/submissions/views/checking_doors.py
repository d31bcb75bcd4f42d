"""The ways to the check: officers and reviewers, a call, one of its submissions."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from colloquia.core.components import Link
from colloquia.submissions.models import Call, Submission
from colloquia.submissions.rules import can_check

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]


def checkers_only(view: View[Arguments]) -> View[Arguments]:
    """Let officers and reviewers in; ask who is not signed in to sign in, and refuse everybody else."""

    @wraps(view)
    def guarded(
        request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not can_check(request.user):
            raise PermissionDenied
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return never_cache(sensitive_post_parameters()(guarded))


def call_of(slug: str) -> Call:
    """A call, announced or not. Raises Http404."""
    found = Call.objects.filter(consultation__slug=slug).select_related("consultation").first()
    if found is None:
        raise Http404(_("There is no such call here."))
    return found


def submission_of(call: Call, identifier: str) -> Submission:
    """A submission of the call that counts, or was withdrawn or destroyed. Raises Http404."""
    found = Submission.objects.filter(call=call, identifier=identifier).select_related("assigned_to").first()
    if found is None or (found.confirmed_at is None and found.entered_by_id is None):
        raise Http404(_("There is no such submission in this call."))
    found.call = call
    return found


def trail(call: Call, *more: Link) -> tuple[Link, ...]:
    """The way from the call to a page of the check."""
    slug = call.consultation.slug
    return (
        Link(call.title(get_language() or "en"), reverse("call", args=[slug])),
        Link(_("Check"), reverse("queue", args=[slug]) if more else ""),
        *more,
    )
