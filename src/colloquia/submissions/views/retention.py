"""The schedule of retention, for officers: what will be destroyed when, and what holds it up."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from colloquia.consultations.views.doors import officers_only
from colloquia.core.table_files import download
from colloquia.core.tables import Column, Table
from colloquia.submissions.models import RetentionRun
from colloquia.submissions.queries.retention import Line, schedule
from colloquia.submissions.services import retention as services
from colloquia.submissions.services.refusals import SubmissionRefused


@never_cache
@officers_only
@require_safe
def page(request: HttpRequest) -> HttpResponseBase:
    """Every call with the day on which what is sealed of it is destroyed."""
    lines = schedule()
    table = _table(lines, get_language() or "en")
    if (file := download(request, {"retention": lambda: table}, stem="retention")) is not None:
        return file
    runs = RetentionRun.objects.exclude(ended_at=None).select_related("call")[:50]
    return render(request, "submissions/retention.html", {"table": table, "runs": runs})


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Place, confirm or end a hold: ``act`` is ``place``, ``confirm``, ``ask-end`` or ``end``."""
    line = next((each for each in schedule() if each.call.consultation.slug == slug), None)
    if line is None:
        raise Http404
    problems: dict[str, str] = {}
    reason = request.POST.get("reason", "")
    if request.method == "POST":
        try:
            _act(line, request.POST.get("act", ""), reason, request.user)
        except SubmissionRefused as refusal:
            problems = refusal.problems
        else:
            messages.success(request, _("Done."))
            return redirect("retention_hold", slug)
    context = {"line": line, "problems": problems.values(), "reason": reason}
    return render(request, "submissions/retention_hold.html", context, status=409 if problems else 200)


def _act(line: Line, act: str, reason: str, by: object) -> None:
    if act == "place":
        services.place_hold(call=line.call, reason=reason, by=by)
        return
    if line.hold is None:
        raise SubmissionRefused(_("There is no hold on this call (any more)."))
    if act == "confirm":
        services.confirm_hold(hold=line.hold, by=by)
    elif act == "ask-end":
        services.ask_end(hold=line.hold, reason=reason, by=by)
    elif act == "end":
        services.end_hold(hold=line.hold, by=by)
    else:
        raise Http404


def _table(lines: list[Line], language: str) -> Table:
    columns = (
        Column("call", _("Call"), link="url"),
        Column("due", _("Destroyed on"), "date"),
        Column("state", _("State")),
        Column("submissions", _("Sealed submissions"), "number"),
        Column("drafts", _("Drafts"), "number"),
        Column("sources", _("Sources of imports"), "number"),
    )
    rows = [
        {
            "call": line.call.title(language),
            "url": reverse("retention_hold", args=[line.call.consultation.slug]),
            "due": line.due_on,
            "state": state_of(line),
            "submissions": line.submissions,
            "drafts": line.drafts,
            "sources": line.sources,
        }
        for line in lines
    ]
    return Table(
        "retention", _("What will be destroyed when"), columns, rows, empty=_("There is no call yet.")
    )


def state_of(line: Line) -> str:
    """Held, destroyed, due or waiting, in words."""
    if line.hold is not None:
        return _("Held") if line.hold.confirmed_at else _("Held until a second officer confirms it")
    if not line.is_due:
        return _("Kept")
    return _("Due") if line.remains else _("Destroyed")
