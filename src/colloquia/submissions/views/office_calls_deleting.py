"""Deleting the draft of a call, after asking."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from colloquia.consultations.views.doors import officers_only
from colloquia.submissions.services.call_deleting import delete_call
from colloquia.submissions.services.calls import CallChanged
from colloquia.submissions.services.refusals import SubmissionRefused
from colloquia.submissions.views.calls import call_of
from colloquia.submissions.views.office_calls_shared import seen_by, trail_of


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def call_delete(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Ask, then delete a draft that was never announced and on which nothing hangs."""
    call = call_of(request, slug)
    problem = ""
    if request.method == "POST":
        try:
            delete_call(call=call, seen=seen_by(request), by=request.user)
        except SubmissionRefused as refusal:
            problem = str(refusal)
        except CallChanged as met:
            call = met.call
            problem = _("Somebody changed the call meanwhile. Look at it again before you delete it.")
        else:
            messages.success(request, _("The draft was deleted. Its address is free again."))
            return redirect("calls")
    context = {
        "call": call,
        "slug": slug,
        "stage": "call",
        "problem": problem,
        "trail": trail_of(call, _("Delete the draft")),
    }
    return render(request, "submissions/call_delete.html", context, status=422 if problem else 200)
