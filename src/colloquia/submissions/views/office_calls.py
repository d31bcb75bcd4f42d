"""The pages on which officers draft and change calls, and see what was done to one."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from colloquia.consultations.views.doors import officers_only
from colloquia.core.components import Link
from colloquia.issues import queries as issues
from colloquia.issues.models import PaperVersion
from colloquia.submissions.call_times import zone_names
from colloquia.submissions.forms.calls import CallForm, NewCallForm
from colloquia.submissions.models import Call
from colloquia.submissions.presentation.calls import state_sentence
from colloquia.submissions.presentation.calls_history import differing, steps_of
from colloquia.submissions.queries.calls import audit_of_call, has_submissions, offered_by
from colloquia.submissions.services.call_checks import unready
from colloquia.submissions.services.calls import (
    CallChanged,
    change_call,
    create_call,
    values_of,
)
from colloquia.submissions.services.refusals import SubmissionRefused
from colloquia.submissions.views.calls import call_of
from colloquia.submissions.views.office_calls_shared import refuse, trail_of

_STAYS_OPEN = timedelta(days=60)


def _versions() -> list[PaperVersion]:
    """Every version of every paper, the latest of each first."""
    return [each for paper in issues.papers() for each in reversed(issues.versions_of(paper))]


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def call_new(request: HttpRequest) -> HttpResponseBase:
    """Begin a draft."""
    versions = _versions()
    if request.method == "POST":
        form = NewCallForm(versions, request.POST)
        if form.is_valid():
            version = next(each for each in versions if str(each.pk) == form.cleaned_data["paper_version"])
            every = [each.id for each in issues.questions_of(version) if each.wordings]
            try:
                made = create_call(slug=form.cleaned_data["slug"], values=form.values(every), by=request.user)
            except SubmissionRefused as refusal:
                refuse(form, refusal)
            else:
                for remark in form.remarks:
                    messages.warning(request, remark)
                messages.success(request, _("The draft was begun. Only officers see it."))
                return redirect("call_edit", made.consultation.slug)
    else:
        form = NewCallForm(versions, initial=_proposed())
    context = {
        "form": form,
        "versions": versions,
        "zones": zone_names(),
        "trail": (Link(_("Calls"), reverse("calls")), Link(_("New call"))),
    }
    return render(
        request, "submissions/call_new.html", context, status=422 if request.method == "POST" else 200
    )


def _proposed() -> dict[str, Any]:
    zone = settings.TIME_ZONE
    tomorrow = timezone.now().astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    return {
        "time_zone": zone,
        "opens_at": datetime.combine(tomorrow, time(9)),
        "closes_at": datetime.combine(tomorrow + _STAYS_OPEN, time(17)),
        "languages": ["en"],
    }


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def call_edit(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Everything about a call in one form."""
    call = call_of(request, slug)
    if request.method != "POST":
        return _edit_page(request, call, _form(call))
    if "show" in request.POST:
        # Only the questions of another version were asked for: nothing is saved, nothing typed is lost.
        return _edit_page(request, call, _form(call, _ticks_that_stay(request.POST)))
    form = _form(call, request.POST)
    valid = form.is_valid()
    theirs: list[Any] = []
    if valid:
        data = form.cleaned_data
        try:
            change_call(
                call=call, values=form.values, seen=data["version"], by=request.user, note=data["note"]
            )
        except SubmissionRefused as refusal:
            refuse(form, refusal)
        except CallChanged as met:
            theirs = differing(met.now, form.values)
            sent = request.POST.copy()
            sent["version"] = str(met.call.version)
            call = met.call
            form = _form(call, sent)
        else:
            for remark in form.remarks:
                messages.warning(request, remark)
            messages.success(request, _("The call was saved."))
            return redirect("call_edit", slug)
    return _edit_page(request, call, form, theirs=theirs, status=409 if theirs else 422)


def _ticks_that_stay(sent: QueryDict) -> QueryDict:
    """What was sent, with ticks only at what the version now chosen has."""
    version = _version(_versions(), sent.get("paper_version", ""))
    offered = offered_by(version) if version else []
    kept = sent.copy()
    every = {each.id for issue in offered for each in issue.questions if each.wordings}
    kept.setlist("questions", [each for each in sent.getlist("questions") if each in every])
    kept.setlist("issues", [each.id for each in offered if each.id in sent.getlist("issues")])
    return kept


def _version(versions: list[PaperVersion], wanted: str) -> PaperVersion | None:
    return next((each for each in versions if str(each.pk) == wanted), None)


def _form(call: Call, data: Any = None) -> CallForm:
    values, versions = values_of(call), _versions()
    wanted = str(data.get("paper_version", "")) if data is not None else str(values.paper_version or "")
    version = _version(versions, wanted)
    offered = offered_by(version) if version else []
    return CallForm(
        values,
        seen=call.version,
        versions=versions,
        offered=offered,
        data=data,
        announced=call.announced_at is not None,
    )


def _edit_page(
    request: HttpRequest, call: Call, form: CallForm, *, theirs: Any = (), status: int = 200
) -> HttpResponseBase:
    saved = values_of(call)
    missing = unready(saved, timezone.now()) if call.announced_at is None else {}
    context = {
        "call": call,
        "form": form,
        "offered": form.shown_issues(),
        "theirs": theirs,
        "missing": missing.values(),
        "received": has_submissions(call),
        "sentence": state_sentence(call),
        "slug": call.consultation.slug,
        "stage": "call",
        "zones": zone_names(),
        "trail": trail_of(call, _("Edit the call")),
    }
    return render(request, "submissions/call_edit.html", context, status=status)


@never_cache
@officers_only
@require_safe
def call_history(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Who did what to a call, with the differences."""
    call = call_of(request, slug)
    context = {
        "call": call,
        "slug": slug,
        "stage": "call",
        "steps": steps_of(audit_of_call(call)[:200]),
        "trail": trail_of(call, _("What was done")),
    }
    return render(request, "submissions/call_history.html", context)
