"""Announcing, extending and closing a call."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from colloquia.consultations.views.doors import officers_only
from colloquia.submissions.forms.call_extending import ExtendForm
from colloquia.submissions.forms.call_fields import local
from colloquia.submissions.models import Call, CallState
from colloquia.submissions.presentation.calls import clock, state_sentence
from colloquia.submissions.services.call_checks import unready
from colloquia.submissions.services.calls import (
    CallChanged,
    CallValues,
    announce_call,
    close_call,
    extend_call,
    values_of,
)
from colloquia.submissions.services.refusals import SubmissionRefused
from colloquia.submissions.views.calls import call_of
from colloquia.submissions.views.office_calls_shared import refuse, seen_by, trail_of


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def call_announce(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Ask, then announce. It opens by itself at its time, or at once where that has come."""
    call = call_of(request, slug)
    values = values_of(call)
    problems = list(unready(values, timezone.now()).values())
    if request.method == "POST" and call.announced_at is None:
        try:
            made = announce_call(call=call, seen=seen_by(request), by=request.user)
        except SubmissionRefused as refusal:
            problems = list(refusal.problems.values())
        except CallChanged as met:
            call, values = met.call, met.now
            problems = [_("Somebody changed the call meanwhile. Read it again before you announce it.")]
        else:
            if made.state() == CallState.ANNOUNCED:
                said = _("The call was announced. It opens by itself at its time.")
            else:
                said = _("The call was announced, and it is open.")
            messages.success(request, said)
            return redirect("call", slug)
    context = _asking(call, values) | {
        "problems": problems,
        "trail": trail_of(call, _("Announce the call")),
    }
    return render(
        request, "submissions/call_announce.html", context, status=422 if request.method == "POST" else 200
    )


def _asking(call: Call, values: CallValues) -> dict[str, Any]:
    return {
        "call": call,
        "slug": call.consultation.slug,
        "stage": "call",
        "opens": clock(values.opens_at, call.zone),
        "closes": clock(call.deadline, call.zone),
        "utc": (clock(values.opens_at, ZoneInfo("UTC")), clock(call.deadline, ZoneInfo("UTC"))),
        "questions": len(values.questions),
        "sentence": state_sentence(call),
        "opens_at_once": values.opens_at <= timezone.now(),
        "retained_until": call.retained_until,
    }


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def call_extend(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A later deadline with its reason; after the close too."""
    call = call_of(request, slug)
    form = ExtendForm(call.languages, call.time_zone, call.version)
    status = 200
    if request.method == "POST":
        form, status = ExtendForm(call.languages, call.time_zone, call.version, request.POST), 422
        if form.is_valid():
            data = form.cleaned_data
            try:
                extend_call(
                    call=call,
                    until=data["moment"],
                    reasons=form.reasons,
                    seen=data["version"],
                    by=request.user,
                )
            except SubmissionRefused as refusal:
                refuse(form, refusal)
            except CallChanged as met:
                call, status = met.call, 409
                sent = request.POST.copy()
                sent["version"] = str(call.version)
                form = ExtendForm(call.languages, call.time_zone, call.version, sent)
                form.add_error(
                    None,
                    _("Somebody changed the call meanwhile; its deadline is %(time)s. Send it again.")
                    % {"time": clock(call.deadline, call.zone).time},
                )
            else:
                for remark in form.remarks:
                    messages.warning(request, remark)
                messages.success(request, _("The deadline was moved; the earlier one stays in sight."))
                return redirect("call", slug)
    elif call.announced_at is not None:
        form.initial["until"] = local(call.deadline + timedelta(days=14), call.time_zone)
    context = _asking(call, values_of(call)) | {"form": form, "trail": trail_of(call, _("Extend the call"))}
    return render(request, "submissions/call_extend.html", context, status=status)


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def call_close(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Ask, then close before the deadline."""
    call = call_of(request, slug)
    problem = ""
    if request.method == "POST":
        try:
            close_call(
                call=call, seen=seen_by(request), by=request.user, note=request.POST.get("note", "")[:2000]
            )
        except SubmissionRefused as refusal:
            problem = str(refusal)
        except CallChanged as met:
            call = met.call
            problem = _("Somebody changed the call meanwhile. Look at it again before you close it.")
        else:
            messages.success(request, _("The call was closed."))
            return redirect("call", slug)
    context = _asking(call, values_of(call)) | {
        "problem": problem,
        "note": request.POST.get("note", ""),
        "can_close": call.state() in (CallState.OPEN, CallState.ANNOUNCED),
        "trail": trail_of(call, _("Close the call early")),
    }
    return render(request, "submissions/call_close.html", context, status=422 if problem else 200)
