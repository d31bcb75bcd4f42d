"""The ways to the check: officers and reviewers, a call, one of its submissions."""

from __future__ import annotations

from functools import wraps

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from colloquia.core.components import Link
from colloquia.core.doors import Arguments, View, only
from colloquia.submissions.models import Call, Submission
from colloquia.submissions.rules import can_check


def checkers_only(view: View[Arguments]) -> View[Arguments]:
    """Let officers and reviewers in; ask who is not signed in to sign in, and refuse everybody else."""

    @wraps(view)
    def unlisted(
        request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return never_cache(sensitive_post_parameters()(only(unlisted, can_check.test)))


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
