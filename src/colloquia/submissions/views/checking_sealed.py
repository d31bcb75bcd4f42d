"""Files as received, and the pages on which two people open or destroy what is sealed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from colloquia.accounts.rules import is_officer
from colloquia.core import attachments
from colloquia.core.components import Link
from colloquia.submissions.models import Publication, SealAct, SealRequest, Submission, SubmissionFile
from colloquia.submissions.queries.checking_texts import latest_version
from colloquia.submissions.rules import has_opened, is_infected, is_sealed
from colloquia.submissions.services import sealing
from colloquia.submissions.services.refusals import SubmissionRefused
from colloquia.submissions.views.checking_doors import call_of, checkers_only, submission_of, trail

_STANDINGS = {
    "waiting": gettext_lazy("Waits for another officer"),
    "expired": gettext_lazy("Expired without a decision"),
    "refused": gettext_lazy("Refused"),
    "open": gettext_lazy("Granted, open now"),
    "over": gettext_lazy("Granted, closed again"),
    "destroyed": gettext_lazy("Granted, destroyed"),
}


@checkers_only
@require_safe
def check_file(request: HttpRequest, slug: str, identifier: str, position: int) -> HttpResponseBase:
    """A file as it was received. What is sealed only to who opened it, and each look is recorded."""
    submission = submission_of(call_of(slug), identifier)
    version = latest_version(submission)
    file = (
        SubmissionFile.objects.filter(version=version, position=position)
        .select_related("attachment", "version__submission")
        .first()
    )
    if file is None:
        raise Http404(_("This submission has no such file."))
    if is_infected(file.attachment):
        raise PermissionDenied(_("The virus scanner found something in this file; it is not given out."))
    if is_sealed(file):
        if not has_opened(request.user, submission):
            raise PermissionDenied
        sealing.look(submission=submission, what=f"file {position}", by=request.user)
    hidden = version.publication != Publication.NAMED
    return attachments.serve(file.attachment, name=f"{identifier}-{position}" if hidden else "")


@checkers_only
@require_http_methods(["GET", "HEAD", "POST"])
def seal(request: HttpRequest, slug: str, identifier: str) -> HttpResponseBase:
    """What was asked and decided about sealed parts; on POST an officer asks."""
    _officers_only(request)
    submission = submission_of(call_of(slug), identifier)
    act, reason, problems = request.POST.get("act", SealAct.UNSEAL), request.POST.get("reason", ""), {}
    if request.method == "POST":
        try:
            sealing.ask(submission=submission, act=act, reason=reason, by=request.user)
        except SubmissionRefused as refusal:
            problems = refusal.problems
        else:
            messages.success(request, _("Asked. Another officer decides within seven days."))
            return redirect("seal", slug, identifier)
    listed = [
        {"request": each, "standing": (now := sealing.standing(each)), "words": _STANDINGS[now],
         "decides": now == "waiting" and each.asked_by_id != request.user.pk,
         "act": SealAct(each.act).label}
        for each in submission.seal_requests.select_related("asked_by", "decided_by")
    ]  # fmt: skip
    context = {
        **_common(submission, _("Sealed parts")),
        "listed": listed,
        "acts": SealAct.choices,
        "act": act,
        "reason": reason,
        "problems": problems,
        "opened": has_opened(request.user, submission),
    }
    return render(request, "submissions/seal.html", context, status=422 if problems else 200)


@checkers_only
@require_http_methods(["GET", "HEAD", "POST"])
def seal_decide(request: HttpRequest, slug: str, identifier: str, number: int) -> HttpResponseBase:
    """One request, and the decision of another officer on it."""
    _officers_only(request)
    submission = submission_of(call_of(slug), identifier)
    asked = SealRequest.objects.filter(submission=submission, pk=number).select_related("asked_by").first()
    if asked is None:
        raise Http404(_("There is no such request."))
    note, problems = request.POST.get("note", ""), {}
    if request.method == "POST":
        granted = request.POST.get("decision") == "grant"
        try:
            if granted:
                sealing.grant(request=asked, by=request.user, note=note)
            else:
                sealing.refuse(request=asked, by=request.user, note=note)
        except SubmissionRefused as refusal:
            problems = refusal.problems
        else:
            messages.success(request, _("Granted.") if granted else _("Refused."))
            return redirect("seal", slug, identifier)
    context = {
        **_common(submission, _("Decide")),
        "asked": asked,
        "act": SealAct(asked.act).label,
        "destroys": asked.act == SealAct.DELETE,
        "can_decide": sealing.standing(asked) == "waiting" and asked.asked_by_id != request.user.pk,
        "words": _STANDINGS[sealing.standing(asked)],
        "note": note,
        "problems": problems,
    }
    return render(request, "submissions/seal_decide.html", context, status=422 if problems else 200)


@checkers_only
@require_safe
def seal_opened(request: HttpRequest, slug: str, identifier: str) -> HttpResponseBase:
    """What two people opened, for who asked. Each look is recorded."""
    submission = submission_of(call_of(slug), identifier)
    if not has_opened(request.user, submission):
        raise PermissionDenied
    version = latest_version(submission)
    sealing.look(submission=submission, what="page", by=request.user)
    context = {
        **_common(submission, _("Opened")),
        "version": version,
        "parties": version.parties.all(),
        "answers": version.answers.order_by("position"),
        "files": version.files.select_related("attachment").order_by("position"),
    }
    return render(request, "submissions/seal_opened.html", context)


def _common(submission: Submission, here: str) -> dict[str, Any]:
    slug = submission.call.consultation.slug
    above = Link(submission.identifier, reverse("check", args=[slug, submission.identifier]))
    return {
        "slug": slug,
        "stage": "submissions",
        "submission": submission,
        "trail": trail(submission.call, above, Link(here)),
    }


def _officers_only(request: HttpRequest) -> None:
    if not is_officer(request.user):
        raise PermissionDenied
