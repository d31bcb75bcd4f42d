"""The page with everything that was done with one submission."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colloquia.core.components import Link
from colloquia.submissions.presentation.checking_history import history_of
from colloquia.submissions.views.checking_doors import call_of, checkers_only, submission_of, trail


@checkers_only
@require_safe
def check_history(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """Who did what and when, with each value before and after."""
    call = call_of(slug)
    submission = submission_of(call, identifier)
    context = {
        "slug": slug,
        "stage": "submissions",
        "trail": trail(
            call, Link(identifier, reverse("check", args=[slug, identifier])), Link(_("What was done"))
        ),
        "submission": submission,
        "acts": history_of(submission),
    }
    return render(request, "submissions/check_history.html", context)
